#!/usr/bin/env bash
# .docx files of 1,000 words with Word's own heavy markup, imported into the committed database, beside pandoc and
# LibreOffice making plain text of a sample of the same files. Files per CPU second. ENTRIES=… for another number.
set -eu
. "$(dirname "${BASH_SOURCE[0]}")/../lib/peers.sh"
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
entries=${ENTRIES:-3000} sample=${SAMPLE:-40}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap '[ -n "${KEEP:-}" ] || rm -rf "$work"' EXIT
mkdir "$work/goi" "$work/mau"
for essay in "$ROOT"/fixtures/essays/*.txt; do sed '1,/^---$/d' "$essay"; done | grep -v '^$' >"$work/paragraphs"
python3 "$ROOT/tests/bench/word.py" "$work/paragraphs" "$work/goi" "$entries"
{ echo "tệp,tên bài,tác giả,điện thoại,đơn vị gửi,ngày nhận"
  seq "$entries" | awk '{ printf "%d.docx,Người tốt việc tốt số %d,Nguyễn Văn Tác Giả %d,0900%06d,Quận Ba Đình,2024-05-31\n", $1, $1, $1, $1 }'; } >"$work/goi/manifest.csv"
seq "$sample" | while read -r i; do cp "$work/goi/$i.docx" "$work/mau/"; done
unzip -p "$work/goi/1.docx" word/document.xml | wc -c | awk '{ printf "one document.xml: %.0f KB\n", $1 / 1024 }'

export CHAMTHI_DB=$work/bench.db
"$CHAMTHI" contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
"$CHAMTHI" unit load "$ROOT/fixtures/units.csv" >/dev/null
timed "chamthi import .docx" "$entries" "$CHAMTHI" --lang en import "$work/goi" --contest 2024
peers "$work/mau" docx docx
