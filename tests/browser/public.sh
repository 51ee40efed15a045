#!/usr/bin/env bash
# What everybody may see: contests, rules, results, draws, certificates by their PDF. Prints TAP.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
{ chamthi publish rules --contest 2024 && chamthi publish results --contest 2023 &&
  chamthi certificate print 2023/GCN-001 --each . ; } >"$WORK/publish.log" 2>&1 || { cat "$WORK/publish.log"; bail "nothing published"; }
PDF=$(ls "$WORK"/*GCN-001*.pdf) walk public.js
