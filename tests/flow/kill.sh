#!/usr/bin/env bash
# SIGKILL while 64 judges submit: nothing acknowledged is lost, nothing is half-written. KILLS=100 for more.
. "$(dirname "$0")/../lib/tap.sh"
kills=${KILLS:-4}
ok "a round of 64 judges is made" chamthi contest load "$ROOT/fixtures/contests/2024.yaml"
sheets=$((kills * 12 + 40)) # for each judge: more than they can submit between two kills
sqlite3 "$CHAMTHI_DB" "
  INSERT INTO round(round_id, year, key, name, position, per_entry, state) VALUES (800, 2024, 'k', 'K', 9, 9, 'open');
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 6)
    INSERT INTO criterion(criterion_id, round_id, key, name, position, points_min, points_max, points_step)
    SELECT 800 + i, 800, 'c' || i, 'C' || i, i, 0, 1000, 25 FROM n;
  WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < $sheets)
    INSERT INTO blind(phach, round_id, track_id, title, text)
    SELECT 'K' || (1000 + i), 800, (SELECT min(track_id) FROM track WHERE year = 2024), 'Bài', 'Chuyện' FROM n;
  INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, received_at, first_received_at, row_key, word_count_source)
    SELECT CAST(substr(phach, 2) AS INTEGER), 2024, '2024-0' || substr(phach, 2), track_id, title, 'bai', 0, 0, CAST(phach AS BLOB), 'none' FROM blind;
  INSERT INTO receipt_counter VALUES (2024, 9999);
  INSERT INTO identity_author(entry_id, position, name, name_key, name_fold) SELECT entry_id, 1, 'A', 'a', 'a' FROM entry;
  INSERT INTO identity_phach SELECT phach, 800, CAST(substr(phach, 2) AS INTEGER) FROM blind;
  WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 64)
    INSERT INTO judge(judge_id, code) SELECT 800 + i, 'K' || i FROM n;
  INSERT INTO user(user_id, name, role, judge_id, password, created_at)
    SELECT judge_id, lower(code), 'judge', judge_id, 'x', 0 FROM judge WHERE judge_id > 800;
  INSERT INTO sheet(round_id, phach, judge_id) SELECT 800, b.phach, j.judge_id FROM blind b, judge j WHERE j.judge_id > 800;"
for i in $(seq 64); do # sessions whose tokens are known
  token=$(printf '%064x' "$i")
  echo "$token" >>cookies
  echo "INSERT INTO session VALUES (x'$(printf "$(printf '%s' "$token" | sed 's/../\\x&/g')" | b2sum -l 256 | cut -d' ' -f1)', $((800 + i)), 0, 0, 9000000000);"
done | sqlite3 "$CHAMTHI_DB"

COOKIES=cookies KILLS=$kills SHEETS=$sheets node "$ROOT/tests/lib/kill.js" >acknowledged 2>complaints
is "after each of $kills kills the database is sound, and no server refused a right sheet" "$(cat complaints)" ""
ok "sheets were acknowledged between the kills ($(wc -l <acknowledged) of them)" [ "$(wc -l <acknowledged)" -ge $((kills * 20)) ]
stored() { # as kill.js prints them
  sqlite3 -separator ' ' "$CHAMTHI_DB" "SELECT s.phach, s.judge_id - 800, (SELECT group_concat(points, ',') FROM
    (SELECT points FROM mark m WHERE m.sheet_id = s.sheet_id ORDER BY criterion_id)) FROM sheet s WHERE s.state = 'submitted'"
}
stored | sort >submitted
is "every acknowledged sheet is there with its six marks" "$(sort acknowledged | comm -23 - submitted | head -3)" ""
is "no sheet is half-written" "$(sqlite3 "$CHAMTHI_DB" "SELECT count(*) FROM sheet s WHERE
  (SELECT count(*) FROM mark m WHERE m.sheet_id = s.sheet_id) <> CASE s.state WHEN 'submitted' THEN 6 ELSE 0 END")" 0
is "each has one audit row" "$(sqlite3 "$CHAMTHI_DB" "SELECT count(*) FROM audit WHERE action = 'sheet.submit'")" "$(wc -l <submitted)"
ok "the audit chain is whole" chamthi audit verify
done_testing
