# A contest in the middle of its first round, made by the commands an office would use: three judges with
# their sheets, two of them with accounts, certificates of the year before in each state; and a server on a free port.
# Source after tap.sh.
PASSWORD='một câu dài dễ nhớ'

certificate_code() { chamthi --format json certificate list --contest 2023 | jq -r ".[] | select(.serial == \"$1\") | .code"; }

desk_make() {
  local seed award
  seed=$(printf '%064d' 2024)
  head -4 "$ROOT/fixtures/judges.csv" >judges.csv
  chamthi contest load "$ROOT/fixtures/contests/2023.yaml" "$ROOT/fixtures/contests/2024.yaml" &&
    chamthi unit load "$ROOT/fixtures/units.csv" &&
    chamthi judge load judges.csv || return 1
  chamthi import "$ROOT/fixtures/entries/2024" --contest 2024 # asks for a look at what it set aside: status 1
  chamthi redact --contest 2024
  chamthi redact accept --all --contest 2024 &&
    chamthi redact review --all --contest 2024 &&
    chamthi phach give --contest 2024 --round so-khao --seed "$seed" &&
    chamthi assign plan --contest 2024 --round so-khao --per-entry 1 --seed "$seed" &&
    chamthi assign publish --contest 2024 --round so-khao || return 1
  chamthi award load "$ROOT/fixtures/awards/2023.csv" --contest 2023 &&
    chamthi certificate issue --contest 2023 --seed "$seed" &&
    chamthi certificate revoke 2023/GCN-002 --reason 'đơn của ông Bí Mật' &&
    chamthi certificate reissue 2023/GCN-003 --name 'Tên Viết Lại' --reason 'sai tên' --seed "$seed" || return 1
  award=$(chamthi --format json award list --contest 2023 | jq '.[3].id')
  chamthi award hold "$award" --reason 'đang xác minh' || return 1
  local name
  for name in gk01 gk02; do
    printf '%s\n' "$PASSWORD" | chamthi user add $name --role judge --judge ${name^^} || return 1
  done
  printf '%s\n' "$PASSWORD" | chamthi user add ban-to-chuc --role organizer
}

# Sanitizers: leaks cannot be looked for inside the server's sandbox.
export ASAN_OPTIONS=detect_leaks=0

# Starts the server, waits until it says that it is ready, and sets URL and SERVER (its process). LISTEN=… for another address.
desk_serve() {
  [ -p "$WORK/ready" ] || mkfifo "$WORK/ready"
  "$CHAMTHI" serve --listen "${LISTEN:-127.0.0.1:0}" "$@" >"$WORK/ready" 2>"$WORK/serve.err" &
  SERVER=$!
  read -r line <"$WORK/ready"
  URL=$(printf '%s' "$line" | grep -o 'http://[^ ]*[^/ ]')
  [ -n "$URL" ]
}
