#!/usr/bin/env bash
# .docx files of 1,000 words with Word's own heavy markup, imported into the committed database, beside pandoc and
# LibreOffice making plain text of a sample of the same files. Files per CPU second. ENTRIES=… for another number.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
entries=${ENTRIES:-3000} sample=${SAMPLE:-40}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap '[ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT
mkdir "$work/goi" "$work/mau" "$work/chu"
for essay in "$ROOT"/fixtures/essays/*.txt; do sed '1,/^---$/d' "$essay"; done | grep -v '^$' >"$work/paragraphs"
python3 "$ROOT/tests/bench/word.py" "$work/paragraphs" "$work/goi" "$entries"
{ echo "tệp,tên bài,tác giả,điện thoại,đơn vị gửi,ngày nhận"
  seq "$entries" | awk '{ printf "%d.docx,Người tốt việc tốt số %d,Nguyễn Văn Tác Giả %d,0900%06d,Quận Ba Đình,2024-05-31\n", $1, $1, $1, $1 }'; } >"$work/goi/manifest.csv"
seq "$sample" | while read -r i; do cp "$work/goi/$i.docx" "$work/mau/"; done
unzip -p "$work/goi/1.docx" word/document.xml | wc -c | awk '{ printf "one document.xml: %.0f KB\n", $1 / 1024 }'

export CHAMTHI_DB=$work/bench.db
"$CHAMTHI" contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
"$CHAMTHI" unit load "$ROOT/fixtures/units.csv" >/dev/null
timed() { # what, number of files, command…
  local what=$1 count=$2; shift 2
  /usr/bin/time -f '%U %S %e %M' -o "$work/time" "$@" >"$work/out" 2>&1 || { cat "$work/out"; exit 1; }
  tail -1 "$work/time" | awk -v n="$count" -v what="$what" '{ cpu = $1 + $2; printf "%-34s %d files, %.1f files per CPU second, %.1f s CPU, %.1f s wall, peak %.0f MB\n", what, n, n / cpu, cpu, $3, $4 / 1024 }'
}
timed "chamthi import .docx" "$entries" "$CHAMTHI" --lang en import "$work/goi" --contest 2024
timed "pandoc -t plain" "$sample" sh -c 'for f in "$1"/*.docx; do pandoc -t plain -o "$2/$(basename "$f").txt" "$f"; done' sh "$work/mau" "$work/chu"
office() { timed "$1" "$sample" /usr/lib/libreoffice/program/soffice.bin "-env:UserInstallation=file://$work/ho-so" --headless --convert-to txt:Text --outdir "$work/chu" "$work"/mau/*.docx; }
/usr/lib/libreoffice/program/soffice.bin "-env:UserInstallation=file://$work/ho-so" --headless --terminate_after_init >/dev/null 2>&1 || true
office "LibreOffice --convert-to txt"
