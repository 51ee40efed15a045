# Certificates from a table of recipients: what the files hold, and what happens when something is wrong.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/archive.sh"

cat >people.csv <<'CSV'
name,honorific,address,achievement,prize,title,serial,decision,decision_date,code
Lý An,,Trường THCS Nguyễn Trãi,,Giải Nhất,Cô giáo của xóm chài,2024/GCN-001,125/QĐ-BTC,2024-09-20,7K3M-9QXD-2VWT-H5RA-C8YZ
Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên,Bà,,,Giải Khuyến khích,Bếp lửa,2024/GCN-002,125/QĐ-BTC,05/02/2024,0MQH-QF1Y-8D2Y-YWMP-083C
"Nguyễn Thị Ánh Tuyết; Trần Quang Huy; Lê Minh Châu",,Báo Hànộimới,,Giải Nhì,Lớp học bên bãi giữa,2024/GCN-003,125/QĐ-BTC,20/9/2024,JZQD-9BG1-7M6A-T300-W691
CSV
make_all() { chamthi certificate make --recipients people.csv -o all.pdf --each each; }
ok "three recipients, three pages" make_all
is "in one file" "$(qpdf --show-npages all.pdf)" 3
is "and one file each" "$(ls each | tr '\n' ' ')" "2024-GCN-001.pdf 2024-GCN-002.pdf 2024-GCN-003.pdf "
for pdf in all.pdf each/*.pdf; do
  ok "$pdf is well formed" qpdf --check "$pdf"
  is "$pdf is a PDF/A-2u" "$(archive_faults "$pdf")" ""
  is "$pdf embeds a subset of every font, with its characters" \
    "$(pdffonts "$pdf" | tail -n +3 | grep -vc 'yes yes yes')" 0
done
for change in pdfaid:part.2/pdfaid:part.1 GTS_PDFA1/GTS_PDFX1 ToUnicode/ToUnicxde FontFile2/FontFilx2 vi-VN/en-US; do
  sed "s/$change/" all.pdf >broken.pdf
  faults=$(archive_faults broken.pdf)
  is "and would not be with s/$change/" "${faults:+found}" found
done
text=$(pdftotext -layout all.pdf -)
has "a long name stays whole" "$(echo "$text" | tr -s ' \n' ' ')" "Bà Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên"
has "co-authors are all there" "$text" "Nguyễn Thị Ánh Tuyết, Trần Quang Huy và Lê Minh Châu"
has "the decision with its date" "$text" "Quyết định số 125/QĐ-BTC ngày 20/9/2024"
has "single digits take a zero" "$text" "Hà Nội, ngày 05 tháng 02 năm 2024"
has "the serial" "$text" "Số vào sổ: 2024/GCN-003"
is "poppler has nothing to complain about" "$(pdftotext all.pdf - 2>&1 >/dev/null)" ""
for n in 1 2 3; do
  pdftoppm -r 120 -png -singlefile -f $n -l $n all.pdf page$n
  is "the QR of page $n reads back" "$(zbarimg -q --raw page$n.png 2>/dev/null)" "$(sed -n "$((n + 1))p" people.csv | sed 's/.*,//')"
done
is "the title of the document is text, not mojibake" "$(pdfinfo each/2024-GCN-001.pdf | sed -n 's/^Title: *//p')" "Giấy chứng nhận 2024/GCN-001"
has "its date comes from the decision" "$(pdfinfo -rawdates each/2024-GCN-001.pdf)" "D:20240920"
has "its language is Vietnamese" "$(grep -a '^/Lang' each/2024-GCN-001.pdf)" '/Lang (vi-VN)'
cp all.pdf first.pdf
make_all >/dev/null
ok "a second run gives the same bytes" cmp all.pdf first.pdf
ok "a template of one's own works" chamthi certificate make --template "$ROOT/fixtures/templates/giay-chung-nhan.yaml" --recipients people.csv -o own.pdf
ok "and gives the same page as the built-in one" cmp own.pdf all.pdf

# ---- kinds of paper, sizes ----
size() { pdfinfo -box "$1" | sed -n "s/^$2: *//p" | tr -s ' ' | sed 's/ pts.*//'; }
for template in giay-chung-nhan giay-khen bang-khen; do
  ok "$template passes its own check" chamthi certificate template check $template
  ok "$template shows itself" chamthi certificate template preview $template -o preview.pdf
  is "$template: the preview is a PDF/A-2u too" "$(archive_faults preview.pdf)" ""
  chamthi certificate template show $template >own-$template.yaml
  chamthi certificate make --template own-$template.yaml --recipients people.csv -o own.pdf >/dev/null
  chamthi certificate make --template $template --recipients people.csv -o named.pdf >/dev/null
  ok "$template: a copy of it draws the same page" cmp own.pdf named.pdf
done
chamthi certificate make --template bang-khen --paper 400x300 --recipients people.csv -o large.pdf >/dev/null
is "400 × 300 mm is 400 × 300 mm" "$(size large.pdf 'Page size')" "1133.86 x 850.39"
is "a page of 10 m is refused" "$(status chamthi certificate make --paper 10000x300 --recipients people.csv -o x.pdf)" 2
is "an A5 Bằng khen has no room for the seal, and the check says so" "$(status chamthi certificate template check bang-khen --paper a5)" 1
has "in millimetres" "$(chamthi certificate template check bang-khen --paper a5)" "cần 35 mm"
sed 's/CỘNG HÒA/CỘNG HOÀ/; s/GIẤY KHEN/GIẤY KHEN THÚY/' own-giay-khen.yaml >mixed.yaml
has "two ways of placing tone marks are named" "$(chamthi certificate template check mixed.yaml)" "“hoà” và “thúy”"
sed 's/^kind: GK/&\nvalid: {from: 2024-03-01, to: 2024-12-31}/' own-giay-khen.yaml >dated.yaml
has "a decision outside a template's time is named" "$(chamthi certificate make --template dated.yaml --recipients people.csv -o x.pdf 2>&1)" "dòng 3: ngày quyết định 05/02/2024"

# ---- on forms, for the print shop, in parts ----
chamthi certificate make --recipients people.csv -o over.pdf --overprint --right 1,5 --down -0.8 >/dev/null
lacks "an overprint leaves out what stands on the form" "$(pdftotext over.pdf -)" "CHỨNG NHẬN"
has "and prints the rest" "$(pdftotext over.pdf -)" "Lý An"
place() { pdftotext -f 1 -l 1 -bbox "$1" - | sed -n '/>Trường</{s/.*xMin="\([0-9.]*\)" yMin="\([0-9.]*\)".*/\1 \2/p;q}'; }
is "moved by 1,5 mm to the right and 0,8 mm up" \
  "$(echo "$(place all.pdf) $(place over.pdf)" | awk '{ printf "%.1f %.1f", ($3 - $1) * 25.4 / 72, ($4 - $2) * 25.4 / 72 }')" "1.5 -0.8"
ok "a test sheet" chamthi certificate template test-sheet giay-chung-nhan --right 1,5 --down -0,8 -o sheet.pdf
has "says what it was printed with" "$(pdftotext sheet.pdf -)" "--right 1,5 --down -0,8"
is "offsets are for overprints only" "$(status chamthi certificate make --recipients people.csv -o x.pdf --right 1)" 2
chamthi certificate make --recipients people.csv -o crop.pdf --crop-marks >/dev/null
is "cut marks: the page is larger" "$(size crop.pdf 'Page size')" "892.91 x 646.3"
is "and knows where to be cut" "$(size crop.pdf TrimBox)" "25.51 25.51 867.40 620.79"
is "and where its colour ends" "$(size crop.pdf BleedBox)" "17.01 17.01 875.91 629.29"
chamthi certificate make --recipients people.csv -o sheet.pdf --sheet sra3 >/dev/null
is "two A4 pages on an SRA3 sheet, three certificates" "$(qpdf --show-npages sheet.pdf)" 2
is "no A3 page on an A4 sheet" "$(status chamthi certificate make --paper a3 --sheet a4 --recipients people.csv -o x.pdf)" 2
chamthi certificate make --recipients people.csv -o part.pdf --split 2 --each single --list list.csv >/dev/null
is "split at two" "$(ls part-*.pdf | tr '\n' ' ')" "part-001.pdf part-002.pdf "
is "the list has each page and each file" "$(sed 1d list.csv | wc -l)" 6
sed 1d list.csv | tr -d '\r' | awk -F, '{ f = $(NF-2); print $NF "  " (f ~ /^part/ ? f : "single/" f) }' | sort -u >sums
ok "with the hash of each" sha256sum --quiet -c sums
is "and where each certificate is" "$(grep part list.csv | cut -d, -f1,3,4 | tr '\n' ' ')" "2024/GCN-001,part-001.pdf,1 2024/GCN-002,part-001.pdf,2 2024/GCN-003,part-002.pdf,1 "
is "every page of a run is a bookmark" "$(qpdf --json all.pdf | jq '.outlines | length')" 3

# ---- what is wrong ----
sed 's/Lý An/Lý An 😀/' people.csv >emoji.csv
is "a character that cannot be printed is refused" "$(status chamthi certificate make --recipients emoji.csv -o e.pdf)" 2
has "with its row, name and character" "$(chamthi certificate make --recipients emoji.csv -o e.pdf 2>&1)" "emoji.csv, dòng 2: giấy chứng nhận của “Lý An 😀”"
is "and no file is left" "$(ls e.pdf 2>&1 | grep -c 'No such')" 1
cat >many.csv <<'CSV'
name,prize,serial,decision,decision_date,code
Lý An,Giải Nhất,2024/GCN-001,125/QĐ-BTC,2024-09-20,A
Bùi Hà 😀,Giải Nhì,2024/GCN-002,125/QĐ-BTC,2024-09-20,B
Trần Lê,Giải Nhì,2024/GCN-001,125/QĐ-BTC,2024-09-20,C
Vũ Mai,Giải Ba,2024/GCN-004,,2024-09-20,B
CSV
why=$(chamthi certificate make --recipients many.csv -o e.pdf 2>&1)
has "everything wrong is named at once: a character" "$why" "dòng 3: giấy chứng nhận của “Bùi Hà 😀”"
has "a number given twice" "$why" "dòng 4: “2024/GCN-001” (cột serial) đã có ở dòng 2"
has "a code given twice" "$why" "dòng 5: “B” (cột code) đã có ở dòng 3"
has "a decision that is missing" "$why" "dòng 5: “Vũ Mai”: cột decision trống"
is "and nothing is printed" "$(ls e.pdf 2>&1 | grep -c 'No such')" 1
ok "until those are left out by name" chamthi certificate make --recipients many.csv --exclude 3,4,5 -o e.pdf
is "the others are printed" "$(qpdf --show-npages e.pdf)" 1; rm e.pdf
is "a line that is not there cannot be left out" "$(status chamthi certificate make --recipients many.csv --exclude 9 -o e.pdf)" 2
printf 'title\nx\n' >nobody.csv
is "a table without names is refused" "$(status chamthi certificate make --recipients nobody.csv -o e.pdf)" 2
printf 'name,decision_date\nAn,hôm qua\n' >when.csv
has "a date that is none is named" "$(chamthi certificate make --recipients when.csv -o e.pdf 2>&1)" "when.csv, dòng 2: cột decision_date: “hôm qua”"
sed 's/serif-bold$/comic/' "$ROOT/fixtures/templates/giay-chung-nhan.yaml" >bad.yaml
has "a wrong font in a template is named with its line" "$(chamthi certificate make --template bad.yaml --recipients people.csv -o e.pdf 2>&1)" "bad.yaml:2"
is "neither -o nor --each: wrong usage" "$(status chamthi certificate make --recipients people.csv)" 2
is "a missing font is the system's fault" "$(CHAMTHI_FONTS=/nowhere status chamthi certificate make --recipients people.csv -o e.pdf)" 3
has "and names the package" "$(CHAMTHI_FONTS=/nowhere chamthi certificate make --recipients people.csv -o e.pdf 2>&1)" "apt-get install fonts-"
if mkdir full && mount -t tmpfs -o size=16k none full 2>/dev/null; then
  is "a full disk is the system's fault" "$(status chamthi certificate make --recipients people.csv -o full/all.pdf)" 3
  has "and says so" "$(chamthi certificate make --recipients people.csv -o full/all.pdf 2>&1)" "đĩa"
  is "and leaves nothing half-written" "$(ls -A full)" ""
  umount full
else
  is "a folder that cannot be written is the system's fault" "$(status chamthi certificate make --recipients people.csv -o /proc/all.pdf)" 3
fi
done_testing
