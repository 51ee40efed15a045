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
export GENUINE
PDF=$(ls "$WORK"/*GCN-001*.pdf) walk ways.js
