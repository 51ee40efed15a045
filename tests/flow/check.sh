#!/usr/bin/env bash
# Rules, findings and rulings on the fixtures: what was planted is found, and nothing else rejects.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
rows() { chamthi audit list --format json | jq length; }
findings() { chamthi finding list --format json | jq -r "$1"; }
by_title() { findings "map(select(.title == \"$1\"))[] | \"\(.rule) \(.severity)\""; }

is "checking before anything is loaded" "$(status chamthi check --contest 2016)" 2
chamthi contest load "$fixtures"/contests/20*.yaml >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null
chamthi judge load "$fixtures/judges.csv" >/dev/null
is "a year without entries has nothing to look at" "$(status chamthi check --contest 2016)" 0
for year in 2016 2017 2021 2022 2024; do chamthi import "$fixtures/entries/$year" --contest $year >/dev/null 2>&1; done

is "broken rules ask for a person" "$(status chamthi check --contest 2016)" 1
for year in 2017 2021 2022 2024; do chamthi check --contest $year >/dev/null; done
is "received after closing" "$(by_title 'Nồi cháo lúc ba giờ sáng')" "received.late reject"
is "too short" "$(by_title 'Bóng điện đầu ngõ')" "length.least reject"
is "handwritten and too long by its declared count" "$(by_title 'Những trang vở của bà nội')" "length.most reject"
is "without a telephone" "$(by_title 'Sáu người ở ngõ Chợ Khâm Thiên')" "field.required reject"
is "a press work without its publisher" "$(by_title 'Người đếm bu lông trên cầu Long Biên')" "press.publisher warn"
is "an entry by a judge of the year" "$(by_title 'Ngõ hẹp, chuông to')" "barred.person reject"
is "an entry by the contest's secretary" "$(by_title 'Cô đỡ trên dòng suối Yến')" "barred.person reject"
is "nothing else may reject" "$(findings 'map(select(.severity == "reject")) | length')" 6
is "inferred figures only warn" "$(findings 'map(select(.receipt | startswith("2017"))) | map(.severity) | unique | join(",")')" "warn"
is "the promised fields are there" \
  "$(findings '.[0] | [has("id","receipt","rule","severity","status","message","evidence")] | all')" true
has "the message names both dates" "$(chamthi finding list --contest 2016)" "20/7/2016, sau hạn cuối nhận bài 15/7/2016"
has "the message is there in English too" "$("$CHAMTHI" --lang en finding list --contest 2016)" "received on 20/7/2016, after the closing day"
lacks "a finding does not repeat the author's name" "$(chamthi finding list --format json)" "Lại Thế Hùng"
is "check prints the list of its year" "$(chamthi check --contest 2024 --format json | jq -r 'map(.receipt[0:4]) | unique | join(",")')" 2024

before=$(rows) sum=$(chamthi finding list --format csv | cksum)
chamthi check --contest 2024 >/dev/null
is "a second run leaves no audit row" "$(rows)" "$before"
is "and changes nothing" "$(chamthi finding list --format csv | cksum)" "$sum"

id=$(findings 'map(select(.title == "Ngõ hẹp, chuông to"))[0].id')
is "a ruling needs a reason" "$(status chamthi finding rule "$id" accept --reason ' ')" 2
is "and is accept or dismiss" "$(status chamthi finding rule "$id" maybe --reason x)" 2
is "of a finding that exists" "$(status chamthi finding rule 99999 accept --reason x)" 2
ok "a person accepts" chamthi finding rule "$id" accept --reason "đúng là giám khảo năm nay"
is "it is kept" "$(findings "map(select(.id == $id))[0] | \"\(.status) \(.reason)\"")" "accepted đúng là giám khảo năm nay"
is "and leaves one audit row" "$(rows)" $((before + 1))
ok "the same ruling again" chamthi finding rule "$id" accept --reason "đúng là giám khảo năm nay"
is "leaves none" "$(rows)" $((before + 1))
chamthi check --contest 2024 >/dev/null
is "the ruling survives the next run" "$(findings "map(select(.id == $id))[0].status")" accepted
for n in $(findings 'map(select(.receipt | startswith("2024")) | select(.status == "open")) | .[].id'); do
  chamthi finding rule "$n" dismiss --reason "đã xác minh" >/dev/null
done
is "with everything ruled on nobody is asked" "$(status chamthi check --contest 2024)" 0
is "findings by their standing" "$(chamthi finding list --contest 2024 --status dismissed --format json | jq 'map(select(.rule | startswith("subject.") | not)) | length')" 1
is "an unknown standing is refused" "$(status chamthi finding list --status closed)" 2

# The evidence changes: the year's closing day is moved, and the entry is no longer late.
sed 's/closes: {value: 2016-07-15/closes: {value: 2016-07-25/' "$fixtures/contests/2016.yaml" >2016.yaml
chamthi contest load 2016.yaml >/dev/null
late=$(findings 'map(select(.rule == "received.late"))[0].id')
chamthi check --contest 2016 >/dev/null
is "a finding whose facts are gone is no longer listed" "$(by_title 'Nồi cháo lúc ba giờ sáng')" ""
is "and needs no ruling" "$(status chamthi finding rule "$late" accept --reason x)" 2
chamthi contest load "$fixtures/contests/2016.yaml" >/dev/null
chamthi check --contest 2016 >/dev/null
is "the same facts again are the same finding" "$(findings 'map(select(.rule == "received.late"))[0].id')" "$late"
ok "it is ruled on" chamthi finding rule "$late" accept --reason "bưu điện xác nhận ngày gửi"
sed 's/closes: {value: 2016-07-15/closes: {value: 2016-07-10/' "$fixtures/contests/2016.yaml" >2016.yaml
chamthi contest load 2016.yaml >/dev/null
chamthi check --contest 2016 >/dev/null
is "other facts are another finding, which waits for a person again" \
  "$(findings 'map(select(.rule == "received.late" and .id != '"$late"'))[0] | "\(.status) \(.message | contains("10/7/2016"))"')" "open true"
is "the ruling on the old facts no longer stands" "$(findings "map(select(.id == $late)) | length")" 0
chamthi contest load "$fixtures/contests/2016.yaml" >/dev/null
chamthi check --contest 2016 >/dev/null
is "and does once the facts are back" "$(findings "map(select(.id == $late))[0] | \"\(.status) \(.reason)\"")" "accepted bưu điện xác nhận ngày gửi"
ok "the audit chain is intact" chamthi audit verify
done_testing
