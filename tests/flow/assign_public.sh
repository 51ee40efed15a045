# A public draw: announced, drawn from a value nobody knew, repaired, revealed, and checked by outsiders.
. "$(dirname "$0")/../lib/tap.sh"
FIXTURES=$ROOT/fixtures
sql() { sqlite3 -batch "$CHAMTHI_DB" "PRAGMA foreign_keys = ON; $1"; }
refused() { # sentence, part of the message, command…
  local sentence=$1 part=$2; shift 2
  is "$sentence: status 2" "$(status "$@")" 2
  has "$sentence: says so" "$("$@" 2>&1)" "$part"
}
ROUND="--contest 2024 --round so-khao"
chamthi contest load "$FIXTURES/contests/2023.yaml" "$FIXTURES/contests/2024.yaml" >/dev/null
chamthi unit load "$FIXTURES/units.csv" >/dev/null
chamthi judge load "$FIXTURES/judges.csv" >/dev/null
chamthi import "$FIXTURES/entries/2024" --contest 2024 >/dev/null
chamthi redact review --all --skip --contest 2024 >/dev/null
chamthi phach give $ROUND >/dev/null

refused "a public value that was not announced" "assign announce" chamthi assign plan $ROUND --public-value 1
refused "a name of two lines" "một dòng" chamthi assign announce $ROUND --public-name $'a\nb'
refused "a draw that cannot be made is not announced" "không đủ giám khảo" chamthi assign announce $ROUND --public-name x --per-entry 9
notice=$(chamthi --format json assign announce $ROUND --public-name "Giải đặc biệt 30/9" --per-entry 2 --cap 0.5)
is "a notice gives two hashes" "$(echo "$notice" | jq -r '.secret_hash, .inputs_hash' | grep -cE '^[0-9a-f]{64}$')" 2
is "the secret is not told" "$(chamthi assign record $ROUND | grep -c '^secret=')" 0
refused "a draw without the value" "Giải đặc biệt 30/9" chamthi assign plan $ROUND
refused "a draw with a chosen seed" "--seed" chamthi assign plan $ROUND --public-value 48213 --seed 1
sql "UPDATE judge SET cap = 5 WHERE code = 'GK01'"
refused "a judge changed after the notice" "thông báo lại" chamthi assign plan $ROUND --public-value 48213
sql "UPDATE judge SET cap = NULL WHERE code = 'GK01'"
ok "the draw, when the value is known" chamthi assign plan $ROUND --public-value 48213
is "it follows the announced rules" "$(sql 'SELECT per_entry FROM draw')" 2
secret=$(sql 'SELECT hex(secret) FROM draw_notice')
inputs=$(sql 'SELECT lower(hex(inputs_hash)) FROM draw_notice')
is "the seed is what openssl computes from secret and value" "$(sql 'SELECT lower(hex(seed)) FROM draw')" \
  "$(printf '2024|so-khao|48213|%s' "$inputs" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$secret" | sed 's/.*= //')"
is "the posted hash is that of the secret" "$(sql 'SELECT lower(hex(secret_hash)) FROM draw_notice')" \
  "$(sql "SELECT writefile('secret.bin', secret) FROM draw_notice" >/dev/null && b2sum -l 256 secret.bin | cut -d' ' -f1)"
is "the hash of the inputs is that of the stored text" "$inputs" \
  "$(sqlite3 "$CHAMTHI_DB" "SELECT writefile('inputs.txt', inputs) FROM draw_notice" >/dev/null && b2sum -l 256 inputs.txt | cut -d' ' -f1)"
ok "publishing" chamthi assign publish $ROUND
ok "a repair" chamthi assign repair $ROUND --drop "$(sql 'SELECT j.code FROM sheet s JOIN judge j USING (judge_id) LIMIT 1')"
refused "a repair with a chosen seed" "--seed" chamthi assign repair $ROUND --drop "$(sql 'SELECT j.code FROM sheet s JOIN judge j USING (judge_id) ORDER BY 1 DESC LIMIT 1')" --seed 1
report=$(chamthi assign verify $ROUND)
has "verifying computes the repair's seed too" "$report" "hạt giống tính đúng từ số bí mật và giá trị công khai"
lacks "and all holds" "$report" "KHÔNG"

# ---- the record ----
chamthi assign record $ROUND -o sealed.txt >/dev/null
is "the sealed record names no judge" "$(grep -c GK sealed.txt)" 0
refused "the sealed record cannot be computed again" "niêm phong" chamthi assign verify sealed.txt
refused "nothing is revealed while judges work" "chưa đóng" chamthi assign record $ROUND --reveal
chamthi round close $ROUND --reason "thử" >/dev/null
chamthi assign record $ROUND --reveal -o record.txt >/dev/null
mkdir elsewhere
is "outsiders compute everything without the database" "$(cd elsewhere && status chamthi --db none.db assign verify ../record.txt)" 0
is "two draws, each with every check" "$(chamthi --format json assign verify record.txt | jq -c '[map(select(.holds == "đạt")) | length, (map(.draw) | unique)]')" "[18,[1,2]]"
forged() { # sentence, sed script, what must be told
  sed "$2" record.txt >forged.txt
  is "$1 is found" "$(cmp -s record.txt forged.txt; echo $?) $(status chamthi assign verify forged.txt)" "1 1"
  has "$1: named" "$(chamthi assign verify forged.txt | grep KHÔNG)" "$3"
}
forged "another public value" 's/^public_value=48213/public_value=48214/' "tính đúng từ số bí mật"
forged "another secret" 's/^secret=../secret=00/' "thông báo trước"
forged "another list in the notice" '/^notice=/,/^$/s/^inputs_hash=../inputs_hash=00/' "danh sách đã thông báo"
forged "a seed put in" 's/^seed=../seed=00/' "hạt giống"
forged "a judge who read something else" '$s/,GK..$/,GK99/' "bảng phân công"
forged "a rule made laxer" '0,/same_unit=never/s//same_unit=avoid/' "dữ liệu đầu vào"
forged "a proof embellished" '0,/"violations":0/s//"violations":1/' "chứng minh"
head -c 3000 record.txt >cut.txt
refused "a record cut short" "cắt" chamthi assign verify cut.txt
echo nonsense >nonsense.txt
refused "a file that is no record" "không phải biên bản" chamthi assign verify nonsense.txt
refused "neither file nor round" "--round" chamthi assign verify
ok "every invariant holds" chamthi doctor
done_testing
