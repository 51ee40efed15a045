#!/usr/bin/env bash
# Accounts from the command line and the server on the wire: headers, limits, stopping.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"

ok "a contest, judges, entries and accounts are made" desk_make

# ---- accounts ----
is "an account lists with its role and judge" \
  "$(chamthi --format csv user list | tr -d '\r' | cut -d, -f1-3 | paste -sd' ')" \
  "name,role,judge ban-to-chuc,organizer, gk01,judge,GK01 gk02,judge,GK02"
say() { printf '%s\n' "$1"; }
is "a short password is refused with status 2" "$(say ngắn | status chamthi user add x1 --role auditor)" 2
is "so is no password at all" "$(status chamthi user add x1 --role auditor </dev/null)" 2
is "so is a role that does not exist" "$(say "$PASSWORD" | status chamthi user add x1 --role king)" 2
is "so is a judge nobody loaded" "$(say "$PASSWORD" | status chamthi user add x1 --role judge --judge GK99)" 2
is "so is a name that is taken" "$(say "$PASSWORD" | status chamthi user add gk01 --role auditor)" 2
has "and the sentence says what to do" "$(say "$PASSWORD" | chamthi user add gk01 --role auditor 2>&1)" "chamthi user passwd gk01"
is "nothing of all that was added" "$(chamthi --format json user list | jq length)" 3
is "a password with a Windows line end is the same password" \
  "$(printf '%s\r\n' "$PASSWORD" | status chamthi user passwd gk02)" 0
code=$(chamthi user code ban-to-chuc)
is "an organizer gets a key for the telephone" "$(grep -co 'otpauth://totp/chamthi:ban-to-chuc?secret=[A-Z2-7]*&' <<<"$code")" 1
is "and ten recovery codes" "$(grep -c '^  [0-9A-Z]\{4\}-[0-9A-Z]\{4\}-[0-9A-Z]\{4\}$' <<<"$code")" 10
lacks "no password and no hash stands in the audit log" "$(chamthi --format csv audit list)" 'argon2'
typed() { # at a terminal: waits for each prompt, types one line; leaves what the terminal showed in $screen
  local part line
  screen=
  coproc TERMINAL { timeout 20 script -qec "$CHAMTHI --lang vi user passwd gk02" /dev/null 2>&1; }
  for line in "$@"; do
    IFS= read -r -d: -u "${TERMINAL[0]}" part
    screen+="$part:"
    printf '%s\n' "$line" >&"${TERMINAL[1]}"
  done
  screen+=$(cat <&"${TERMINAL[0]}")
}
typed "$PASSWORD" "$PASSWORD"
has "at a terminal the password is asked for twice" "$screen" "Gõ lại mật khẩu"
has "and changed" "$screen" "Đã đổi mật khẩu"
lacks "without showing it" "$screen" "$PASSWORD"
typed "$PASSWORD" "khác hẳn dòng trên"
has "two different ones change nothing" "$screen" "không giống nhau"
typed $'nửa chừng thì \003'
has "and Ctrl-C gives up" "$screen" "đã bỏ dở"

first() { # the first start at a terminal: pairs of what is waited for and what is typed then
  local part
  screen=
  coproc TERMINAL { timeout 30 script -qec "$CHAMTHI --lang vi --db first.db serve --listen 127.0.0.1:0" /dev/null 2>&1; }
  for (( ; $#; )); do
    until [[ $screen == *"$1" ]]; do
      IFS= read -r -t 20 -N1 -u "${TERMINAL[0]}" part || break
      screen+=$part
    done
    printf '%s' "$2" >&"${TERMINAL[1]}"
    shift 2
  done
  screen+=$(cat <&"${TERMINAL[0]}")
}
chamthi --db first.db contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
first 'để sau): ' $'truong-ban\n' 'Mật khẩu: ' "$PASSWORD"$'\n' 'Gõ lại mật khẩu: ' "$PASSWORD"$'\n' 'Ctrl-C)' $'\003'
has "the first start at a terminal asks for the organizer's account" "$screen" "Chưa có tài khoản ban tổ chức"
has "shows its key and codes" "$screen" "otpauth://totp/chamthi:truong-ban"
has "and then serves" "$screen" "chamthi phục vụ tại"
is "the account is there" "$(chamthi --db first.db --format json user list | jq -r '.[] | .name + " " + .role')" "truong-ban organizer"

# ---- starting ----
is "a wrong address to listen on is status 2" "$(status chamthi serve --listen nowhere)" 2
is "a public address with a path is status 2" "$(status chamthi serve --public-url https://a.vn/b)" 2
is "a database that is not there is status 2" "$(CHAMTHI_DB=$WORK/none.db status chamthi serve --listen 127.0.0.1:0)" 2
lacks "and none is made" "$(ls "$WORK")" none.db
desk_serve --access-log access.log; result $? "the server starts and says where"
trap 'kill $SERVER 2>/dev/null; rm -rf "$WORK"' EXIT
port=${URL##*:}
is "a second one on the same port is status 3" "$(status chamthi serve --listen "127.0.0.1:$port")" 3

# ---- on the wire ----
answer() { curl -s -o /dev/null -w '%{http_code}' "$@"; }
is "the bare address leads on" "$(answer "$URL/")" 303
is "the first page is there" "$(answer "$URL/vi/")" 200
is "HEAD gives the head only" "$(curl -sI "$URL/vi/" | head -1 | tr -d '\r')" "HTTP/1.1 200 OK"
has "every reply forbids foreign and inline code" "$(curl -sI "$URL/nothing")" "Content-Security-Policy: default-src 'none'"
is "a wrong address is 404" "$(answer "$URL/en/nothing")" 404
has "in the visitor's language" "$(curl -s "$URL/en/nothing")" "Not found"
is "a monitor is told that all is well" "$(curl -s "$URL/health")" ok
for task in /proc/$SERVER/task/*/status; do grep -h '^Seccomp:\|^NoNewPrivs:' "$task"; done | tr -d '\t' | sort -u >guards
is "every thread is in its sandbox" "$(paste -sd' ' guards)" "NoNewPrivs:1 Seccomp:2"
is "a wrong method is 405" "$(answer -X DELETE "$URL/vi/sign-in")" 405
is "a form without its token is 403" "$(answer -d 'name=gk01' -H "Origin: $URL" "$URL/vi/sign-in")" 403
head -c 90000 /dev/zero | tr '\0' a >big
is "a body above the route's limit is 413" "$(answer --data-binary @big "$URL/vi/sign-in")" 413
is "also when it comes without its length" "$(answer -H 'Transfer-Encoding: chunked' -H 'Expect:' --data-binary @big "$URL/vi/sign-in")" 413
is "a body to a page that takes none is refused" "$(answer -X GET --data-binary @big "$URL/vi/")" 413
is "headers of 40 KB are refused" "$(answer -H "X-Big: $(head -c 40000 big)" "$URL/vi/")" 431
GENUINE=$(certificate_code 2023/GCN-001)
is "the QR address leads to the check" "$(curl -s -o /dev/null -w '%{redirect_url}' "$URL/c/$GENUINE")" "$URL/vi/certificate?code=$GENUINE"
has "which knows a genuine certificate" "$(curl -sL "$URL/c/$GENUINE")" "Lê Doãn Tụng"

csrf() { grep -o 'name="csrf" value="[0-9a-f]*"' | head -1 | grep -o '[0-9a-f]\{64\}'; }
jar="$WORK/jar"
token=$(curl -s -c "$jar" "$URL/vi/sign-in" | csrf)
sign_in() { answer -b "$jar" -c "$jar" -H "Origin: $URL" --data-urlencode "csrf=$token" --data-urlencode "name=$1" --data-urlencode "password=$2" "$URL/vi/sign-in"; }
is "a wrong password is 403" "$(sign_in gk01 'không phải thế này')" 403
is "the right one leads on" "$(sign_in gk01 "$PASSWORD")" 303
grep -q '#HttpOnly_127.0.0.1' "$jar"; result $? "the cookie is kept from scripts"
first=$(sqlite3 "$CHAMTHI_DB" "SELECT min(s.phach) FROM sheet s JOIN judge j USING (judge_id) WHERE j.code = 'GK01'")
has "the judge's queue is open" "$(curl -s -b "$jar" "$URL/vi/judge")" "$first"
is "disabling the account ends its session at once" "$(chamthi user disable gk01 >/dev/null; answer -b "$jar" "$URL/vi/judge")" 303
is "and it cannot sign in again" "$(token=$(curl -s -b "$jar" -c "$jar" "$URL/vi/sign-in" | csrf); sign_in gk01 "$PASSWORD")" 403

# ---- many at once, and stopping ----
seq 200 | xargs -P 16 -I{} curl -s -o /dev/null -w '%{http_code}\n' "$URL/vi/" | sort | uniq -c | sed 's/^ *//' >codes
is "two hundred requests by sixteen at once are all answered" "$(cat codes)" "200 200"
exec 6<>"/dev/tcp/127.0.0.1/$port"
printf 'GET /vi/ HTTP/1.1\r\nHo' >&6 # somebody who never ends his request
before=$SECONDS
kill -TERM $SERVER
wait $SERVER
is "SIGTERM stops it with status 0" $? 0
ok "at once, also with half a request open" [ $((SECONDS - before)) -lt 8 ]
has "the access log has a line of JSON for each reply" "$(jq -c '[.method, .route, .status]' access.log)" '["GET","/:lang/judge",200]'
is "with codes, names and addresses left out" "$(jq -r 'keys_unsorted | join(" ")' access.log | sort -u)" "time method route status bytes microseconds"
lacks "and no phách in it" "$(cat access.log)" "$first"
is "it has complained about nothing" "$(cat "$WORK/serve.err")" ""
ok "the audit chain is whole afterwards" chamthi audit verify
ok "and so is the database" chamthi doctor

# ---- the unit of the README ----
awk '/^```ini/ { on = 1; next } /^```/ { on = 0 } on' "$ROOT/README.md" | sed "s|^ExecStart=[^ ]*|ExecStart=$CHAMTHI|" >chamthi.service
is "systemd understands each line of the README's unit" "$(systemd-analyze verify ./chamthi.service 2>&1 | grep chamthi.service)" ""
ok "and finds it exposed by 2.0 of 10 at most" systemd-analyze security --offline=true --threshold=20 chamthi.service
done_testing
