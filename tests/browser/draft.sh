#!/usr/bin/env bash
# Not a word is lost: the network, the session, the server and other tabs while a judge types. Prints TAP.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
. "$ROOT/tests/lib/browser.sh"
browser_start
walk draft.js
