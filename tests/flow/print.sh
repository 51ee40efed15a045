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

# ---- what is wrong ----
sed 's/Lý An/Lý An 😀/' people.csv >emoji.csv
is "a character that cannot be printed is refused" "$(status chamthi certificate make --recipients emoji.csv -o e.pdf)" 2
has "with its row, name and character" "$(chamthi certificate make --recipients emoji.csv -o e.pdf 2>&1)" "emoji.csv, dòng 2: giấy chứng nhận của “Lý An 😀”"
is "and no file is left" "$(ls e.pdf 2>&1 | grep -c 'No such')" 1
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
