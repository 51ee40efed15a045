#!/usr/bin/env bash
# Contests, units and judges from the command line.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures

chamthi contest example >mau.yaml
ok "the printed example loads as it is" chamthi --db mau.db contest load mau.yaml
has "it is commented" "$(cat mau.yaml)" "# Các vòng chấm"
is "ten contests load at once" "$(chamthi contest load "$fixtures"/contests/*.yaml --format json | jq -r 'map(.status)|unique|join(",")')" "loaded"
is "and again: nothing changes" "$(chamthi contest load "$fixtures"/contests/*.yaml --format json | jq -r 'map(.status)|unique|join(",")')" "unchanged"
is "the list has ten years" "$(chamthi contest list --format json | jq length)" 10

sed 's/words_most:/words_mots:/' "$fixtures/contests/2024.yaml" >sai.yaml
is "a typing mistake is status 2" "$(status chamthi contest load sai.yaml)" 2
has "with file, line and column" "$(chamthi contest load sai.yaml 2>&1)" "sai.yaml:$(grep -n words_mots sai.yaml | cut -d: -f1):3: không có khóa “words_mots”; có phải “words_most”?"
is "a missing file is status 2" "$(status chamthi contest load khong-co.yaml)" 2
is "one bad file among good ones is status 2" "$(status chamthi --db b.db contest load "$fixtures/contests/2023.yaml" sai.yaml)" 2
is "and the good ones are not loaded either" "$(chamthi --db b.db contest list --format json | jq length)" 0

show() { chamthi contest show "$1" --format json | jq -r "map(select(.key == \"$2\"))[0] | \"\(.value) \(.provenance)\""; }
is "a figure says where it comes from" "$(show 2022 words_most)" "2000 found"
is "an inferred one too" "$(show 2024 words_most)" "2000 inferred"
is "an unknown one has no value" "$(show 2024 closes)" "null unknown"
is "a published figure stands in its year" "$(show 2020 press_works)" "353 found"
is "a year that is not there is status 2" "$(status chamthi contest show 1999)" 2
is "a word is no year" "$(status chamthi contest show abc)" 2

has "units load" "$(chamthi unit load "$fixtures/units.csv")" "794 đơn vị"
is "a commune of its time is found" "$(chamthi unit list --year 2019 --search 'phường bưởi' --format json | jq -r '.[].parent_code')" "003"
is "and gone after it" "$(chamthi unit list --year 2026 --search 'phường bưởi' --format json | jq length)" 0
has "judges load" "$(chamthi judge load "$fixtures/judges.csv")" "14 giám khảo"
is "fourteen judge in 2024" "$(chamthi judge list --contest 2024 --format json | jq length)" 14
is "the latest contest is the default" "$(chamthi judge list --format json | jq -r '.[0].contest')" 2024
rows() { chamthi audit list --format json | jq length; }
before=$(rows)
chamthi judge load "$fixtures/judges.csv" >load.log && chamthi unit load "$fixtures/units.csv" >>load.log
is "loading both again leaves no audit row" "$(rows)" "$before"
sed '3s/Hội Nhà văn Hà Nội/Hội Không Có/' "$fixtures/judges.csv" >gk.csv
is "a judge of an unknown unit is status 2" "$(status chamthi judge load gk.csv)" 2
has "with row and column" "$(chamthi judge load gk.csv 2>&1)" "gk.csv, dòng 3, cột unit"
no_names=$(chamthi audit list --format csv)
is "the audit names no judge" "$(grep -c "Thế Hùng" <<<"$no_names")" 0
ok "doctor is content" chamthi doctor

# What already hangs on a contest cannot be defined away.
y=$fixtures/contests/2024.yaml
sed 's/: press$/: bao/' "$y" >khong-bao-chi.yaml
sed 's/most: 25, step: 0.5/most: 20, step: 0.5/' "$y" >thang-diem.yaml
cp chamthi.db thu.db
sqlite3 thu.db "INSERT INTO entry(year, receipt, track_id, title, title_fold, received_at, first_received_at, row_key)
  VALUES (2024, '2024-00001', (SELECT track_id FROM track WHERE year = 2024 AND key = 'press'), 'a', 'a', 0, 0, x'00');
  INSERT INTO blind(phach, round_id, track_id, title, text) SELECT 'P1', round_id, track_id, 'a', 'a' FROM round r JOIN track t USING (year) WHERE year = 2024 LIMIT 1;
  INSERT INTO sheet(round_id, phach, judge_id) SELECT round_id, 'P1', 1 FROM blind;
  INSERT INTO mark SELECT 1, criterion_id, 2450, 1 FROM criterion c JOIN blind b ON b.round_id = c.round_id WHERE c.key = 'lan-toa';"
has "a track with entries stays" "$(chamthi --db thu.db contest load khong-bao-chi.yaml 2>&1)" "có thể loại đã nhận bài"
has "a scale that no longer holds given marks is refused" "$(chamthi --db thu.db contest load thang-diem.yaml 2>&1)" "1 điểm đã chấm nằm ngoài thang điểm mới"
is "and the definition is as it was" "$(chamthi --db thu.db contest load "$y" --format json | jq -r '.[0].status')" "unchanged"
ok "where nothing hangs on them, both load" chamthi contest load khong-bao-chi.yaml thang-diem.yaml
sed '/^GK01/s/,2024$/,2024/; /^GK01/s/vi,,,/vi,,2024-00009,/' "$fixtures/judges.csv" >so.csv
has "a receipt number that is none is told, once the year has entries" "$(chamthi --db thu.db judge load so.csv 2>&1)" "cột conflicts: không có bài 2024-00009"
# A closed round keeps what its result was reached by; only names may still be corrected.
chamthi contest load "$y" >/dev/null && cp chamthi.db dong.db
sqlite3 dong.db "UPDATE round SET state = 'closed' WHERE year = 2024 AND key = 'so-khao'"
closed() { # sentence, sed script
  sed "$2" "$y" >dong.yaml
  has "$1" "$(chamthi --db dong.db contest load dong.yaml 2>&1)" "vòng so-khao đã đóng"
}
closed "a closed round keeps its weights" '/key: the-thuc/s/most: 5/weight: 2, most: 5/'
closed "its scale" '/key: the-thuc/s/most: 5/most: 10/'
closed "its criteria" '/key: the-thuc/d'
closed "its method" '0,/per_entry/s/    per_entry/    method: eb\n    per_entry/'
closed "its tie order" '0,/per_entry/s/    per_entry/    ties: [{by: lot}]\n    per_entry/'
sed 's/Tính chân thực/Tính xác thực/' "$y" >dong.yaml
ok "a criterion's name may be corrected" chamthi --db dong.db contest load dong.yaml
: >trong.yaml
has "an empty file is told with where a sample is" "$(chamthi contest load trong.yaml 2>&1)" "tệp trống; xem mẫu"
sed 's/^name: /name: Hai: /' "$y" >hai-cham.yaml
has "a colon in a text is told in Vietnamese" "$(chamthi contest load hai-cham.yaml 2>&1)" "chữ có dấu hai chấm phải đặt trong ngoặc kép"
grep -v '^GK01' "$fixtures/judges.csv" | sed '1!s/2023;2024$/2023/; 1!s/,2024$/,2023/' >gk23.csv
has "a judge with sheets cannot leave that contest" "$(sqlite3 thu.db "UPDATE sheet SET judge_id = 2"; chamthi --db thu.db judge load gk23.csv 2>&1)" "cột contests: giám khảo đã có phiếu chấm"
done_testing
