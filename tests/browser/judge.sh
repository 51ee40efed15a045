#!/usr/bin/env bash
# The judges' and public pages in a real browser. Prints TAP; pictures go to build/browser/*.png.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
chamthi user code ban-to-chuc >"$WORK/code.txt" || bail "no second factor"
GENUINE=$(certificate_code 2023/GCN-001) HELD=$(certificate_code 2023/GCN-004)
REVOKED=$(certificate_code 2023/GCN-002) REPLACED=$(certificate_code 2023/GCN-003)
export GENUINE HELD REVOKED REPLACED
walk judge.js
