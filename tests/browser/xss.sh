#!/usr/bin/env bash
# Three hundred hostile strings through every text of every page, in a real browser. Prints TAP.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
{ chamthi publish rules --contest 2024 && chamthi publish results --contest 2023; } >"$WORK/publish.log" 2>&1 || { cat "$WORK/publish.log"; bail "nothing published"; }
export GENUINE=$(certificate_code 2023/GCN-001)
# A second server, told that it stands behind a proxy: it counts what visitors ask by the address the proxy gives.
first=$URL behind=$SERVER
port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
LISTEN=127.0.0.1:$port desk_serve --public-url "http://127.0.0.1:$port" || bail "the second server did not start"
export CHECK=$URL
trap 'kill $SERVER $behind 2>/dev/null; wait $SERVER $behind 2>/dev/null; rm -rf "$WORK"' EXIT
URL=$first
walk xss.js
