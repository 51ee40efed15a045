#!/usr/bin/env bash
# Certificates per second of CPU time: all in one file, and one file each, with bytes and memory; and the same
# page drawn by ReportLab, cairo (both from Debian) and pdfkit (npm, kept in build/bench), start included.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
HERE=$ROOT/tests/bench/certificate modules=$ROOT/build/bench/node_modules
WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
export LANG=C.UTF-8 LC_ALL=C.UTF-8

people() { # how many
  awk -v n="$1" 'BEGIN {
    split("Nguyễn Trần Lê Phạm Đỗ Vũ Hoàng Bùi", family, " ")
    split("Thị Hồng Hạnh|Văn Đức|Hoàng Minh Châu|Quang Vinh|Thị Ánh Tuyết|Quốc Khánh", given, "|")
    print "name,address,prize,title,serial,decision,decision_date,code"
    for (i = 1; i <= n; i++)
      printf "%s %s,Trường THCS số %d,Giải Ba,Người gác chắn đường ngang số %d,2024/GCN-%05d,125/QĐ-BTC,2024-09-20,7K3M-9QXD-2VWT-%05d-C8YZ\n",
        family[i % 8 + 1], given[i % 6 + 1], i % 90 + 1, i, i, i
  }'
}
measure() { # label count what command…: CPU seconds and memory of a run, and the bytes of what it made
  local label=$1 count=$2 made=$3; shift 3
  /usr/bin/time -o time -f '%U %S %M' "$@" >/dev/null
  awk -v label="$label" -v n="$count" -v bytes="$(cat $made | wc -c)" '{
    printf "  %-38s %7.0f per CPU second (%5d in %5.2f s), %6d bytes each, %4d MB\n", label, n / ($1 + $2), n, $1 + $2, bytes / n, $3 / 1024 }' time
}
each() { rm -rf each; mkdir each; }

echo "certificates: one page each, its frame kept once in a file"
people 20000 >many.csv; people 5000 >some.csv; people 400 >few.csv; people 1 >one.csv
measure "one file of 5,000" 5000 all.pdf "$CHAMTHI" certificate make --recipients some.csv -o all.pdf
measure "one file of 20,000" 20000 all.pdf "$CHAMTHI" certificate make --recipients many.csv -o all.pdf
measure "20,000 in files of 1,000" 20000 'all-*.pdf' "$CHAMTHI" certificate make --recipients many.csv -o all.pdf --split 1000
each; measure "a file each" 400 'each/*.pdf' "$CHAMTHI" certificate make --recipients few.csv --each each

echo "issued and frozen in the register, with number, code and signed QR"
export CHAMTHI_DB=$WORK/chamthi.db
"$CHAMTHI" contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
"$CHAMTHI" award load some.csv --contest 2024 >/dev/null
measure "issue" 5000 chamthi.db "$CHAMTHI" certificate issue --contest 2024

echo "the same page by others"
"$CHAMTHI" certificate make --recipients one.csv -o page.pdf >/dev/null
/usr/bin/python3 "$HERE/page.py" page.pdf page.json
for peer in reportlab cairo; do
  measure "$peer: one file" 200 peer.pdf /usr/bin/python3 "$HERE/peers.py" $peer page.json all 200 peer.pdf
  each; measure "$peer: a file each" 20 'each/*.pdf' /usr/bin/python3 "$HERE/peers.py" $peer page.json each 20 each
done
[ -d "$modules/pdfkit" ] || npm install --silent --no-fund --no-audit --prefix "$ROOT/build/bench" pdfkit@0.15.2 >/dev/null 2>&1 ||
  { echo "  pdfkit could not be had from npm: not compared"; exit 0; }
measure "pdfkit: one file" 100 peer.pdf node "$HERE/pdfkit.mjs" "$modules" page.json all 100 peer.pdf
each; measure "pdfkit: a file each" 20 'each/*.pdf' node "$HERE/pdfkit.mjs" "$modules" page.json each 20 each
