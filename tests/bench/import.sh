#!/usr/bin/env bash
# 20,000 entries of about 1,000 words each, with their list, imported in one run: entries per CPU
# second, wall time, peak memory, beside pandoc and LibreOffice with a sample. CHAMTHI_BENCH_ENTRIES=1000000 TMPDIR=… for the million (8 GB in, 40 GB needed).
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/../lib/peers.sh"
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
entries=${CHAMTHI_BENCH_ENTRIES:-20000}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap '[ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT
mkdir "$work/goi" "$work/mau"

# Each text is some essays' paragraphs from a place of its own, so that no two are alike.
for essay in "$ROOT"/fixtures/essays/*.txt; do sed '1,/^---$/d' "$essay"; done | grep -v '^$' >"$work/paragraphs"
awk -v entries="$entries" -v folder="$work/goi" '
  { text[NR] = $0; words[NR] = NF }
  END {
    list = folder "/manifest.csv"
    print "tệp,tên bài,tác giả,điện thoại,đơn vị gửi,nhân vật,ngày nhận" >list
    for (i = 1; i <= entries; i++) {
      file = folder "/" i ".txt"; total = 0
      for (k = 0; total < 1000; k++) {
        p = (i * 7 + k * (1 + i % 13)) % NR + 1
        printf "%s\n\n", text[p] >file
        total += words[p]
      }
      printf "Bài số %d.\n", i >file
      close(file)
      printf "%d.txt,Người tốt việc tốt số %d,Nguyễn Văn Tác Giả %d,0900%06d,Quận Ba Đình,Bà Nhân Vật %d,2024-05-31\n", i, i, i, i, i >list
    }
  }' "$work/paragraphs"

export CHAMTHI_DB=$work/bench.db
"$CHAMTHI" contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
"$CHAMTHI" unit load "$ROOT/fixtures/units.csv" >/dev/null
timed "chamthi import .txt" "$entries" "$CHAMTHI" --lang en import "$work/goi" --contest 2024
timed "chamthi import .txt again" "$entries" "$CHAMTHI" --lang en import "$work/goi" --contest 2024
seq 40 | while read -r i; do cp "$work/goi/$i.txt" "$work/mau/"; done
peers "$work/mau" txt markdown
"$CHAMTHI" --format json entry list | grep -c '"receipt"' | awk '{ print "entries in the database:", $1 }'
