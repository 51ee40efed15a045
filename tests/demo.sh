#!/bin/sh
# The main job, end to end: ten contests from received files to printed certificates. Two runs give the
# same bytes in every PDF and export: dates come from the data, draws and codes from the seed below.
#   demo.sh PROGRAM FOLDER
set -eu
program=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=$2
fixtures=$(cd "$(dirname "$0")/../fixtures" && pwd)
# A fixed seed only because this is a demonstration: a real draw takes none, and gets a secret one.
seed=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
unset CHAMTHI_DB
rm -rf "$out"
mkdir -p "$out"
cd "$out"

chamthi() { "$program" --db chamthi.db --lang vi "$@"; }
# Status 1 means: done, and a person has something to look at. That is expected of a contest.
may_ask() { "$@" || [ $? -eq 1 ]; }
number() { grep -o "\"$1\": *[0-9]*" | head -n 1 | grep -o '[0-9]*$'; }
lines() { echo $(($(wc -l) - 1)); }
report=""
past="2015 2016 2017 2018 2019 2020 2021 2022 2023"
years="$past 2024"
# printf counts bytes; Vietnamese wants letters counted.
row() {
  gap=$((36 - $(printf '%s' "$1" | LC_ALL=C.UTF-8 wc -m)))
  report="$report$1$(printf "%${gap}s %6s %6s   %s" '' "$2" "$3" "$4")
"
}
say() { printf '\033[1m==\033[0m %s\n' "$*"; }

say "Mười cuộc thi, đơn vị, giám khảo"
chamthi contest load "$fixtures"/contests/20*.yaml
chamthi unit load "$fixtures/units.csv"
chamthi judge load "$fixtures/judges.csv"
row "Cuộc thi" "$(ls "$fixtures"/contests | wc -l)" "$(chamthi --format csv contest list | lines)" "chamthi contest list"
row "Đơn vị; còn hiệu lực năm 2024" "$(lines <"$fixtures/units.csv")" "$(chamthi --format csv unit list | lines)" "chamthi unit list"
row "Giám khảo" "$(lines <"$fixtures/judges.csv")" "$(chamthi --format csv judge list | lines)" "chamthi judge list"

say "Nhập bài dự thi"
rows=0 imported=0 quarantined=0
for year in $years; do
  may_ask chamthi --format json import "$fixtures/entries/$year" --contest $year >import-$year.json
  rows=$((rows + $(number rows <import-$year.json)))
  imported=$((imported + $(number imported <import-$year.json)))
  quarantined=$((quarantined + $(number quarantined <import-$year.json)))
done
chamthi --format csv entry list >entries.csv
row "Bài dự thi (dòng bản kê)" "$rows" "$imported" "entries.csv; cần xem: $quarantined (import-*.json)"

say "Kết quả các năm chỉ còn danh sách"
for year in $past; do
  chamthi award load "$fixtures/awards/$year.csv" --contest $year
done

say "Kiểm tra thể lệ, tìm bài trùng"
for year in $years; do
  may_ask chamthi check --contest $year >/dev/null
  may_ask chamthi similar --contest $year >/dev/null
done
may_ask chamthi --format csv finding list >findings.csv
may_ask chamthi --format csv similar list >similar.csv
row "Kiểm tra thể lệ" "$imported" "$(lines <findings.csv)" "findings.csv"
row "Đoạn giống nhau cần xem xét" "$imported" "$(lines <similar.csv)" "similar.csv"

say "Kết luận của ban tổ chức"
# A person's rulings, written down for the demonstration: barred authors are out, and of two texts that
# share passages the later one, after reading both side by side.
for id in $(may_ask chamthi --format csv finding list --contest 2024 | awk -F, '$3 == "barred.person" { print $1 }'); do
  chamthi finding rule "$id" accept --reason "Thể lệ: người trong Ban Tổ chức, Ban Giám khảo không dự thi"
done
may_ask chamthi --format csv similar list --contest 2024 | awk -F, 'NR > 1 { print $3, $4 }' | while read -r earlier later; do
  chamthi similar rule "$earlier" "$later" accept --reason "Đã đọc đối chiếu hai bài: chép của bài nhận trước"
done

say "Ẩn danh, mã phách, phân công: sơ khảo rồi chung khảo 2024"
may_ask chamthi redact --contest 2024
chamthi redact accept $(chamthi --format csv redact list --contest 2024 --status proposed | awk -F, 'NR > 1 { print $1 }')
chamthi redact review --all --contest 2024
for round in so-khao chung-khao; do
  say "Vòng $round"
  may_ask chamthi phach give --contest 2024 --round $round --seed $seed >phach-$round.txt
  chamthi assign plan --contest 2024 --round $round --seed $seed >phan-cong-$round.txt
  chamthi assign publish --contest 2024 --round $round >>phan-cong-$round.txt
  chamthi assign verify --contest 2024 --round $round
  chamthi assign print --contest 2024 --round $round -o danh-sach-giam-khao-$round.pdf
  chamthi sheet export --contest 2024 --round $round -o phieu-$round.csv
  [ "${SHEETS_ONLY:-}" != $round ] || exit 0
  may_ask chamthi sheet enter "$fixtures/sheets/2024-$round.csv"
  may_ask chamthi --format csv rank --contest 2024 --round $round >xep-hang-$round.csv
  row "Vòng $round: bài" "$(lines <xep-hang-$round.csv)" "$(awk -F, '$2 != "" && NR > 1' xep-hang-$round.csv | wc -l)" "xep-hang-$round.csv"
  row "Vòng $round: phiếu chấm" "$(($(lines <phieu-$round.csv) / 5))" "$(chamthi --format csv sheet list --contest 2024 --round $round | grep -c submitted)" "chamthi sheet list --round $round"
  chamthi round close --contest 2024 --round $round --reason "Hội đồng ghi nhận phiếu còn thiếu điểm"
done

say "Giải, giấy chứng nhận"
may_ask chamthi award propose --contest 2024
# Entries stand level at the edge of a prize, in both tracks: the council votes, the program does not.
chamthi award give 2024-00002 --prize nhi --reason "Bằng điểm; Hội đồng biểu quyết 4/7"
chamthi award give 2024-00006 --prize ba --reason "Bằng điểm; Hội đồng biểu quyết 3/7"
chamthi award give 2024-00017 --prize ba --reason "Bằng điểm; Hội đồng biểu quyết 5/7"
chamthi award give 2024-00018 --prize khuyen-khich --reason "Bằng điểm; Hội đồng biểu quyết 2/7"
chamthi award decide --contest 2024 --decision 2401/QĐ-BTC --date 2024-09-20
chamthi --format csv award list >giai.csv
for year in $years; do
  chamthi certificate issue --contest $year --seed $seed
done
chamthi certificate print --contest 2024 -o giay-chung-nhan-2024.pdf --each giay
row "Giải 2024" "$(awk -F, '$2 == 2024' giai.csv | wc -l)" "$(ls giay | wc -l)" "giay-chung-nhan-2024.pdf, giay/"
row "Giải 2015–2024" "$(lines <giai.csv)" "$(chamthi --format csv certificate list | lines)" "giai.csv"

say "Khen thưởng mười năm, khen nhân vật được viết"
chamthi report honours --from 2015 --to 2024 --least-years 3 -o de-nghi-khen-2015-2024.xlsx
chamthi award load de-nghi-khen-2015-2024.xlsx --contest 2024
for receipt in $(chamthi --format csv subject propose --contest 2024 --level city | awk -F, 'NR > 1 { print $1 }'); do
  chamthi award commend --subject "$receipt" --prize "Giấy khen"
done
proposed() { chamthi --format csv award list --contest 2024 --state proposed | awk -F, -v prize="$1" '$4 == prize { print $1 }'; }
honours="$(proposed "Bằng khen") $(proposed "Giấy khen")"
chamthi award decide $(proposed "Bằng khen") --contest 2024 --decision 4815/QĐ-UBND --date 2024-10-01 --level city \
  --authority "Chủ tịch Ủy ban nhân dân thành phố Hà Nội" --signatory "Chủ tịch"
chamthi award decide $(proposed "Giấy khen") --contest 2024 --decision 310/QĐ-BTĐKT --date 2024-10-02 --level department \
  --authority "Trưởng Ban Thi đua - Khen thưởng thành phố Hà Nội" --signatory "Trưởng ban"
chamthi certificate issue --contest 2024 --seed $seed
chamthi --format csv certificate list >so-giay-chung-nhan.csv
chamthi certificate print $(awk -F, '$1 ~ /^2024\/[BG]K-/ { print $1 }' so-giay-chung-nhan.csv) --contest 2024 -o khen-2015-2024.pdf
row "Khen thưởng mười năm, nhân vật" "$(echo $honours | wc -w)" "$(grep -c '^2024/[BG]K-' so-giay-chung-nhan.csv)" "khen-2015-2024.pdf, so-giay-chung-nhan.csv"

say "Báo cáo"
chamthi report results --contest 2024 -o ket-qua-2024.pdf
chamthi report results --contest 2024 -o ket-qua-2024.xlsx
chamthi report minutes --contest 2024 --round chung-khao -o bien-ban-2024.pdf
chamthi report methods --contest 2024 -o cach-cham-2024.pdf
chamthi report retrospective --from 2015 --to 2024 -o tong-ket-2015-2024.pdf
chamthi report retrospective --from 2015 --to 2024 -o tong-ket-2015-2024.xlsx
row "Tổng kết: số năm; số trang" "$(echo $years | wc -w)" "$(pdfinfo tong-ket-2015-2024.pdf | awk '/^Pages/ { print $2 }')" "tong-ket-2015-2024.pdf, tong-ket-2015-2024.xlsx"

say "Kiểm tra lần cuối"
chamthi doctor
chamthi audit verify

body=$report
report=""
row "VIỆC" "   VÀO" "RA" "XEM Ở"
printf '\n%s%s\n' "$report" "$body"
printf 'Thư mục: %s\nLàm tiếp: chamthi --db %s/chamthi.db serve   rồi mở http://127.0.0.1:8080/vi/\n' "$out" "$out"
