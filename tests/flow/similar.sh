#!/usr/bin/env bash
# Copies and lifted passages of ten years, from import to ruling: what was planted, and nothing else.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
rows() { chamthi audit list --format json | jq length; }
cases() { chamthi similar list --format json | jq -r "$1"; }

chamthi contest load "$fixtures"/contests/20*.yaml >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null
for year in 2015 2016 2017 2018 2019 2020 2021 2022 2023 2024; do
  chamthi import "$fixtures/entries/$year" --contest $year >/dev/null 2>&1
done
is "the first year shares nothing with itself" "$(status chamthi similar --contest 2015)" 0
for year in 2016 2017 2018 2019 2020 2021 2022 2023; do chamthi similar --contest $year >/dev/null; done
is "pairs ask for a person" "$(status chamthi similar --contest 2024)" 1

is "three copies, four near copies, four lifted passages" \
  "$(cases 'map("\(.a) \(.b) \(if .share_a > 80 or .share_b > 80 then "copy" else .class end)") | sort | join(";")')" \
  "2016-00001 2022-00003 partial;2017-00001 2023-00002 partial;2018-00001 2024-00014 partial;2018-00002 2019-00005 copy;2019-00002 2020-00005 copy;2020-00003 2024-00015 partial;2021-00002 2023-00006 copy;2022-00002 2024-00022 copy;2023-00001 2024-00024 copy;2024-00009 2024-00021 copy;2024-00012 2024-00023 copy"
is "a copy typed in an old font two years later is exact" "$(cases 'map(select(.b == "2024-00022"))[0] | "\(.class) \(.share_a) \(.share_b)"')" "exact 100 100"
is "a year's list holds its cases with earlier years" "$(chamthi similar list --contest 2024 --format json | jq length)" 6

first=$(cases 'map(select(.b == "2024-00014"))[0].passages[0] | "\(.a_start) \(.a_end) \(.b_start) \(.b_end)"')
read -r a_start a_end b_start b_end <<<"$first"
chamthi entry text 2018-00001 >a; chamthi entry text 2024-00014 >b
has "a passage is bytes of text A" "$(head -c "$a_end" a | tail -c +$((a_start + 1)))" "Mùa hè năm 2012, anh em"
has "and of text B, names swapped" "$(head -c "$b_end" b | tail -c +$((b_start + 1)))" "Mùa hè năm 2020, anh em"

shown=$(COLUMNS=110 chamthi similar show 2018-1 2024-14)
has "side by side: what was changed is marked" "$shown" "[2012,] anh em"
has "on both sides" "$shown" "│ Đâu phải tối nào cũng vui. Mùa hè năm [2020,]"
has "in the words of a question, not a verdict" "$shown" "Đoạn giống nhau cần xem xét"
lacks "never the other word" "$shown$(chamthi similar --contest 2024)$(chamthi help similar)" "đạo văn"
is "the order of the two does not matter" "$(COLUMNS=110 chamthi similar show 2024-14 2018-1)" "$shown"
is "to machines: both texts of each passage" \
  "$(chamthi similar show 2018-00001 2024-00014 --format json | jq -r '.passages[0] | (.a_text | contains("2012")) and (.b_text | contains("2020"))')" true
is "two that share nothing" "$(status chamthi similar show 2024-00001 2024-00002)" 2
is "two authors on one person are no copies" "$(status chamthi similar show 2024-00004 2024-00005)" 2

before=$(rows) sum=$(chamthi similar list --format json | cksum)
chamthi similar --contest 2024 --threads 1 >/dev/null
is "a second run with one thread leaves no audit row" "$(rows)" "$before"
is "and changes nothing" "$(chamthi similar list --format json | cksum)" "$sum"

is "a ruling needs a reason" "$(status chamthi similar rule 2024-9 2024-21 accept --reason '')" 2
is "and a pair that is there" "$(status chamthi similar rule 2024-1 2024-2 accept --reason x)" 2
ok "a person accepts" chamthi similar rule 2024-21 2024-9 accept --reason "chép nguyên bài"
ok "and dismisses" chamthi similar rule 2024-12 2024-23 dismiss --reason "hai bản của một bài"
is "both are kept" "$(cases 'map(select(.reason != null) | "\(.b) \(.status) \(.reason)") | sort | join(";")')" \
  "2024-00021 accepted chép nguyên bài;2024-00023 dismissed hai bản của một bài"
is "and audited" "$(rows)" $((before + 2))
chamthi similar --contest 2024 >/dev/null
is "rulings survive the next run" "$(chamthi similar list --contest 2024 --status open --format json | jq length)" 4

# The text behind a case is corrected: the case is open again, or gone.
parcel=$WORK/parcel; cp -r "$fixtures/entries/2024" "$parcel"
file=$(chamthi entry list --contest 2024 --format json | jq -r '.[] | select(.receipt == "2024-00021") | .file')
head -c 1200 "$parcel/$file" | iconv -c -f UTF-8 -t UTF-8 >short; cp short "$parcel/$file"
chamthi import "$parcel" --contest 2024 >/dev/null 2>&1
chamthi similar --contest 2024 >/dev/null
is "other passages ask for another ruling" "$(cases 'map(select(.b == "2024-00021"))[0] | "\(.class) \(.status)"')" "contained open"
printf 'Một bài khác hẳn, ngắn thôi, không chép của ai, viết lại từ đầu theo yêu cầu của Ban Tổ chức.\n' >"$parcel/$file"
chamthi import "$parcel" --contest 2024 >/dev/null 2>&1
chamthi similar --contest 2024 >/dev/null
is "a text that shares nothing any more is no case" "$(cases 'map(select(.b == "2024-00021")) | length')" 0
is "and needs no ruling" "$(status chamthi similar rule 2024-9 2024-21 accept --reason x)" 2
ok "the audit chain is intact" chamthi audit verify
done_testing
