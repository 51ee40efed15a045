<?php
// The same page and the same submit in PHP with PDO, for comparison: one commit for each.
$db = new PDO('sqlite:' . getenv('DB'), null, null, [PDO::ATTR_PERSISTENT => true, PDO::ATTR_TIMEOUT => 20]);
$db->exec('PRAGMA synchronous = FULL');
function row($db, $sql, $values) { $s = $db->prepare($sql); $s->execute($values); return $s->fetch(PDO::FETCH_ASSOC); }
function run($db, $sql, $values) { $s = $db->prepare($sql); $s->execute($values); return $s->rowCount(); }
$who = row($db, 'SELECT judge_id FROM peer_session WHERE token = ?', [$_COOKIE['sid'] ?? '']);
$phach = basename($_SERVER['REQUEST_URI']);
$s = $who ? row($db, 'SELECT s.sheet_id, s.comment, b.title, b.text FROM sheet s JOIN blind b ON b.phach = s.phach WHERE s.phach = ? AND s.judge_id = ?', [$phach, $who['judge_id']]) : null;
if (!$s) { http_response_code(404); exit; }
if ($_SERVER['REQUEST_METHOD'] === 'POST') {
  $db->exec('BEGIN IMMEDIATE');
  if (!run($db, "UPDATE sheet SET state = 'submitted', rev = rev + 1, comment = ?, submitted_at = ? WHERE sheet_id = ? AND rev = ?", [$_POST['comment'], time(), $s['sheet_id'], (int)$_POST['rev']])) { $db->exec('ROLLBACK'); http_response_code(409); exit; }
  foreach ($_POST as $name => $value)
    if (str_starts_with($name, 'm-'))
      run($db, 'INSERT INTO mark VALUES (?, ?, ?, 1) ON CONFLICT(sheet_id, criterion_id) DO UPDATE SET points = excluded.points', [$s['sheet_id'], (int)substr($name, 2), (int)round(100 * (float)str_replace(',', '.', $value))]);
  $head = row($db, 'SELECT seq, hash FROM audit_head', []);
  $hash = hash('sha256', $head['hash'] . 'sheet ' . $s['sheet_id'], true);
  $add = $db->prepare("INSERT INTO audit VALUES (?, ?, 'judge', 'sheet.submit', ?, NULL, NULL, ?)");
  $add->bindValue(1, $head['seq'] + 1, PDO::PARAM_INT); $add->bindValue(2, time(), PDO::PARAM_INT);
  $add->bindValue(3, 'sheet ' . $s['sheet_id']); $add->bindValue(4, $hash, PDO::PARAM_LOB); $add->execute();
  $move = $db->prepare('UPDATE audit_head SET seq = ?, hash = ?');
  $move->bindValue(1, $head['seq'] + 1, PDO::PARAM_INT); $move->bindValue(2, $hash, PDO::PARAM_LOB); $move->execute();
  $db->exec('COMMIT');
  header('Location: /receipt', true, 303);
  exit;
}
$h = fn($t) => htmlspecialchars($t, ENT_QUOTES);
echo '<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>', $h($s['title']), '</title></head><body><h1>', $h($s['title']), '</h1>';
foreach (explode("\n", $s['text']) as $line) if (trim($line) !== '') echo '<p>', $h($line), "</p>\n";
echo '<form method="post">';
$list = $db->prepare('SELECT c.criterion_id, c.name, c.description, m.points FROM criterion c LEFT JOIN mark m ON m.criterion_id = c.criterion_id AND m.sheet_id = ? WHERE c.round_id = 900 ORDER BY c.position');
$list->execute([$s['sheet_id']]);
foreach ($list as $c) echo '<div class="field criterion"><label for="m-', $c['criterion_id'], '">', $h($c['name']), '</label><p class="hint">', $h($c['description']), '</p><input class="mark" name="m-', $c['criterion_id'], '" value="', $c['points'] === null ? '' : $c['points'] / 100, '"></div>';
echo '<textarea name="comment">', $h($s['comment']), '</textarea><button>Nộp</button></form></body></html>';
