#!/usr/bin/env bash
# Handwritten entries: pictures of their pages, names covered by a person, for judges to read.
. "$(dirname "$0")/../lib/tap.sh"

chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null
chamthi certificate template test-sheet bang-khen -o page.pdf >/dev/null
pdftoppm -r 30 -jpeg -singlefile page.pdf plain
pdftoppm -r 30 -png -singlefile page.pdf plain

# What cameras and programs add: a camera's name, which side is up (6: turned right), a remark; bytes behind the end.
exif='\xff\xe1\x00\x2eExif\0\0II*\0\x08\0\0\0\x02\0\x0f\x01\x02\0\x04\0\0\0An9\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0'
{ head -c 2 plain.jpg; printf "$exif"; printf '\xff\xfe\0\x0fNguyen Van An'; tail -c +3 plain.jpg; printf 'Nguyen Van An'; } >camera.jpg
{ head -c 33 plain.png; printf '\0\0\0\x09tEXtAuthor\0An\1\2\3\4'; tail -c +34 plain.png; printf 'Nguyen Van An'; } >remark.png

mkdir goi
cp plain.jpg goi/tay.jpg
cat >goi/manifest.csv <<'CSV'
tệp,tên bài,tác giả,năm sinh,điện thoại,đơn vị gửi,nhân vật,địa chỉ nhân vật,địa chỉ,ngày nhận,số từ
tay.jpg,Bài viết tay,Nguyễn Văn An,1960,0900000001,Quận Ba Đình,Bà Tư,Quận Ba Đình,Quận Ba Đình,2024-05-31,900
CSV
chamthi import goi --contest 2024 >/dev/null
chamthi redact >/dev/null
chamthi redact review --all >/dev/null
given=$(chamthi phach give --round so-khao)
has "whoever gives the codes is told that there is nothing to read" "$given" "hãy phát bản giấy"
has "and what to do" "$given" "chamthi redact pages 2024-00001"

ok "pages are given" chamthi redact pages 2024-00001 camera.jpg plain.jpg remark.png plain.png
page() { sqlite3 chamthi.db "SELECT writefile('$2', bytes) FROM blind_page WHERE page = $1" >/dev/null; }
for n in 1 2 3 4; do page $n $n; done
is "a code that was given before has them too" "$(sqlite3 chamthi.db 'SELECT group_concat(type) FROM blind_page')" "image/jpeg,image/jpeg,image/png,image/png"
is "no name, no camera, no remark is left" "$(cat 1 3 | grep -c -a -e 'Nguyen' -e 'An9' -e tEXt)" 0
is "which side is up is left" "$(head -c 38 1 | tail -c 36 | od -An -tx1 | tr -d ' \n' | grep -c '0112000300000001000600')" 1
{ head -c 2 1; tail -c +39 1; } >1.upright
ok "and else the picture is the same" cmp 1.upright 2
ok "a .png too" cmp 3 4
is "the picture itself is as it was" "$(tail -c 2000 2 | head -c 1900 | cksum)" "$(tail -c 2000 plain.jpg | head -c 1900 | cksum)"
for n in 1 3; do
  ok "page $n can be read by others" sh -c "tesseract $n out --psm 3"
done

head -c 3000 plain.jpg >short.jpg
head -c 3000 plain.png >short.png
for bad in short.jpg short.png one.csv; do
  is "$bad is refused" "$(status chamthi redact pages 2024-00001 plain.jpg $bad)" 2
done
is "and the pages stay" "$(sqlite3 chamthi.db 'SELECT count(*) FROM blind_page')" 4
has "the audit says who gave them" "$(chamthi audit list)" "redact.pages"
ok "doctor is content" chamthi doctor
ok "they are taken away again" chamthi redact pages 2024-00001
is "from the judges too" "$(sqlite3 chamthi.db 'SELECT count(*) FROM blind_page')" 0
chamthi redact pages 2024-00001 plain.jpg >/dev/null
ok "an author who is forgotten" chamthi erase author "$(sqlite3 chamthi.db 'SELECT author_id FROM identity_author')" --reason "theo đơn"
is "leaves no page" "$(sqlite3 chamthi.db 'SELECT (SELECT count(*) FROM blind_page) + (SELECT count(*) FROM redacted_page)')" 0
done_testing
