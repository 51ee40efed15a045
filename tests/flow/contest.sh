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
done_testing
