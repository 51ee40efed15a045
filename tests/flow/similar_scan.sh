# similar scan: folders in, similar passages out; the same bytes with any number of threads; bad input.
. "$(dirname "$0")/../lib/tap.sh"

for year in 2019 2020 2021 2022 2023 2024; do
  mkdir -p "$year"
  for essay in "$ROOT"/fixtures/essays/$year-*.txt; do
    sed '1,/^---$/d' "$essay" >"$year/$(basename "$essay")"
  done
done
scan() { chamthi similar scan "$@" --format json; }

scan 2020 --against 2019 >pairs.json
is "the exact copy of the year before is found, with the folder of each" \
  "$(jq -c '[.[] | [.a_folder, .a, .b_folder, .b, .class, .share_a]]' pairs.json)" \
  '[["2019","2019-02.txt","2020","2020-05.txt","exact",100]]'
is "two earlier years are not compared with each other" \
  "$(scan 2021 --against 2019 --against 2020)" '[]'

scan 2021 2022 2023 2024 >all.json
is "copies and lifted passages of four years are found, and the two texts on one subject are not" \
  "$(jq -r '.[] | "\(.a) \(.b) \(.class)"' all.json | sed 's/\.txt//g' | tr '\n' ';')" \
  '2021-02 2023-06 near;2022-02 2024-22 exact;2023-01 2024-24 near;2024-09 2024-21 exact;2024-12 2024-23 near;'
scan 2021 2022 2023 2024 --threads 1 >one.json
ok "one thread gives the same bytes" cmp all.json one.json

scan 2020 2024 >lift.json
from=$(jq '.[] | select(.b == "2024-15.txt") | .passages[0].a_start' lift.json)
to=$(jq '.[] | select(.b == "2024-15.txt") | .passages[0].a_end' lift.json)
passage=$(head -c "$to" 2020/2020-03.txt | tail -c +$((from + 1)))
ok "the bytes of a passage begin and end at a whole word" \
  test "$(printf %s "$passage" | iconv -f utf-8 -t utf-8 | wc -c)" = $((to - from))
has "and are the lifted text" "$(jq -r '.[] | select(.b == "2024-15.txt") | .class' lift.json)" partial

mkdir form
cp 2024/2024-15.txt form/
is "what a library folder says does not count" "$(scan 2020 2024 --library form | jq -c '[.[].b]')" '["2024-21.txt","2024-23.txt"]'

mkdir empty bad same
is "an empty folder is bad input" "$(status chamthi similar scan empty)" 2
has "with a sentence that says so" "$(chamthi similar scan empty 2>&1)" "không có tệp .txt"
is "a folder that is not there is bad input" "$(status chamthi similar scan nowhere)" 2
head -c 50000 /dev/urandom >bad/picture.txt
printf '\0\0\0' >>bad/picture.txt
: >bad/nothing.txt
cp 2024/2024-01.txt bad/
is "a picture called .txt is left out and a person is told" "$(status chamthi similar scan bad)" 1
has "by name" "$(chamthi similar scan bad 2>&1)" "bad/picture.txt"

for i in $(seq 1000 1399); do cp 2024/2024-01.txt "same/$i.txt"; done
is "four hundred identical texts are one case: each with the first" "$(scan same | jq length)" 399
is "and nothing but exact copies" "$(scan same | jq -c '[.[].class] | unique')" '["exact"]'

mkdir head
header="Bài dự thi của đơn vị chúng tôi gửi về phường theo kế hoạch số chín của đợt phát động mùa xuân, viết tay hai mặt giấy, nộp tại nhà văn hóa khu dân cư trước ngày mười lăm."
for i in $(seq 100 149); do
  { echo "$header"; shuf -n 150 -i 1000-999999 --random-source=<(yes "$i") | tr '\n' ' '; } >"head/$i.txt"
done
is "a header of fifty texts makes no pair" "$(scan head 2>said | jq length)" 0
has "but a person is told what stands in fifty texts" "$(cat said)" "50 bài"
has "and where it was seen first" "$(cat said)" "head/100.txt, byte "
done_testing
