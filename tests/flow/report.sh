# Reports and papers: what stands in them, read back from the files.
. "$(dirname "$0")/../lib/tap.sh"

chamthi contest load "$ROOT"/fixtures/contests/*.yaml >/dev/null
for y in 2015 2018 2020 2023; do
  chamthi award load "$ROOT/fixtures/awards/$y.csv" --contest $y >/dev/null
done
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null
chamthi judge load "$ROOT/fixtures/judges.csv" >/dev/null

# ---- ten years back ----
ok "the retrospective is written as a PDF" chamthi report retrospective --from 2015 --to 2024 -o ten.pdf
ok "well formed" qpdf --check ten.pdf
pages=$(qpdf --show-npages ten.pdf)
is "of several pages" "$([ "$pages" -ge 6 ] && echo yes)" yes
text=$(pdftotext -layout ten.pdf -)
has "a published figure stands in Vietnamese style" "$text" "2.309"
has "an inferred one is marked" "$text" "1.964*"
has "with its source" "$(echo "$text" | tr -d ' \n')" "https://vvc.vn/guong-nguoi-tot-viec-tot-2018-1663356998/"
has "a year without anything is missing, not zero" "$(echo "$text" | tr -s ' ')" "2021 – – – – –"
has "a rule carried over from another year is marked" "$text" "1.300–1.500"
has "pages are numbered" "$text" "Trang 2/$pages"
has "who won twice is named" "$text" "Phạm Thuý Nga"
is "its sections stand in the side panel" \
  "$(qpdf --json ten.pdf | jq -r '[.outlines[].title]|join("|")')" \
  "Trang bìa|Nội dung|Những con số chính|1. Thể lệ từng năm|2. Bài dự thi theo năm|3. Giải thưởng theo năm|4. Các đơn vị|5. Những tấm gương được viết|6. Những người gắn bó với cuộc thi|7. Công tác chấm thi|8. Bài trở lại|9. Các giải đã trao|10. Khen thưởng cho cả giai đoạn|11. Nguồn của số liệu công bố"
page=$(pdftotext -f 2 -l 2 -layout ten.pdf - | sed -n 's/^ *11\. Nguồn của số liệu công bố *\([0-9]*\) *$/\1/p')
has "the contents name the right page" "$(pdftotext -f "$page" -l "$page" ten.pdf -)" "11. Nguồn của số liệu công bố"
chamthi report retrospective --from 2015 --to 2024 -o again.pdf >/dev/null
ok "a second run gives the same bytes" cmp ten.pdf again.pdf
ok "it is written as a workbook" chamthi report retrospective --from 2015 --to 2024 -o ten.xlsx
ok "a second run gives the same bytes there too" sh -c "'$CHAMTHI' report retrospective --from 2015 --to 2024 -o again.xlsx && cmp ten.xlsx again.xlsx"
unzip -q -o ten.xlsx -d x
is "a sheet for every table" "$(grep -o '<sheet name=' x/xl/workbook.xml | wc -l)" 14
has "a figure is a number there" "$(cat x/xl/worksheets/sheet2.xml)" "<v>2309</v>"
is "a file of another kind is refused" "$(status chamthi report retrospective -o ten.doc)" 2
is "years the wrong way round are refused" "$(status chamthi report retrospective --from 2024 --to 2015 -o x.pdf)" 2
is "years without a contest are refused" "$(status chamthi report retrospective --from 2001 --to 2003 -o x.pdf)" 2
is "a folder that is not there is a clear failure" "$(chamthi report retrospective -o none/x.pdf 2>&1 | grep -c none/x.pdf)" 1

# ---- results ----
ok "the winners of a year" chamthi report results --contest 2020 -o results.pdf
text=$(pdftotext -layout results.pdf -)
has "with the decision and its date" "$text" "Theo Quyết định số 2001/QĐ-BTC ngày 10/9/2020"
has "collectives apart" "$text" "Tập thể"
is "best prize first" "$(echo "$text" | grep -oE 'Giải (Đặc biệt|Nhì)' | head -2 | tr '\n' ' ')" "Giải Đặc biệt Giải Nhì "
is "a year without awards is refused" "$(status chamthi report results --contest 2024 -o x.pdf)" 2

# ---- minutes and paper sheets, on a round put in by hand ----
is "no minutes before a ranking" "$(status chamthi report minutes --contest 2024 -o x.pdf)" 2
is "no sheets before an assignment" "$(status chamthi sheet print --contest 2024 -o x.pdf)" 2
sql() { sqlite3 chamthi.db "$1"; }
round=$(sql "SELECT round_id FROM round WHERE year=2024 ORDER BY position DESC LIMIT 1")
track=$(sql "SELECT track_id FROM track WHERE year=2024 AND key='essay'")
unit=$(sql "SELECT unit_id FROM unit WHERE code='ba-dinh' OR name='Ba Đình' LIMIT 1")
judges=$(sql "SELECT group_concat(judge_id, ' ') FROM (SELECT judge_id FROM judge ORDER BY code LIMIT 2)")
sql "INSERT INTO receipt_counter VALUES(2024, 99)"
for n in 1 2 3; do
  sql "INSERT INTO entry(entry_id,year,receipt,track_id,title,title_fold,unit_id,received_at,first_received_at,word_count,row_key)
         VALUES($n,2024,'2024-0000$n',$track,'Chuyện số $n','chuyen so $n',$unit,1716512400,1716512400,1450,zeroblob($n));
       INSERT INTO identity_author(entry_id,position,name,name_key,name_fold) VALUES($n,1,'Người viết $n','$n','$n');
       INSERT INTO identity_phach VALUES('PH$n',$round,$n);
       INSERT INTO blind VALUES('PH$n',$round,$track,'Chuyện số $n','…',1450);
       INSERT INTO result(round_id, entry_id, method, sheet_count, mean_points, adjusted_points, rank, tied) VALUES($round,$n,'mean',2,8750 - $n * 100,8750 - $n * 100,$n,$((n == 2)))"
  for j in $judges; do sql "INSERT INTO sheet(round_id,phach,judge_id,state) VALUES($round,'PH$n',$j,CASE WHEN $n=3 THEN 'open' ELSE 'submitted' END)"; done
done
ok "the minutes of the round" chamthi report minutes --contest 2024 -o minutes.pdf
text=$(pdftotext -layout minutes.pdf -)
has "in the state's layout" "$text" "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
has "points with a comma" "$text" "86,5"
has "who has not handed in is counted" "$text" "Số phiếu chưa nộp: 2"
has "a tie is marked" "$text" "2="
closing=$(for p in $(seq "$(qpdf --show-npages minutes.pdf)"); do pdftotext -f $p -l $p minutes.pdf - | grep -c 'lập xong\|GIÁM KHẢO\|CHỦ TỊCH'; done | sort -n | tail -1)
is "the closing sentence and all signatures stand on one page" "$closing" 4
is "a place to sign for each judge" "$(echo "$text" | grep -o 'GIÁM KHẢO' | wc -l)" 2
code=$(echo "$text" | grep -o '[0-9a-f]\{16\}')
is "a code of the figures" "${#code}" 16
sql "UPDATE result SET adjusted_points = adjusted_points + 1 WHERE entry_id = 1"
chamthi report minutes --contest 2024 -o changed.pdf >/dev/null
is "changes with any figure" "$(pdftotext -layout changed.pdf - | grep -c "$code")" 0
ok "the minutes as a workbook" chamthi report minutes --contest 2024 -o minutes.xlsx
ok "paper sheets for each judge" chamthi sheet print --contest 2024 -o sheets.pdf
text=$(pdftotext -layout sheets.pdf -)
is "one set each" "$(echo "$text" | grep -c 'PHIẾU CHẤM VÒNG')" 2
has "the blind code" "$text" "PH3"
lacks "never the author" "$text" "Người viết"
has "a blank is not zero" "$text" "không tính là 0"
is "one judge's alone" "$(chamthi sheet print --contest 2024 --judge "$(sql 'SELECT min(code) FROM judge')" -o one.pdf >/dev/null; pdftotext one.pdf - | grep -c 'PHIẾU CHẤM VÒNG')" 1

# ---- units ----
ok "what each unit sent" chamthi report units --contest 2024 -o units.pdf
text=$(pdftotext -layout units.pdf -)
has "with its entries" "$(echo "$text" | tr -s ' ')" "1 Quận Ba Đình 3"
has "who sent nothing" "$(echo "$text" | sed -n '/chưa gửi bài/,$p')" "Quận Tây Hồ"
lacks "no commune is asked for entries of its own" "$text" "Phường"
ok "the same as a workbook" chamthi report units --contest 2024 -o units.xlsx

# ---- who is to be honoured ----
ok "people and units of many years" chamthi report honours --from 2015 --to 2024 --least-years 2 -o honours.pdf
has "with what for" "$(pdftotext -layout honours.pdf - | tr -s ' ')" "Phạm Thuý Nga Trường THCS Ngọc Thụy Giấy khen tác giả"
chamthi report honours --from 2015 --to 2024 --least-years 2 -o honours.xlsx >/dev/null
unzip -q -o honours.xlsx -d h
has "its list has the headings of award load" "$(cat h/xl/sharedStrings.xml)" "Đối tượng"
honoured=$(chamthi award load honours.xlsx --contest 2024)
lacks "which reads it back" "$honoured" "nạp thêm 0"
chamthi award decide --contest 2024 --decision 77/QĐ-UBND --date 1/10/2024 --level city \
  --authority 'Chủ tịch Ủy ban nhân dân thành phố Hà Nội' --signatory 'Chủ tịch' >/dev/null
chamthi certificate issue --contest 2024 >/dev/null
chamthi certificate print --contest 2024 -o honoured.pdf >/dev/null
has "each gets a certificate for all the years" "$(pdftotext honoured.pdf - | tr '\n' ' ')" \
  "thành tích xuất sắc trong Cuộc thi viết về gương điển hình tiên tiến, người tốt, việc tốt giai đoạn 2015 – 2024"
chamthi report retrospective --from 2015 --to 2024 -o honoured.pdf >/dev/null
text=$(pdftotext -layout honoured.pdf - | tr -s ' ')
has "and stands in the retrospective" "$(echo "$text" | sed -n '/^ *10. Khen thưởng cho cả/,$p')" "77/QĐ-UBND"
has "but not among the prizes of that year" "$(echo "$text" | sed -n '/3. Giải thưởng theo năm/,/Số giải/p')" "2024 – – – – –"
is "nor do honours lead to honours" "$(chamthi report honours --from 2015 --to 2024 --least-years 2 -o again.xlsx >/dev/null; unzip -p again.xlsx xl/sharedStrings.xml | sha256sum)" "$(sha256sum <h/xl/sharedStrings.xml)"

# ---- the ceremony, its labels and envelopes ----
is "no ceremony before a decision" "$(status chamthi report ceremony --contest 2019 -o x.pdf)" 2
ok "the ceremony's lists" chamthi report ceremony --contest 2020 --row-seats 3 -o ceremony.pdf
text=$(pdftotext -layout ceremony.pdf -)
is "the highest prize is called last" "$(echo "$text" | sed '/Chỗ ngồi/,$d' | grep -oE 'Giải (Khuyến|Nhì|Nhất|Đặc)' | uniq | tr '\n' '|')" \
  "Giải Khuyến|Giải Nhì|Giải Nhất|Giải Đặc|"
seats=$(echo "$text" | sed -n '/Chỗ ngồi/,$p' | grep -oE ' [A-Z][0-9]+ ?$' | tr -d ' ')
is "everybody has a seat of his own" "$(echo "$seats" | sort | uniq -d | wc -l) $([ "$(echo "$seats" | wc -l)" -gt 4 ] && echo many)" "0 many"
is "two authors of one entry sit together" "$(echo "$text" | grep -c 'A[12], A[23]\|B[12], B[23]')" 1
sql "INSERT INTO award(year, kind, prize, recipient, recipient_fold, recipient_unit, decision, decision_date, state, since)
       SELECT 2020, 'entry', 'Giấy khen', recipient, recipient_fold, recipient_unit, '9/QĐ', '2020-10-01', 'decided', 2015
       FROM award WHERE year = 2020 AND recipient = 'Phạm Thuý Nga'"
chamthi report ceremony --contest 2020 --row-seats 3 -o ceremony.pdf >/dev/null
text=$(pdftotext -layout ceremony.pdf -)
is "who gets two awards is called twice" "$(echo "$text" | sed '/Chỗ ngồi/,$d' | grep -c 'Phạm Thuý Nga')" 2
is "but sits on one seat" "$(echo "$text" | sed -n '/Chỗ ngồi/,$p' | grep -oE ' [A-Z][0-9]+ ?$' | tr -d ' ')" "$seats"
ok "as a workbook" chamthi report ceremony --contest 2020 -o ceremony.xlsx
ok "labels for the winners" chamthi report labels --contest 2020 -o labels.pdf
has "each with the unit" "$(pdftotext labels.pdf - | tr '\n' ' ')" "Phạm Thuý Nga Trường THCS Ngọc Thụy"
ok "envelopes for the units" chamthi report labels --contest 2024 --for units --paper envelopes -o envelopes.pdf
has "of the size of an envelope" "$(pdfinfo envelopes.pdf)" "623.62 x 311.81"
is "an unknown paper is refused" "$(status chamthi report labels --paper a5 -o x.pdf)" 2

# ---- receipts ----
ok "receipts for every unit" chamthi receipt print --contest 2024 -o receipts.pdf
text=$(pdftotext -layout receipts.pdf -)
has "with what was received" "$text" "2024-00002"
has "when" "$text" "24/5/2024"
has "and how long it is" "$text" "1.450"
ok "one unit's" chamthi receipt print --contest 2024 --unit "$(sql "SELECT code FROM unit WHERE unit_id=$unit")" -o one.pdf
is "an unknown unit is refused" "$(status chamthi receipt print --contest 2024 --unit khong-co -o x.pdf)" 2
# The pages of a PDF that are less than half paper: a cover gone black, say.
dark_pages() {
  pdftoppm -r 12 -gray "$1" page
  for page in page-*.pgm; do
    tail -n +4 "$page" | od -An -v -tu1 -w1 | awk -v page="$page" '{ n++; light += $1 > 200 } END { if (light < n / 2) print page }'
  done
  rm page-*.pgm
}
for pdf in ten minutes sheets receipts results units ceremony labels envelopes honours; do
  ok "$pdf.pdf is well formed" qpdf --check $pdf.pdf
  is "$pdf.pdf is ink on paper" "$(dark_pages $pdf.pdf)" ""
  is "$pdf.pdf embeds its fonts" "$(pdffonts $pdf.pdf | tail -n +3 | grep -vc 'yes yes yes')" 0
done
done_testing
