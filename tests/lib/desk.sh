# A database with an open round, two judges' accounts and certificates, for tests of the web pages, and
# a server on a free port. Source after tap.sh.
PASSWORD='một câu dài dễ nhớ'
GENUINE=BE0A-BJQF-2GWN-X0X8-SQS1 REVOKED=PVDG-09AA-DYAB-KQG3-516G REPLACED=24V5-Q055-SBQH-8EAY-GEMN

desk_make() {
  chamthi contest load "$ROOT/fixtures/contests/2024.yaml" &&
    chamthi contest load "$ROOT/fixtures/contests/2023.yaml" &&
    chamthi unit load "$ROOT/fixtures/units.csv" &&
    chamthi judge load "$ROOT/fixtures/judges.csv" || return 1
  chamthi import "$ROOT/fixtures/entries/2024" --contest 2024 >/dev/null
  [ $? -le 1 ] && sqlite3 -bail "$CHAMTHI_DB" <"$ROOT/tests/fixture/desk.sql" &&
    printf '%s\n' "$PASSWORD" | chamthi user add gk01 --role judge --judge GK01 &&
    printf '%s\n' "$PASSWORD" | chamthi user add gk02 --role judge --judge GK02 &&
    printf '%s\n' "$PASSWORD" | chamthi user add ban-to-chuc --role organizer
}

# Starts the server, waits until it says that it is ready, and sets URL and SERVER (its process).
desk_serve() {
  mkfifo "$WORK/ready"
  "$CHAMTHI" serve --listen 127.0.0.1:0 "$@" >"$WORK/ready" 2>"$WORK/serve.err" &
  SERVER=$!
  read -r line <"$WORK/ready"
  URL=$(printf '%s' "$line" | grep -o 'http://[^ ]*[^/ ]')
  [ -n "$URL" ]
}
