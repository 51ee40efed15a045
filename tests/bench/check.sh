#!/usr/bin/env bash
# 20,000 entries of about 1,000 words each: the rules with three patterns, and the search for what names the
# author, in entries per CPU second. grep runs the same patterns beside it. ENTRIES=… for another number.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
entries=${ENTRIES:-20000}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap '[ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT
mkdir "$work/goi"

# Each text is some essays' paragraphs from a place of its own, signed by its author.
for essay in "$ROOT"/fixtures/essays/*.txt; do sed '1,/^---$/d' "$essay"; done | grep -v '^$' >"$work/paragraphs"
awk -v entries="$entries" -v folder="$work/goi" '
  BEGIN {
    families = split("Nguyễn Trần Lê Phạm Vũ Hoàng Bùi Đỗ Ngô Dương Lý Đặng", family, " ")
    givens = split("Hải An Bình Chi Dũng Giang Hà Khánh Lan Minh Nga Oanh Phúc Quân Sơn Tâm Uyên Vân Xuân Yến", given, " ")
    middles = split("Thị Văn Đức Thu Minh Quang Thanh Ngọc", middle, " ")
  }
  { text[NR] = $0; words[NR] = NF }
  END {
    list = folder "/manifest.csv"
    print "tệp,tên bài,tác giả,điện thoại,địa chỉ,đơn vị,đơn vị gửi,nhân vật,địa chỉ nhân vật,ngày nhận" >list
    for (i = 1; i <= entries; i++) {
      file = folder "/" i ".txt"; total = 0
      for (k = 0; total < 1000; k++) {
        p = (i * 7 + k * (1 + i % 13)) % NR + 1
        printf "%s\n\n", text[p] >file
        total += words[p]
      }
      name = family[i % families + 1] " " middle[int(i / 7) % middles + 1] " " given[i % givens + 1] " " given[int(i / 20) % givens + 1]
      printf "Người viết: %s\nĐT: 0900 %03d %03d\n", name, int(i / 1000), i % 1000 >file
      close(file)
      printf "%d.txt,Người tốt việc tốt số %d,%s,0900%06d,\"Số %d, phố Hàng Bột, quận Đống Đa\",Trường THCS số %d,Quận Ba Đình,%s,\"phường Cống Vị, quận Ba Đình\",2024-05-31\n", i, i, name, i, i % 99 + 1, i % 40 + 1, family[int(i / 3) % families + 1] " " middle[int(i / 11) % middles + 1] " " given[int(i / 13) % givens + 1] " " given[int(i / 400) % givens + 1] >list
    }
  }' "$work/paragraphs"
awk '/^rounds:/ && !done { done = 1
  print "  subject_within: {value: [\"Hà Nội\"], provenance: found, source: S}"
  print "  entries_most: {value: 3, provenance: found, source: S}"
  print "  patterns:"
  print "    - {key: ban-sao, name: bản sao, use: banned, in: text, pattern: \"(?i)photo\\\\s*copy|bản sao\", provenance: found, source: S}"
  print "    - {key: quang-cao, name: quảng cáo, use: banned, in: text, pattern: \"(?i)\\\\b(khuyến mãi|giảm giá|hotline)\\\\b\", provenance: found, source: S}"
  print "    - {key: ngay, name: có ngày tháng, use: required, in: text, pattern: \"\\\\b(ngày|tháng|năm) \\\\d+\", provenance: inferred, source: S}\n"
} { print }' "$ROOT/fixtures/contests/2024.yaml" >"$work/2024.yaml"

export CHAMTHI_DB=$work/bench.db
"$CHAMTHI" contest load "$work/2024.yaml" >/dev/null
"$CHAMTHI" unit load "$ROOT/fixtures/units.csv" >/dev/null
"$CHAMTHI" import "$work/goi" --contest 2024 >/dev/null
run() { # what command…
  what=$1; shift
  /usr/bin/time -f '%U %S %M' -o "$work/time" "$CHAMTHI" --format csv "$@" --contest 2024 >"$work/out" || true
  sed -i '/^Command/d' "$work/time" # its exit status says that a person has something to look at
  awk -v n="$entries" -v what="$what" '{ cpu = $1 + $2; printf "%-34s %6.0f entries per CPU second, %.2f s CPU, peak %.0f MB\n", what, n / cpu, cpu, $3 / 1024 }' "$work/time"
  awk '{ print $1 + $2 }' "$work/time" >>"$work/total"
}
run "check, first run" check
run "redact, first run" redact
awk -v n="$entries" '{ total += $1 } END { printf "%-34s %6.0f entries per CPU second\n", "rules and identity together", n / total }' "$work/total"
run "check again, nothing new" check
run "redact again, nothing new" redact
TIMEFORMAT='%U %S'
{ time find "$work/goi" -name '*.txt' -print0 | xargs -0 grep -cPi 'photo\s*copy|bản sao|\b(khuyến mãi|giảm giá|hotline)\b|\b(ngày|tháng|năm) \d+' >/dev/null; } 2>"$work/time" || true
awk -v n="$entries" '{ printf "%-34s %6.0f entries per CPU second (the three patterns only)\n", "grep -P", n / ($1 + $2) }' "$work/time"
