#!/usr/bin/env bash
# Three hundred hostile strings through every text of every page, in a real browser. Prints TAP.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
{ chamthi publish rules --contest 2024 && chamthi publish results --contest 2023; } >"$WORK/publish.log" 2>&1 || { cat "$WORK/publish.log"; bail "nothing published"; }
export GENUINE=$(certificate_code 2023/GCN-001)
walk xss.js
