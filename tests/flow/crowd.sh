#!/usr/bin/env bash
# A thousand slow connections do not stop a normal visitor; hostile requests are refused at little cost.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"
ok "a contest is loaded" chamthi contest load "$ROOT/fixtures/contests/2024.yaml"
desk_serve; result $? "the server starts"
trap 'kill $SERVER 2>/dev/null; rm -rf "$WORK"' EXIT
export URL SERVER
facts=$(node "$ROOT/tests/lib/crowd.js")
fact() { printf '%s' "$facts" | jq -r ".$1"; }
is "a thousand slow connections are open" "$(fact open)" 1000
is "and every normal visitor gets his page" "$(fact refused)" 0
ok "long before a slow one is hung up on ($(fact worst) ms at worst)" jq -en "$(fact worst) < 10000"
is "$(fact hostile) hostile requests are refused with 4xx or hung up on" "$(fact wrong)" ""
# A sanitizer keeps what was freed.
case $CHAMTHI in */asan/*) limit=8192 ;; *) limit=1024 ;; esac
ok "and cost less than $limit KiB ($(fact cost))" jq -en "$(fact cost) < $limit"
ok "the server goes on" jq -en "$(fact after) > 0"
is "and has nothing to complain about" "$(cat serve.err)" ""
done_testing
