#!/usr/bin/env bash
# What a parcel leaves open and how a person settles it: proposals, trying again, entries by hand, several files of one
# entry, one person under several entries.
. "$(dirname "$0")/../lib/tap.sh"
hostile=$ROOT/fixtures/hostile
rows() { sqlite3 "$CHAMTHI_DB" "$1"; }
bytes() { sha256sum <"$CHAMTHI_DB"; }
chamthi contest load "$ROOT"/fixtures/contests/202[34].yaml >/dev/null
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null

# ---- proposals ----
chamthi import "$hostile/khong-cot-tep" --contest 2024 --format json >first.json
is "a list without a column of files: by title, by author and title, by the text" "$(jq -r '[.items[] | select(.status == "imported") | .row] | join(" ")' first.json)" "5 6 7 10"
is "a picture called like the entry belongs to it" "$(jq -c '.items[0].further' first.json)" '["01 Cây đa giữ làng - ảnh 1.jpg"]'
is "title alone or author alone is only proposed" "$(chamthi match list --format json | jq -r 'map(.row, .evidence) | join(" ")')" "8 title 9 author"
is "something to decide: status 1" "$(status chamthi match list)" 1
is "an unknown proposal is status 2" "$(status chamthi match accept 99)" 2
is "no number is status 2" "$(status chamthi match reject x)" 2
has "accepting takes the entry in" "$(chamthi match accept 1)" "1 bài: 1 đã nhận"
is "with that file" "$(chamthi entry list --search 'bat chao' --format json | jq -r '.[0].file')" "Scan0032.txt"
is "accepting again is status 2" "$(status chamthi match accept 1)" 2
chamthi match reject 2 >/dev/null
chamthi import "$hostile/khong-cot-tep" --contest 2024 --format json >second.json
is "the parcel again: what was accepted is unchanged, what was rejected is not proposed again" "$(jq -r '[.items[] | .reason // .status] | join(" ")' second.json)" "unchanged unchanged unchanged unchanged file.missing unchanged file.missing file.unlisted"
before=$(bytes)
chamthi import "$hostile/khong-cot-tep" --contest 2024 >/dev/null
is "and once more changes not a byte" "$(bytes)" "$before"
mkdir doi-ten && cp "$hostile"/khong-cot-tep/*.csv doi-ten/ && cp "$hostile/khong-cot-tep/Scan0032.txt" "doi-ten/bai cua co Man.txt"
is "a file under another name is known by its bytes" "$(chamthi import doi-ten --contest 2024 --format json | jq -r '.items[] | select(.row == 8) | .status + " " + .file')" "unchanged bai cua co Man.txt"

is "what waits can be listed, with what to do" "$(chamthi quarantine list --contest 2024 --format json | jq -r 'map(.reason) | sort | join(" ")')" "file.missing file.missing file.missing file.unlisted"
id=$(chamthi quarantine list --format json | jq '.[] | select(.reason == "file.unlisted") | .id')
chamthi quarantine original "$id" -o out.txt >/dev/null
ok "and got back byte for byte" cmp out.txt "$hostile/khong-cot-tep/vu dinh khoa gui ban to chuc.txt"
is "a row has no file to get back: status 2" "$(status chamthi quarantine original 99 -o x)" 2

# ---- what became of a parcel, as a file for the unit ----
chamthi --db danh-sach.db contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
has "the rows and what each needs go into a workbook, beside the summary" "$(chamthi --db danh-sach.db import "$hostile/khong-cot-tep" --contest 2024 --save ket-qua.xlsx)" "cần xem"
has "in words" "$(unzip -p ket-qua.xlsx xl/sharedStrings.xml)" "<t>đã nhận</t>"
chamthi --db danh-sach.db import "$hostile/khong-cot-tep" --contest 2024 --save ket-qua.csv >/dev/null
is "or into CSV, in codes" "$(grep -c ',unchanged,' ket-qua.csv)" 4

# ---- sheets that are not read ----
sheets=$(chamthi import "$hostile/hai-trang-tinh" --contest 2024 --dry-run)
has "a sheet without a header is named, with what it lacks" "$sheets" 'không đọc trang “Ghi chú” (1 dòng): thiếu dòng tiêu đề có cột “tên bài” và “tác giả”'
has "so is a hidden one" "$sheets" 'không đọc trang “Nháp” (2 dòng): đang bị ẩn'
lacks "neither is told as a row" "$sheets" 'trang “Nháp” dòng'

# ---- several files ----
chamthi import "$hostile/nhieu-tep" --contest 2024 >/dev/null
one=$(chamthi entry list --search 'mot bai nhieu tep' --format json | jq -r '.[0].receipt')
is "an entry of three files" "$(chamthi entry show "$one" --format json | jq -r '[.files[0].name, .attachments[].name] | join(", ")')" "bai.docx, anh 1.jpg, anh 2.jpg"
cp -r "$hostile/nhieu-tep" sua && printf 'x' >>"sua/anh 1.jpg"
is "another picture is another detail of the same entry" "$(chamthi import sua --contest 2024 --format json | jq -r '.items[0] | .change + " " + .receipt')" "details $one"
is "the replaced one is kept" "$(rows "SELECT count(*) FROM identity_attachment WHERE replaced_at IS NOT NULL AND name = 'anh 1.jpg'")" 1
ok "the database is sound" chamthi doctor

# ---- trying again ----
mkdir la && printf 'tệp,tên bài,tác giả,thể loại\na.txt,Bài lạ,Trần Văn Lạ,bài vẽ\n' >la/manifest.csv && echo "Một bài lạ." >la/a.txt
chamthi import la --contest 2024 >/dev/null
is "a track that does not exist waits" "$(chamthi import --retry --contest 2024 --format json | jq -r '[.items[] | select(.file == "a.txt") | .reason] | join(" ")')" "row.track"
before=$(bytes)
chamthi import --retry --contest 2024 >/dev/null
is "trying in vain changes not a byte" "$(bytes)" "$before"
sed -E "s/^(tracks:)/\1\n  - key: ve\n    name: Bài vẽ/" "$ROOT/fixtures/contests/2024.yaml" >2024.yaml
ok "a track is added to the contest" chamthi contest load 2024.yaml
is "the same row is taken in now, without its parcel" "$(chamthi import --retry --contest 2024 --format json | jq -r '[.items[] | select(.file == "a.txt") | .status] | join(" ")')" "imported"
is "what it said is kept no longer beside the entry" "$(rows "SELECT count(*) FROM identity_refused_row JOIN quarantine USING (quarantine_id) WHERE file_name = 'a.txt'")" 0
is "a dry run of the rest predicts nothing new" "$(chamthi import --retry --contest 2024 --dry-run --format json | jq -r .imported)" 0
is "--retry takes no path" "$(status chamthi import la --retry)" 2
is "neither a path nor --retry is status 2" "$(status chamthi import)" 2

# ---- a mended list, a renamed file ----
count() { chamthi entry list --contest 2023 --format json | jq length; }
waiting() { rows "SELECT count(*) FROM quarantine WHERE year = 2023 AND resolved_at IS NULL"; }
mkdir gui && echo "Ngõ nhỏ có một người tốt." >gui/a.txt && echo "Chợ quê có một người tốt." >gui/b.txt
printf 'tên bài,tác giả,tệp\nNgõ nhỏ quê tôi,Trần Văn Ngõ,a.txt\nChợ quê,Lê Thị Chợ,sai.txt\n' >gui/manifest.csv
chamthi import gui --contest 2023 >/dev/null
is "a wrong file name waits, and so does the file" "$(count) $(waiting)" "1 2"
sed -i 's/sai.txt/b.txt/' gui/manifest.csv
chamthi import gui --contest 2023 >/dev/null
is "the mended row settles both" "$(count) $(waiting)" "2 0"
before=$(bytes); chamthi import gui --contest 2023 >/dev/null
is "and then all is unchanged" "$(bytes)" "$before"
mv gui/a.txt "gui/bài của anh Ngõ.txt"; sed -i 's/a.txt/bài của anh Ngõ.txt/' gui/manifest.csv
is "a renamed file is the same entry" "$(chamthi import gui --contest 2023 --format json | jq -r '.items[0] | .receipt + " " + .change') $(count)" "2023-00001 details 2"
cut -d, -f1,2 gui/manifest.csv >list.csv; mv list.csv gui/manifest.csv
is "so is a row that names no file any more" "$(chamthi import gui --contest 2023 --format json | jq -r '[.items[] | .receipt + " " + .status] | join(", ")') $(count)" "2023-00001 imported, 2023-00002 imported 2"
printf 'tên bài,tác giả,tệp\nNgõ nhỏ quê tôi,Trần Văn Ngõ,bài của anh Ngõ.txt\nChợ quê,Lê Thị Chợ,b.txt\n' >gui/manifest.csv
is "a new column of files makes no new entries" "$(chamthi import gui --contest 2023 --dry-run --format json | jq -r '[.items[] | .receipt + " " + .change] | join(", ")')" "2023-00001 details, 2023-00002 details"
chamthi import gui --contest 2023 >/dev/null
echo "Ngõ nhỏ có hai người tốt." >gui/moi.txt; rm gui/bài*; sed -i 's/bài của anh Ngõ.txt/moi.txt/' gui/manifest.csv
is "a corrected file under a new name is a new version of the same entry" "$(chamthi import gui --contest 2023 --format json | jq -r '.items[0] | .receipt + " " + .change') $(count)" "2023-00001 version 2"
printf 'tên bài,tác giả,tệp\nNgõ nhỏ quê tôi,Trần Văn Ngõ,moi.txt\nNgõ nhỏ quê tôi,Trần Văn Ngõ,b.txt\n' >gui/manifest.csv
is "two rows alike in one list are two entries" "$(chamthi import gui --contest 2023 --format json | jq -r '[.items[].receipt] | join(" ")')" "2023-00001 2023-00002"

# ---- one entry by hand ----
echo "Bài gõ tay." >tay.txt
is "a dry run says the number it would get" "$(chamthi entry add --title 'Gõ tay' --author 'Lê Văn Gõ' --file tay.txt --contest 2024 --dry-run --format json | jq -r '.items[0].receipt')" "$(printf '2024-%05d' $(($(rows "SELECT last FROM receipt_counter WHERE year = 2024") + 1)))"
has "an entry with its file" "$(chamthi entry add --title 'Gõ tay' --author 'Lê Văn Gõ; Ngô Thị Máy' --file tay.txt --phone 912345678 --contest 2024)" "1 đã nhận"
is "once more is the same entry" "$(chamthi entry add --title 'Gõ tay' --author 'Lê Văn Gõ; Ngô Thị Máy' --file tay.txt --phone 912345678 --contest 2024 --format json | jq -r '.items[0].status')" unchanged
has "one on paper" "$(chamthi entry add --title 'Viết tay' --author 'Đỗ Thị Giấy' --words 1.450 --unit 'Quận Tây Hồ' --contest 2024)" "1 đã nhận"
is "a wrong date waits, with its reason" "$(chamthi entry add --title 'Sai ngày' --author 'Đỗ Thị Giấy' --received 31/4/2024 --contest 2024 --format json | jq -r '.items[0].reason')" row.date
is "an unknown unit is status 2" "$(status chamthi entry add --title x --author y --unit KHONG-CO --contest 2024)" 2

# ---- by unit ----
mkdir don-vi && printf 'tên bài,tác giả,đơn vị gửi\nMột,An,Quận Ba Đình\nHai,,Quận Tây Hồ\nBa,Chi,nt\n' >don-vi/manifest.csv
chamthi import don-vi --contest 2023 >by-unit.txt
has "what came from whom closes the import" "$(cat by-unit.txt)" "Quận Tây Hồ: 2 bài: 1 đã nhận, 1 cần xem"
is "and stands in JSON" "$(chamthi import don-vi --contest 2023 --format json | jq -c '.units | map([.unit, .rows, .unchanged])')" '[["Quận Ba Đình",1,1],["Quận Tây Hồ",2,1]]'

# ---- one person ----
mkdir nam-truoc nam-nay
printf 'tên bài,tác giả,năm sinh,điện thoại\nCũ,Nguyễn Thị Thúy,1955,0912 345 670\nCũ hai,Trần Văn Bảy,1960,\nCũ ba,Lê Hùng,1970,0911111111\n' >nam-truoc/manifest.csv
printf 'tên bài,tác giả,năm sinh,điện thoại\nMới,NGUYEN THI THUY,,912345670\nMới hai,Trần Văn Bảy,1980,\nMới ba,Lê Hùng,,\n' >nam-nay/manifest.csv
chamthi import nam-truoc --contest 2023 >/dev/null; chamthi import nam-nay --contest 2024 >/dev/null
before=$(rows "SELECT group_concat(name, '|') FROM identity_author")
chamthi person find --contest 2024 --format json >pairs.json
is "same name without marks and the same telephone is proposed; another year of birth or a name alone is not" "$(jq -c 'map([.name_a, .name_b, .evidence])' pairs.json)" '[["Nguyễn Thị Thúy","NGUYEN THI THUY","phone"]]'
pair=$(jq '.[0].id' pairs.json)
chamthi person accept "$pair" >/dev/null
is "once accepted, each entry shows the other" "$(chamthi entry show "$(jq -r '.[0].receipt_b' pairs.json)" --format json | jq -r '.same_person[0].receipt')" "$(jq -r '.[0].receipt_a' pairs.json)"
is "finding again proposes nothing new" "$(chamthi person find --contest 2024 --format json | jq length)" 0
is "nobody's name was touched" "$(rows "SELECT group_concat(name, '|') FROM identity_author")" "$before"
is "an unknown pair is status 2, and none of the others is decided" "$(status chamthi person reject "$pair" 99; chamthi person list --format json | jq -r '.[0].status')" "2
accepted"
sed -i 's/NGUYEN THI THUY/NGUYEN THI THUYEN/' nam-nay/manifest.csv; chamthi import nam-nay --contest 2024 >/dev/null
ok "the database is sound at the end" chamthi doctor
done_testing
