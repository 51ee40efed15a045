#!/usr/bin/env bash
# Every type of rule on entries that keep it and entries that break it, under the definitions of 2015–2024.
# The title of each entry of fixtures/rules says what must be found: "đạt: …", or "RULE SEVERITY: …".
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
is "the units of an overlay must be known before anything is checked" \
  "$(chamthi contest load "$fixtures/contests/2021.yaml" >/dev/null; status chamthi check --contest 2021)" 2
chamthi contest load "$fixtures"/contests/20*.yaml "$fixtures/rules/2030.yaml" >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null
for year in 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024 2030; do
  chamthi import "$fixtures/rules" --manifest "$fixtures/rules/$year.csv" --contest $year >/dev/null 2>&1
  chamthi check --contest $year >/dev/null
  rows=$(($(grep -c . "$fixtures/rules/$year.csv") - 1))
  chamthi entry list --contest $year --format json >entries.json
  chamthi finding list --contest $year --format json >findings.json
  is "$year: every row is an entry" "$(jq length entries.json)" $rows
  is "$year: each entry has the finding its title names, and no other" "$(jq -rn --slurpfile e entries.json --slurpfile f findings.json '
    $e[0][] | . as $x | ($f[0] | map(select(.receipt == $x.receipt and .rule != "subject.same" and .rule != "subject.namesake") | "\(.rule) \(.severity)") | join(" ")) as $have
    | ($x.title | if startswith("đạt") then "" else (capture("(?<r>[a-z][a-z.-]+ (reject|warn|note))").r) end) as $want
    | select($have != $want) | "\($x.receipt) \($x.title): \($have)"')" ""
done
receipt() { chamthi entry list --contest "$1" --format json | jq -r --arg t "$2" '.[] | select(.title | startswith($t)) | .receipt'; }
explain() { chamthi check explain "$@" --format json; }
late=$(receipt 2021 "received.late reject: Tây Hồ")
is "explaining a finding gives the rule, its source and what the entry has" \
  "$(explain received.late "$late" | jq -r '.[0] | "\(.outcome) | \(.says) | \(.has)"')" "broken | hạn cuối nhận bài 15/5/2021 | nhận ngày 16/5/2021"
has "with the source of the district's own rule" "$(explain received.late "$late")" "tayho.hanoi.gov.vn"
is "a rule that is kept is explained as well" "$(explain pages.least "$late" | jq -r '.[0].outcome')" kept
is "and one that is unknown" "$(explain words "$late" >/dev/null 2>&1; explain length.least "$late" | jq -r '.[0].outcome')" unknown
is "and one that is not for this entry" "$(explain press "$late" | jq -r 'map(.outcome) | unique | join(",")')" not_for_it
is "a pattern says its steps" "$(explain pattern.dien-thoai "$(receipt 2030 "đạt: bài đầu")" | jq -r '.[0] | "\(.outcome) \(.steps > 0)"')" "kept true"
has "an unknown rule is refused with the names there are" "$(chamthi check explain gibberish "$late" 2>&1)" "length.least"
is "with the exit status of a wrong argument" "$(status chamthi check explain gibberish "$late")" 2

# ---- a costly pattern, and one that is none ----
sed "s/'^\\\\d'/'(\\\\w+\\\\s?)+[;!]'/; s/in: title, pattern: '(\\\\w/in: text, pattern: '(\\\\w/" "$fixtures/rules/2030.yaml" >costly.yaml
mkdir parcel; printf 'tệp,tên bài,thể loại,tác giả,địa chỉ,điện thoại,nhân vật,địa chỉ nhân vật\na.txt,Dài,essay,Hà Thị Mơ,Ngõ 4,0900 430 099,A,xã A\n' >parcel/manifest.csv
for i in $(seq 200); do printf 'người tốt việc tốt ở phường '; done >parcel/a.txt
chamthi contest load costly.yaml >/dev/null
chamthi import parcel --contest 2030 >/dev/null 2>&1
chamthi check --contest 2030 >/dev/null
costly=$(receipt 2030 "Dài")
is "a rule that is too costly is a finding of its own" "$(chamthi finding list --format json | jq -r "map(select(.receipt == \"$costly\" and .rule == \"pattern.so-thu-tu\"))[0] | .severity")" warn
has "which says so" "$(chamthi finding list --contest 2030)" "quy tắc quá tốn kém"
is "and explaining it says the same" "$(explain pattern.so-thu-tu "$costly" | jq -r '.[0].outcome')" too_costly
is "a typed text where only handwriting and films are taken is told beside it" "$(chamthi finding list --format json | jq -r "map(select(.receipt == \"$costly\" and .rule == \"media.accepted\"))[0] | .severity")" reject
sed "s/'^\\\\d'/'('/" "$fixtures/rules/2030.yaml" >broken.yaml
has "a pattern that is none is refused with its line" "$(chamthi contest load broken.yaml 2>&1)" "broken.yaml:19:"
sed 's/in: title/in: tieu-de/' "$fixtures/rules/2030.yaml" >field.yaml
has "so is a field that there is not" "$(chamthi contest load field.yaml 2>&1)" "tieu-de"
sed 's/track: press/track: bao/' "$fixtures/rules/2030.yaml" >track.yaml
has "and an overlay for no track" "$(chamthi contest load track.yaml 2>&1)" "không có thể loại “bao”"
has "the definition shows its overlays" "$(chamthi contest show 2021)" "riêng: Quận Tây Hồ"
done_testing
