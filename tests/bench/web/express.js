// The same page and the same submit in Express with better-sqlite3, for comparison: one commit for each.
'use strict';
const crypto = require('crypto');
const express = require('express');
const db = require('better-sqlite3')(process.env.DB);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
const escape = (s) => s.replace(/[&<>"']/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }[c]));
const q = {
  who: db.prepare('SELECT judge_id FROM peer_session WHERE token = ?'),
  entry: db.prepare('SELECT s.sheet_id, s.rev, s.comment, b.title, b.text FROM sheet s JOIN blind b ON b.phach = s.phach WHERE s.phach = ? AND s.judge_id = ?'),
  criteria: db.prepare('SELECT c.criterion_id, c.name, c.description, m.points FROM criterion c LEFT JOIN mark m ON m.criterion_id = c.criterion_id AND m.sheet_id = ? WHERE c.round_id = 900 ORDER BY c.position'),
  put: db.prepare("UPDATE sheet SET state = 'submitted', rev = rev + 1, comment = ?, submitted_at = ? WHERE sheet_id = ? AND rev = ?"),
  mark: db.prepare('INSERT INTO mark VALUES (?, ?, ?, 1) ON CONFLICT(sheet_id, criterion_id) DO UPDATE SET points = excluded.points'),
  head: db.prepare('SELECT seq, hash FROM audit_head'),
  audit: db.prepare("INSERT INTO audit VALUES (?, ?, 'judge', 'sheet.submit', ?, NULL, NULL, ?)"),
  move: db.prepare('UPDATE audit_head SET seq = ?, hash = ?'),
};
const submit = db.transaction((sheet, body) => {
  if (!q.put.run(body.comment, Date.now(), sheet.sheet_id, Number(body.rev)).changes) return false;
  for (const [name, value] of Object.entries(body))
    if (name.startsWith('m-')) q.mark.run(sheet.sheet_id, Number(name.slice(2)), Math.round(Number(value.replace(',', '.')) * 100));
  const head = q.head.get();
  const hash = crypto.createHash('sha256').update(head.hash).update(`sheet ${sheet.sheet_id}`).digest();
  q.audit.run(head.seq + 1, Date.now(), `sheet ${sheet.sheet_id}`, hash);
  q.move.run(head.seq + 1, hash);
  return true;
});
const app = express();
app.use(express.urlencoded({ extended: false }));
app.use((req, res, next) => {
  const who = q.who.get((req.headers.cookie || '').slice(4));
  if (!who) return res.status(401).end();
  req.sheet = (phach) => q.entry.get(phach, who.judge_id);
  next();
});
app.get('/entry/:phach', (req, res) => {
  const s = req.sheet(req.params.phach);
  if (!s) return res.status(404).end();
  const rows = q.criteria.all(s.sheet_id).map((c) =>
    `<div class="field criterion"><label for="m-${c.criterion_id}">${escape(c.name)}</label><p class="hint">${escape(c.description)}</p><input class="mark" name="m-${c.criterion_id}" value="${c.points === null ? '' : c.points / 100}"></div>`);
  const text = s.text.split('\n').filter((l) => l.trim()).map((l) => `<p>${escape(l)}</p>`);
  res.send(`<!doctype html><html lang="vi"><head><meta charset="utf-8"><title>${escape(s.title)}</title></head><body><h1>${escape(s.title)}</h1>${text.join('\n')}<form method="post">${rows.join('\n')}<textarea name="comment">${escape(s.comment)}</textarea><button>Nộp</button></form></body></html>`);
});
app.post('/entry/:phach', (req, res) => {
  const s = req.sheet(req.params.phach);
  if (!s || !submit.immediate(s, req.body)) return res.status(409).end();
  res.redirect(303, '/receipt');
});
const server = app.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
