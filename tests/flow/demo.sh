#!/usr/bin/env bash
# The demonstration: ends with status 0, finds what was planted, and twice gives the same bytes.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/archive.sh"

ok "the demonstration runs from start to end" sh -c 'sh "$1" "$2" one >told' - "$ROOT/tests/demo.sh" "$CHAMTHI"
ok "and again" sh "$ROOT/tests/demo.sh" "$CHAMTHI" two
is "two runs give the same files" "$(cd one && find . -type f | sort)" "$(cd two && find . -type f | sort)"
# Only the database and what prints its audit head carry the time of the run.
for file in $(cd one && find . -type f ! -name 'chamthi.db*' | sort | tr ' ' '?'); do
  cmp -s one/$file two/$file || echo "$file"
done >different
is "byte for byte" "$(cat different)" ""
export CHAMTHI_DB=one/chamthi.db
rows=0
for list in "$ROOT"/fixtures/entries/20*/manifest.csv; do rows=$((rows + $(wc -l <"$list") - 1)); done
is "its table counts the rows of the lists, and the entries they became" \
  "$(grep '^Bài dự thi' told | grep -oE '[0-9]+ +[0-9]+' | tr -s ' ')" \
  "$rows $(sqlite3 $CHAMTHI_DB 'SELECT count(*) FROM entry')"
ok "doctor is content" chamthi doctor
ok "the audit chain is intact" chamthi audit verify

findings=$(chamthi --format csv finding list --contest 2024; for y in 2016 2021 2022; do chamthi --format csv finding list --contest $y; done)
for planted in 2016-00003,received.late 2016-00004,length.least 2021-00005,length.most 2022-00001,field.required \
  2022-00004,press.publisher 2024-00013,barred.person 2024-00016,barred.person; do
  has "found: $planted" "$findings" "$planted"
done
has "kept, not lost: the broken file" "$(cat one/import-2024.json)" docx.broken
has "the row without a file" "$(cat one/import-2024.json)" file.missing
has "the file without a row" "$(cat one/import-2024.json)" file.unlisted
for receipt in 2024-00006 2024-00007 2024-00008; do
  lacks "the judges' text of $receipt does not name its author" \
    "$(chamthi entry text $receipt --form redacted)" "$(sqlite3 $CHAMTHI_DB "SELECT name FROM identity_author JOIN entry USING (entry_id) WHERE receipt = '$receipt'")"
done
# Judges differ in severity: adjusted for it, the ranking of the first round is another.
rank() { chamthi --format csv rank --contest 2024 --round so-khao --method "$1" 2>/dev/null | cut -d, -f1-3; }
is "the mean's ranking is what the demonstration stored" "$(rank mean)" "$(cut -d, -f1-3 one/xep-hang-so-khao.csv)"
is "least squares ranks the same entries" "$(rank ls | cut -d, -f3 | sort)" "$(rank mean | cut -d, -f3 | sort)"
lacks "in another order" "$(rank ls)" "$(rank mean)"
is "a closed round keeps the result it was closed with" "$(sqlite3 $CHAMTHI_DB "SELECT DISTINCT method FROM result")" mean
for pdf in one/*.pdf one/giay/*.pdf; do
  ok "sound PDF: ${pdf#one/}" qpdf --check "$pdf"
  is "and a PDF/A-2u" "$(archive_faults "$pdf")" ""
done
is "every font of the certificates is an embedded subset" \
  "$(pdffonts one/giay-chung-nhan-2024.pdf | tail -n +3 | grep -vc 'yes yes yes')" 0
names=$(pdftotext one/giay-chung-nhan-2024.pdf - | tr '\n' ' ')$(pdftotext one/khen-2015-2024.pdf - | tr '\n' ' ')
is "authors and units of the ten years are honoured by a Giấy khen or a Bằng khen of their own register" \
  "$(sqlite3 $CHAMTHI_DB "SELECT DISTINCT a.kind || ' ' || c.kind FROM award a JOIN certificate c USING (award_id) WHERE a.since = 2015 ORDER BY 1" | tr '\n' ' ')" "collective BK entry GK "
has "for all ten years" "$names" "giai đoạn 2015 – 2024"
is "and are no prizes of 2024" "$(sqlite3 $CHAMTHI_DB "SELECT count(*) FROM award WHERE year = 2024 AND since IS NULL AND kind = 'entry'")" "$(ls one/giay | wc -l)"
pages=$(qpdf --show-npages one/tong-ket-2015-2024.pdf)
is "the retrospective has 12 to 20 pages ($pages)" "$([ "$pages" -ge 12 ] && [ "$pages" -le 20 ]; echo $?)" 0
sqlite3 $CHAMTHI_DB "SELECT name FROM certificate WHERE year = 2024" | sed 's/; /\n/g' >names
while read -r name; do
  has "printed exactly: $name" "$names" "$name"
done <names
done_testing
