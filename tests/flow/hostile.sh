#!/usr/bin/env bash
# Hostile and awkward parcels: each item of each gets the verdict that its table says, and nothing is lost.
# fixtures/hostile/X.expected.csv is the table of the parcel X (a folder) or X.zip.
. "$(dirname "$0")/../lib/tap.sh"
hostile=$ROOT/fixtures/hostile
total=0
for table in "$hostile"/*.expected.csv; do
  name=$(basename "$table" .expected.csv) parcel=$hostile/$(basename "$table" .expected.csv)
  [ -d "$parcel" ] || parcel=$parcel.zip
  export CHAMTHI_DB=$WORK/$name.db
  chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
  chamthi import "$parcel" --contest 2024 --format json >"$name.json"
  jq -r '["row", "file", "status", "reason"], (.items[] | [.row, .file, .status, .reason]) | map(. // "" | tostring | if test("[,\"\n]") then "\"" + gsub("\""; "\"\"") + "\"" else . end) | join(",")' "$name.json" >"$name.csv"
  ok "$name: each item gets its verdict" diff "$table" "$name.csv"
  is "$name: each row and each file no row names is one item" "$(jq '(.items | length) == .rows + .unlisted and .rows == .imported + .unchanged + .quarantined' "$name.json")" true
  is "$name: every refusal says what to do, in both languages" "$(sqlite3 "$CHAMTHI_DB" "SELECT count(*) FROM quarantine WHERE length(message_vi) < 30 OR length(message_en) < 30 OR message_vi = message_en")" 0
  before=$(sqlite3 "$CHAMTHI_DB" 'SELECT count(*) FROM audit')
  chamthi import "$parcel" --contest 2024 >/dev/null
  is "$name: the same again changes nothing" "$(sqlite3 "$CHAMTHI_DB" 'SELECT count(*) FROM audit')" "$before"
  ok "$name: the database is sound" chamthi doctor
  total=$((total + $(wc -l <"$table") - 1))
done
# What was taken reads as its author wrote it.
export CHAMTHI_DB=$WORK/parcel.db
read_as() { # file, text
  local receipt; receipt=$(jq -r --arg file "$1" '.items[] | select(.file == $file) | .receipt' parcel.json)
  is "$1 reads as it was written" "$(chamthi entry text "$receipt")" "$2"
}
short='Bà Sợi bán nước chè ở đầu ngõ.'
read_as nua-vntime.docx 'Người tốt việc tốt'
read_as vni.docx 'Việt Nam đẹp'
read_as rtf-doi-duoi.doc 'Người tốt'
read_as vntime.pdf 'Bà Sợi bán nước'
read_as vni-dam.pdf 'Việt Nam đẹp'
read_as dau-roi.docx 'Bà Sợi bán nước chè.'
read_as dao-chieu-trong-bai.docx 'Bà iợS bán nước chè.'
read_as chi-chu-thich.docx 'Chữ ở chú thích.'
read_as docx-doi-duoi.pdf 'Một bài viết ngắn.'
read_as utf16be.txt "$short"
read_as bom.txt "$short"
read_as cp1258.txt 'Bà Sợi bán nước chè'
read_as viqr.txt "$short"
read_as tcvn3.txt 'Bà Sợi bán nước chè ở đầu ngõ, người tốt việc tốt'
is "nothing was written beside the databases" "$(find / -xdev -maxdepth 2 -name 'xau.txt' 2>/dev/null; ls ../xau.txt ../../xau.txt 2>/dev/null)" ""
echo "# $total verdicts"
done_testing
