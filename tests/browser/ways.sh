#!/usr/bin/env bash
# The same pages by other ways: the keyboard alone, no JavaScript, paper, English; passages coloured. Prints TAP.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
{ chamthi publish rules --contest 2024 && chamthi publish results --contest 2023 &&
  chamthi certificate print 2023/GCN-001 --each . && chamthi round due --round so-khao --contest 2024 --on 31/12/2099; } \
  >"$WORK/publish.log" 2>&1 || { cat "$WORK/publish.log"; bail "nothing published"; }
GENUINE=$(certificate_code 2023/GCN-001)
# One of GK01's essays came by hand: two pictures in place of its text.
read -r HANDWRITTEN receipt < <(sqlite3 -separator ' ' "$CHAMTHI_DB" "SELECT s.phach, e.receipt FROM sheet s
  JOIN judge j USING (judge_id) JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id)
  WHERE j.code = 'GK01' ORDER BY s.phach DESC LIMIT 1")
pdftoppm -r 60 -jpeg -l 1 "$ROOT"/fixtures/entries/2024/11*.pdf "$WORK/trang" && pdftoppm -r 60 -png -singlefile "$WORK"/*GCN-001*.pdf "$WORK/trang-hai" &&
  chamthi redact pages "$receipt" "$WORK"/trang-1.jpg "$WORK/trang-hai.png" >/dev/null && sqlite3 "$CHAMTHI_DB" "UPDATE blind SET text = '' WHERE phach = '$HANDWRITTEN'" ||
  bail "no pictures"
export GENUINE HANDWRITTEN
PDF=$(ls "$WORK"/*GCN-001*.pdf) walk ways.js
