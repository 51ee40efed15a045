#!/usr/bin/env bash
# The web server with 64 clients on loopback, beside Express with better-sqlite3 and PHP doing the same:
# reading a judge's page of 30 KB from the database and a public page of results, submitting sheets (six marks, an audit row, acknowledged
# after the commit), and memory with 500 idle clients. SECONDS_EACH=… for longer runs.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
seconds=${SECONDS_EACH:-4}
here=$ROOT/tests/bench/web peers=$ROOT/build/bench/web
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
server=
trap '[ -z "$server" ] || kill $server 2>/dev/null || :; rm -rf "$work"' EXIT
cd "$work"
export LANG=C.UTF-8 LC_ALL=C.UTF-8 CHAMTHI_DB=$work/chamthi.db

for essay in "$ROOT"/fixtures/essays/*.txt; do sed '1,/^---$/d' "$essay"; done | head -c 60000 | iconv -c -t UTF-8 >essays.txt
"$CHAMTHI" contest load "$ROOT"/fixtures/contests/202[34].yaml >/dev/null
"$CHAMTHI" award load "$ROOT/fixtures/awards/2023.csv" --contest 2023 >/dev/null
"$CHAMTHI" publish results --contest 2023 >/dev/null
printf 'judge,name\nMAU,Người Mẫu\n' >judges.csv
"$CHAMTHI" judge load judges.csv >/dev/null
echo 'một câu dài dễ nhớ' | "$CHAMTHI" user add mau --role judge --judge MAU >/dev/null
sqlite3 "$CHAMTHI_DB" <"$here/make.sql"

ready() { # waits for the address that the server prints first; sets url
  local line
  read -r line <ready
  url=$(printf '%s' "$line" | grep -o 'http://[^ ]*[^/ ]')
}
ticks() { awk '{ print $14 + $15 }' "/proc/$1/stat"; }
measure() { # who what(read|public|submit) prefix process…: one run of wrk
  local who=$1 what=$2 prefix=$3 before=0 after=0 p
  shift 3
  for p; do before=$((before + $(ticks "$p"))); done
  WHAT=$what PREFIX=$prefix ORIGIN=$url VISITORS=$work/visitors wrk -t1 -c64 -d"${seconds}s" -s "$here/load.lua" "$url" >wrk.out
  for p; do after=$((after + $(ticks "$p"))); done
  awk -v who="$who" -v what="$what" -v ticks=$((after - before)) -v hz="$(getconf CLK_TCK)" '/^RESULT/ {
    printf "%-28s %-7s %7.0f/s  p50 %6.1f ms  p99 %7.1f ms  %5.0f CPU-us each  %d errors\n",
      who, what, $2 / $3, $4, $5, ticks / hz * 1e6 / ($2 ? $2 : 1), $6 }' wrk.out
}
mkfifo ready

# ---- chamthi ----
cp "$CHAMTHI_DB" peer.db
"$CHAMTHI" serve --listen 127.0.0.1:0 >ready & server=$!
ready
token() { grep -o 'name="csrf" value="[0-9a-f]*"' | head -1 | grep -o '[0-9a-f]\{64\}'; }
for n in $(seq 101 164); do
  csrf=$(curl -s -c jar "$url/vi/sign-in" | token)
  curl -s -o /dev/null -b jar -c jar -H "Origin: $url" --data-urlencode "csrf=$csrf" -d "name=do$n" --data-urlencode 'password=một câu dài dễ nhớ' "$url/vi/sign-in"
  cookie=$(awk '$6 == "chamthi" { print "chamthi=" $7 }' jar)
  echo "$cookie $(curl -s -b jar "$url/vi/entry/P1001" | token)"
done >visitors
echo "web: 64 clients on loopback, pages of $(curl -s -b jar "$url/vi/entry/P1001" | wc -c) bytes; CPU of the server alone"
measure chamthi read /vi $server
sheets() { sqlite3 "$1" "SELECT count(*) FROM sheet WHERE state = 'submitted' AND 6 = (SELECT count(*) FROM mark m WHERE m.sheet_id = sheet.sheet_id)"; }
measure chamthi public /vi $server
measure chamthi submit /vi $server
acknowledged=$(awk '/^RESULT/ { print $2 }' wrk.out)
[ "$(sheets "$CHAMTHI_DB")" -ge "$acknowledged" ] || { echo "acknowledged $acknowledged, stored fewer"; exit 1; }
node "$here/idle.js" "$url" 500 "$(cut -d' ' -f1 visitors | head -1)" /vi/entry/P1001 $server
kill $server; wait $server || :

# ---- the others ----
mkdir -p "$peers"
if ! cmp -s "$here/package-lock.json" "$peers/installed.json"; then
  cp "$here/package.json" "$here/package-lock.json" "$peers/"
  # Built here against the installed Node: its own download would not come from a registry.
  (cd "$peers" && npm_config_nodedir=/usr npm_config_build_from_source=true npm ci --no-audit --no-fund) >"$peers/npm.log" 2>&1 ||
    { tail -5 "$peers/npm.log"; exit 1; }
  cp "$here/package-lock.json" "$peers/installed.json"
fi
sqlite3 peer.db "CREATE TABLE peer_session (token TEXT PRIMARY KEY, judge_id INTEGER NOT NULL);
  INSERT INTO peer_session SELECT hex(randomblob(32)), judge_id FROM judge WHERE judge_id > 900;
  SELECT 'sid=' || token || ' x' FROM peer_session" >visitors
cp peer.db php.db
DB=$work/peer.db NODE_PATH=$peers/node_modules node "$here/express.js" >ready & server=$!
ready
measure "express + better-sqlite3" read "" $server
measure "express + better-sqlite3" submit "" $server
kill $server; wait $server || :

port=$(node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
url=http://127.0.0.1:$port
DB=$work/php.db PHP_CLI_SERVER_WORKERS=2 php -S "127.0.0.1:$port" "$here/php.php" >php.log 2>&1 & server=$!
until curl -s -o /dev/null "$url/"; do kill -0 $server; sleep 0.1; done
echo "php's own server closes every connection after its reply, which wrk counts as an error each"
measure "php, 2 workers" read "" $server $(pgrep -P $server)
measure "php, 2 workers" submit "" $server $(pgrep -P $server)
kill $(pgrep -P $server) $server; wait $server 2>/dev/null || :
server=
