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
cases 'map([.a, .b, .class, .share_a, .share_b, .passages])' >arrived
is "entries are compared when they arrive: the cases are there before any run" "$(jq length arrived)" 11
is "the first year shares nothing with itself" "$(status chamthi similar --contest 2015)" 0
for year in 2016 2017 2018 2019 2020 2021 2022 2023; do chamthi similar --contest $year >/dev/null; done
is "pairs ask for a person" "$(status chamthi similar --contest 2024)" 1

ok "a run of all says of each entry what was said when it came" \
  cmp arrived <(cases 'map([.a, .b, .class, .share_a, .share_b, .passages])')
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

# The index beside the database: one entry is added to the log; what is damaged is made again.
index=$CHAMTHI_DB-similar
arrive() { # arrive NAME: one more entry, a lifted essay with a beginning of its own
  mkdir "one-$1"
  { echo "Bài gửi riêng số $1, viết lại chuyện cũ của xóm tôi."; sed '1,/^---$/d' "$fixtures/essays/2016-02.txt"; } >"one-$1/bai-$1.txt"
  printf 'tệp,tên bài,tác giả\nbai-%s.txt,Bài gửi riêng %s,Người gửi %s\n' "$1" "$1" "$1" >"one-$1/manifest.csv"
  chamthi import "one-$1" --contest 2024
}
size() { stat -c %s "$index/$1"; }
has "an entry that arrives later shares an essay of 2016: a person is told" "$(arrive một)" "1 cặp bài có đoạn giống nhau cần xem xét"
is "with what it is like" "$(cases 'map(select(.title_b == "Bài gửi riêng một") | "\(.a) \(.class)") | join(";")')" "2016-00002 near"
ok "its fingerprints are in the log" test -s "$index/2024.log"
before=$(size 2016.segment)
truncate -s 1000 "$index/2016.segment"
cp "$index/2018.segment" "$index/2019.segment"
head -c 3000 /dev/urandom >>"$index/2024.log"
has "with segments cut short and foreign, and noise in the log, the next one is found too" "$(arrive hai)" "2 cặp"
is "with both it is like" "$(cases 'map(select(.title_b == "Bài gửi riêng hai")) | map(.a) | length')" 2
is "the segment is whole again" "$(size 2016.segment)" "$before"
rm -r "$index"
has "without any index too" "$(arrive ba)" "3 cặp"
is "with all three" "$(cases 'map(select(.title_b == "Bài gửi riêng ba")) | map(.a) | length')" 3
ok "and there is one again" test -s "$index/2015.segment"
sed -i 's/,Người gửi/,Đồng tác giả;Người gửi/' one-ba/manifest.csv
mv one-ba/bai-ba.txt one-ba/bai-bốn.txt && sed -i 's/bai-ba/bai-bốn/; s/riêng ba/riêng bốn/' one-ba/manifest.csv
chamthi import one-ba --contest 2024 >/dev/null
is "of one author who writes in a team the second time, it says so" \
  "$(cases 'map(select(.title_b == "Bài gửi riêng bốn") | "\(.title_a) \(.same_author)") | sort | last')" "Con thuyền tôn của ông Thược no"
is "and only of that one" "$(cases 'map(select(.title_b == "Bài gửi riêng bốn" and .same_author == "yes") | .title_a) | join(";")')" "Bài gửi riêng ba"

# Texts that are no entries: a book to compare with, a form that does not count.
{ echo "Chuyện nghề"; sed '1,/^---$/d' "$fixtures/essays/2024-03.txt" | head -c 1500 | iconv -c -f UTF-8 -t UTF-8; } >"sách 1999.txt"
has "a book is loaded under a number of its own" "$(chamthi similar load "sách 1999.txt" --as compare --year 1999)" "R1  sách 1999.txt"
is "--as names one of two uses" "$(status chamthi similar load "sách 1999.txt" --as book)" 2
printf '\211PNG\r\n\032\n' >picture.png
is "a picture is no text" "$(status chamthi similar load picture.png --as compare)" 2
chamthi similar --contest 2024 >/dev/null
is "an entry that took from it is a case" "$(cases 'map(select(.a == "R1") | "\(.b) \(.class)") | join(";")')" "2024-00003 contained"
has "shown side by side" "$(chamthi similar show 2024-3 R1)" "R1  sách 1999.txt"
ok "and ruled on" chamthi similar rule R1 2024-3 accept --reason "lấy từ sách"
is "it stays while a case stands on it" "$(status chamthi similar unload R1)" 2
chamthi similar load "sách 1999.txt" --as library >/dev/null
chamthi similar --contest 2024 >/dev/null
is "the same as library: nothing of it counts any more" "$(cases 'map(select(.a == "R1")) | length')" 0
is "both are listed" "$(chamthi similar texts --format json | jq -c 'map([.id, .kind, .year, .cases])')" '[["R1","compare",1999,0],["R2","library",null,0]]'
ok "what nothing stands on goes" chamthi similar unload R2
chamthi similar --contest 2024 >/dev/null
is "and the case is back, for its text was ruled on" "$(cases 'map(select(.a == "R1") | .status) | join(";")')" accepted

# A header of sixty entries that no library knows.
mkdir sixty
echo 'tệp,tên bài,tác giả' >sixty/manifest.csv
for i in $(seq 100 159); do
  { echo "Bài dự thi của đơn vị chúng tôi gửi về phường theo kế hoạch số chín của đợt phát động mùa xuân, viết tay hai mặt giấy, nộp tại nhà văn hóa khu dân cư trước ngày mười lăm."
    shuf -n 150 -i 1000-999999 --random-source=<(yes "$i") | tr '\n' ' '; } >"sixty/bai-$i.txt"
  echo "bai-$i.txt,Bài số $i,Người viết $i" >>sixty/manifest.csv
done
chamthi import sixty --contest 2023 >/dev/null
is "a header of sixty makes no case" "$(cases 'map(select(.title_b | startswith("Bài số"))) | length')" 0
has "but is told after the run" "$(chamthi similar --contest 2023)" "1 đoạn có ở rất nhiều bài"
is "with its first entry and those that have it" \
  "$(chamthi similar mass --contest 2023 --format json | jq -c '.[0] | [.texts, .receipt, (.who | contains("và 40 bài nữa"))]')" '[60,"2023-00007",true]'
is "entries that hang together are one case" \
  "$(chamthi similar cases --contest 2024 --format json | jq -c 'map(select(.case == "2016-00002")) | .[0] | [.texts, .pairs, .open]')" '[5,10,10]'
is "ruled on at once" "$(chamthi similar rule 2016-00002 all accept --reason "một bài gửi bốn lần")" "Vụ 2016-00002: đã kết luận 10 cặp"
is "by its own number only" "$(status chamthi similar rule 2024-1 all accept --reason x)" 2
is "and none of them is open" "$(cases 'map(select(.case == "2016-00002") | .status) | unique | join(";")')" accepted

# More than five hundred at once: nobody waits for them at import.
mkdir many
echo 'tệp,tên bài,tác giả' >many/manifest.csv
for i in $(seq 1000 1500); do
  echo "Một trong năm trăm lẻ một bài, viết ngắn, gửi một lượt, số $i." >"many/$i.txt"
  echo "$i.txt,Bài thứ $i,Người thứ $i" >>many/manifest.csv
done
has "very many at once are left to the run" "$(chamthi import many --contest 2022)" "Nhiều bài chưa so với các bài khác"
chamthi similar --contest 2022 >/dev/null
lacks "after it none is left" "$(chamthi import many --contest 2022)" "chưa so"
ok "every invariant holds" chamthi doctor
done_testing
