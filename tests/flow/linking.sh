#!/usr/bin/env bash
# Two panels without a common judge: what can be compared, and the readings that join them.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/panel.sh"
essays() { chamthi --format json rank --round so-khao 2>/dev/null | jq -c "[.[] | select(.track == \"essay\")] | $1"; }
due() { chamthi --format json reading due --round so-khao --for link | jq '[.[] | select(.track == "essay")]'; }
condition() { chamthi --format json round checklist --round so-khao | jq '.[] | select(.condition == "connected") | .count'; }

mkdir fixtures && cp -r "$ROOT/fixtures/contests" "$ROOT/fixtures/units.csv" "$ROOT/fixtures/entries" fixtures/
awk -F, -v OFS=, 'NR == 1 { print $0, "panel"; next } { print $0, NR % 2 ? "TB1" : "TB2" }' "$ROOT/fixtures/judges.csv" >fixtures/judges.csv
SOURCE=$ROOT
ROOT=$WORK ok "two panels are dealt entries of their own" panel_make 2 '    method: auto'
ROOT=$SOURCE
panel_mark >/dev/null
is "each panel has a first of its own" "$(essays '[.[] | select(.rank == 1)] | length')" 2
is "and its own order" \
  "$(essays '[group_by(.note)[] | sort_by(.rank) | [.[].adjusted] == ([.[].adjusted] | sort | reverse)] | all')" true
is "no interval, no chance" "$(essays '[.[] | select(.low != null or .chance != null)] | length')" 0
has "a row says with whom it compares" "$(essays '.[0].note')" "chỉ so được trong nhóm"
is "the round is not ready to close" "$(condition)" "$(chamthi --format json rank --round so-khao 2>/dev/null | jq '[.[] | select(.note | test("nhóm"))] | length')"
last="(SELECT round_id FROM round WHERE key = 'chung-khao' AND year = 2024)"
sqlite3 chamthi.db "INSERT INTO result(round_id, entry_id, method, sheet_count, mean_points, adjusted_points, rank)
  SELECT $last, entry_id, method, sheet_count, mean_points, adjusted_points, rank FROM result"
is "no prize is proposed across them: status 2" "$(status chamthi award propose --contest 2024)" 2
has "and it says what to do" "$(chamthi award propose --contest 2024 2>&1)" "reading add --for link"
sqlite3 chamthi.db "DELETE FROM result WHERE round_id = $last"
is "one reading joins two groups" "$(due | jq -c '[.[].readings]')" "[1]"
linked=$(due | jq -r '.[0].receipt')
is "looking changes nothing" "$(sqlite3 chamthi.db "SELECT count(*) FROM sheet WHERE purpose = 'link'")" 0
ok "it is given out" chamthi reading add --round so-khao --for link
is "to a judge of the other panel" "$(sqlite3 chamthi.db "SELECT count(DISTINCT judge_contest.panel) FROM sheet JOIN identity_phach p USING (phach) JOIN entry USING (entry_id) JOIN judge_contest ON judge_contest.judge_id = sheet.judge_id AND judge_contest.year = 2024 WHERE receipt = '$linked'")" 2
is "while it is out nothing more is due" "$(due | jq length)" 0
panel_mark >/dev/null
is "then there is one order" "$(essays 'map(select(.rank == 1)) | length') $(essays '[.[].adjusted] == ([.[].adjusted] | sort | reverse)')" "1 true"
is "and the condition holds" "$(condition)" 0
is "nothing more is due" "$(due | jq length)" 0
has "the draw's records verify" "$(chamthi assign verify --round so-khao 2>&1; echo "status $?")" "status 0"
ok "a repair after it" chamthi assign repair --round so-khao
has "still verifies" "$(chamthi assign verify --round so-khao 2>&1; echo "status $?")" "status 0"
ok "doctor is content" chamthi doctor
done_testing
