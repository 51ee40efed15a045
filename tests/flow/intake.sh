#!/usr/bin/env bash
# Parcels of entries: counts that agree, the same again changes nothing, bad input, a full disk.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
hostile=$fixtures/hostile

# Everything the database says, without the hours at which it was said.
content() { sqlite3 "${1:-$CHAMTHI_DB}" "SELECT receipt, title, word_count, encoding, hex(row_hash) FROM entry ORDER BY 1;
  SELECT e.receipt, hex(key_hash), display FROM identity_text JOIN entry e USING (entry_id) ORDER BY 1;
  SELECT e.receipt, position, a.name, phone_key, coalesce(a.unit_id, '-') FROM identity_author a JOIN entry e USING (entry_id) ORDER BY 1, 2;
  SELECT e.receipt, version, f.name, hex(hash) FROM identity_file f JOIN entry e USING (entry_id) ORDER BY 1, 2;
  SELECT hex(hash), size FROM identity_blob ORDER BY 1; SELECT reason, file_name, resolved_at IS NULL FROM quarantine ORDER BY 1, 2;
  SELECT * FROM receipt_counter" | sha256sum; }
bytes() { sha256sum <"$CHAMTHI_DB"; }
sums='[.rows, .imported, .unchanged, .quarantined, .unlisted] | join(" ")'

chamthi contest load "$fixtures"/contests/*.yaml >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null

# ---- the fixtures ----
chamthi --db dry.db contest load "$fixtures/contests/2024.yaml" >/dev/null
before=$(sha256sum <dry.db)
chamthi --db dry.db import "$fixtures/entries/2024" --contest 2024 --dry-run --format json >dry.json
is "a dry run leaves the database as it was, byte for byte" "$(sha256sum <dry.db)" "$before"
chamthi import "$fixtures/entries/2024" --contest 2024 --format json >first.json
is "something to look at: status 1" $? 1
is "rows = imported + unchanged + quarantined" "$(jq '.rows == .imported + .unchanged + .quarantined' first.json)" true
is "each row is one item, and so is each file that no row names" "$(jq '(.items | length) == .rows + .unlisted' first.json)" true
is "one broken file, one missing, one without a row" "$(jq -r '[.items[] | select(.status == "quarantined") | .reason] | sort | join(" ")' first.json)" "docx.broken file.missing file.unlisted"
is "the dry run had said so" "$(jq -c '[.items[] | [.row, .file, .receipt, .status, .reason]]' dry.json)" "$(jq -c '[.items[] | [.row, .file, .receipt, .status, .reason]]' first.json)"
is "receipt numbers follow the list" "$(jq -r '[.items[] | select(.status == "imported") | .receipt] | .[0] + " " + .[-1] + " " + (length | tostring)' first.json)" "2024-00001 2024-00024 24"
is "what was refused is kept as it came" "$(sqlite3 chamthi.db "SELECT count(*) FROM quarantine q JOIN identity_blob USING (hash)")" 2
audits=$(chamthi audit verify); before=$(bytes)
chamthi import "$fixtures/entries/2024" --contest 2024 --format json >again.json
is "the same again: nothing is new" "$(jq -r "$sums" again.json)" "26 0 24 2 1"
is "not a byte of the database changes" "$(bytes)" "$before"
is "and no audit row is added" "$(chamthi audit verify)" "$audits"
has "the summary is one line" "$(chamthi import "$fixtures/entries/2024" --contest 2024)" "26 bài: 0 đã nhận, 24 không đổi, 1 cần xem, 1 thiếu tệp; 1 tệp không có trong danh sách"
for year in 2015 2016 2017 2018 2019 2020 2021 2022 2023; do
  ok "the parcel of $year is received whole" chamthi import "$fixtures/entries/$year" --contest $year
done
is "fonts of the old time are told" "$(chamthi entry list --contest 2024 --format json | jq -r 'map(.encoding) | unique | join(" ")')" "tcvn3 utf8 vni"

# The text of every entry is that of its essay, whatever file it came in.
wrong=0 compared=0
while IFS=$'\t' read -r receipt year title author; do
  essay=$(grep -lxF "title: $title" "$fixtures"/essays/"$year"-*.txt | xargs -d '\n' grep -lE "^author: $author( *;|$)" | head -1)
  [ -n "$essay" ] || continue
  words=$(sed '1,/^---$/d' "$essay" | tr -s ' \n' '  '); text=$(chamthi entry text "$receipt" 2>/dev/null | tr -s ' \n' '  ')
  [ -n "$text" ] || continue
  compared=$((compared + 1)); words=${words# }
  case $text in *"${words% }"*) ;; *) wrong=$((wrong + 1)); echo "# $receipt $title" ;; esac
done < <(chamthi entry list --format json | jq -r '.[] | [.receipt, .contest, .title, .author] | @tsv')
is "the text of every entry is its essay's" "$wrong of $compared" "0 of 61"

# ---- looking things up ----
is "a search without accents finds the author" "$(chamthi entry list --contest 2024 --search 'tran quang vinh' --format json | jq -r '.[0].receipt')" 2024-00001
is "so does the telephone number" "$(chamthi entry list --contest 2024 --search '0900.112.255' --format json | jq -r '.[].receipt')" 2024-00001
is "so does the title" "$(chamthi entry list --search 'chum chia khoa' --format json | jq -r '.[].receipt')" 2024-00001
is "so does the person written about" "$(chamthi entry list --search 'do van khai' --format json | jq 'length')" 2
is "nothing found is an empty list" "$(chamthi entry list --search 'khong co ai' --format json | jq -c .)" "[]"
is "the promised fields are there" "$(chamthi entry list --contest 2024 --format json | jq -r '.[0] | keys | contains(["receipt","contest","track","title","file","unit","words","syllables","encoding","state"])')" true
has "a person reads its state in words" "$(chamthi entry list --contest 2024 --search 'tran quang vinh')" "đã nhận"
has "and who counted it" "$(chamthi entry show 2024-00001)" "cách đếm: máy đếm"
is "a program reads the code" "$(chamthi entry show 2024-1 --format json | jq -r '.word_count_source + " " + .state')" "machine received"
chamthi entry original 2024-00001 -o out.docx
ok "the original comes back byte for byte" cmp out.docx "$fixtures/entries/2024/BÀI DỰ THI TRẦN QUANG VỊNH (1).docx"
is "show names every version" "$(chamthi entry show 2024-1 --format json | jq -r '.files | length')" 1
is "the key form has no capitals and no punctuation" "$(chamthi entry text 2024-00001 --form key | grep -c '[A-Z.,“]')" 0
is "an unknown receipt is status 2" "$(status chamthi entry show 2024-99999)" 2
is "an entry without text says so: status 2" "$(status chamthi entry text 2021-00005)" 2
is "an unknown form is status 2" "$(status chamthi entry text 2024-1 --form xấu)" 2

# ---- the same parcel as a zip, and one file of it ----
cp -r "$fixtures/entries/2018" goi && (cd goi && zip -q -r ../goi.zip .)
touch 'goi/~$thi.docx' goi/Thumbs.db goi/.DS_Store
is "a zip of the folder is the same parcel" "$(chamthi import goi.zip --contest 2018 --format json | jq -r "$sums")" "3 0 3 0 0"
is "lock and system files are listed, not taken" "$(chamthi import goi --contest 2018 --format json | jq -c '[.files, .unlisted, (.ignored | sort)]')" '[3,0,[".DS_Store","Thumbs.db","~$thi.docx"]]'
is "a single file with a list: the rows that were received before are not asked for again" "$(chamthi import "goi/01 Lớp học sáng đèn ở ngõ Gốc Đề.docx" --manifest goi/manifest.csv --contest 2018 --format json | jq -r "$sums")" "3 0 3 0 0"
chamthi --db mot.db contest load "$fixtures/contests/2018.yaml" >/dev/null
is "of new ones the others miss theirs" "$(chamthi --db mot.db import "goi/01 Lớp học sáng đèn ở ngõ Gốc Đề.docx" --manifest goi/manifest.csv --contest 2018 --format json | jq -r "$sums")" "3 1 0 2 0"
ok "and the whole parcel settles that" chamthi --db mot.db import goi --contest 2018
is "nothing stays open" "$(sqlite3 mot.db "SELECT count(*) FROM quarantine WHERE year = 2018 AND resolved_at IS NULL")" 0
mkdir don-vi && printf 'tên bài,tác giả\nMột,An\n' >don-vi/manifest.csv
chamthi import don-vi --contest 2024 --unit "quan tay ho" >/dev/null
is "--unit names who collected it all" "$(chamthi entry list --contest 2024 --format json | jq -r '.[-1].unit')" "Tây Hồ"
before=$(bytes)
is "a unit that does not exist is status 2" "$(status chamthi import don-vi --contest 2024 --unit XYZ)" 2

# ---- bad lists ----
for list in sai-tieu-de.csv thieu-tac-gia.csv trong.csv ngoac-kep.csv khong-phai.xlsx; do
  is "$list: status 2" "$(status chamthi import "$hostile/parcel" --contest 2024 --manifest "$hostile/$list")" 2
  is "$list: one sentence" "$(chamthi import "$hostile/parcel" --contest 2024 --manifest "$hostile/$list" 2>&1 | wc -l)" 1
done
has "a wrong header lists what was found" "$(chamthi import "$hostile/parcel" --contest 2024 --manifest "$hostile/sai-tieu-de.csv" 2>&1)" "“Người viết”"
is "no list at all is status 2" "$(status chamthi import "$fixtures/essays" --contest 2024)" 2
is "a path that does not exist is status 2" "$(status chamthi import khong-co --contest 2024)" 2
is "a year that does not exist is status 2" "$(status chamthi import goi --contest 2030)" 2
is "a broken zip is status 2" "$(status chamthi import "$hostile/khong-phai.zip" --contest 2024)" 2
is "a zip bomb is status 2" "$(status chamthi import "$hostile/bom-lon.zip" --contest 2024)" 2
is "none of them changed anything" "$(bytes)" "$before"

# ---- bad files (more of them: hostile.sh) ----
mkdir -p la/thu-muc.docx && printf 'tệp,tên bài,tác giả\nthu-muc.docx,Một,An\nkin.txt,Hai,Bình\nlien-ket.txt,Ba,Chi\n' >la/manifest.csv
echo "Bài kín." >la/kin.txt && chmod 000 la/kin.txt && ln -s /etc/passwd la/lien-ket.txt
chamthi --db la.db contest load "$fixtures/contests/2024.yaml" >/dev/null
run=("$CHAMTHI"); chmod 777 . la.db* && chmod 755 la
if [ "$(id -u)" = 0 ]; then cp "$CHAMTHI" ./ban-sao && run=(setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all ./ban-sao); fi
"${run[@]}" --db la.db import la --contest 2024 --format json >la.json
is "a folder, an unreadable file and a link are set aside" "$(jq -r '[.items[].reason] | join(" ")' la.json)" "file.folder file.unreadable file.folder"
chmod 644 la/kin.txt

chamthi --db xau.db contest load "$fixtures/contests/2019.yaml" >/dev/null
is "a missing pdftohtml is status 3, before anything is written" "$(sha256sum <xau.db; PATH=/nonexistent status "$CHAMTHI" --db xau.db import "$fixtures/entries/2019" --contest 2019)" "$(sha256sum <xau.db; echo 3)"
has "and names the Debian package" "$(PATH=/nonexistent "$CHAMTHI" --db xau.db import "$fixtures/entries/2019" --contest 2019 2>&1)" "poppler-utils"

# ---- a full disk, and going on after it ----
mkdir nhieu && { echo "tệp,tên bài,tác giả"; for i in $(seq 1200); do echo "$i.txt,Bài $i,Người $i"; done; } >nhieu/manifest.csv
for i in $(seq 1200); do yes "Bài số $i kể chuyện một người tốt." | head -40 >"nhieu/$i.txt"; done
chamthi --db du.db contest load "$fixtures/contests/2024.yaml" >/dev/null
cp du.db day.db
ok "a large parcel with room" chamthi --db du.db import nhieu --contest 2024
limit=$(($(stat -c %s du.db) / 1024 / 3))
# The log and the database may each grow to the limit, then every write fails.
(trap '' XFSZ; ulimit -f $limit; "$CHAMTHI" --db day.db import nhieu --contest 2024 >/dev/null 2>day.txt; echo $? >day.status)
is "a full disk is status 3" "$(cat day.status)" 3
is "with one sentence" "$(wc -l <day.txt)" 1
ok "the database is sound afterwards" chamthi --db day.db doctor
is "what was received is whole" "$(sqlite3 day.db "SELECT count(*) FROM entry e LEFT JOIN identity_text t USING (entry_id) LEFT JOIN identity_author a USING (entry_id) WHERE t.entry_id IS NULL OR a.entry_id IS NULL")" 0
ok "with room again, the same command goes on" chamthi --db day.db import nhieu --contest 2024
is "and the result is as if nothing had happened" "$(content day.db)" "$(content du.db)"
small=$WORK/tmpfs; mkdir $small
mounted='mount -t tmpfs -o size=1500k none "$0" && cp "$1" "$0/a.db" && { "$2" --lang vi --db "$0/a.db" import "$3" --contest 2024 2>"$4/o.txt"; echo $? >"$4/o.status"; "$2" --db "$0/a.db" doctor >"$4/o.doctor"; echo $? >>"$4/o.status"; }'
chamthi --db trong.db contest load "$fixtures/contests/2024.yaml" >/dev/null
unshare -rm bash -c "$mounted" $small trong.db "$CHAMTHI" nhieu "$WORK" 2>/dev/null
if [ -f o.status ]; then
  is "on a small disk: status 3, then a sound database" "$(paste -sd' ' o.status)" "3 0"
  has "and the sentence says the disk is full" "$(cat o.txt)" "đầy"
else
  echo "# no rights to mount a small disk here: ulimit alone was tried"
fi
done_testing
