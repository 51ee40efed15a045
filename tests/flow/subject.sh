#!/usr/bin/env bash
# Who the entries are about: the same person over the years is one record, told as "same subject" and never
# as copying; and good people can be commended by the level that has the authority.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
sql() { sqlite3 "$CHAMTHI_DB" "$1"; }
rows() { chamthi audit list --format json | jq length; }
receipt() { sql "SELECT e.receipt FROM entry e JOIN subject s USING (entry_id) WHERE e.year = $1 AND s.name = '$2' LIMIT 1"; }
record() { chamthi subject list --format json | jq -r --arg n "$1" '.[] | select(.subject == $n) | .entries'; }

chamthi contest load "$fixtures"/contests/20*.yaml >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null
chamthi judge load "$fixtures/judges.csv" >/dev/null
for year in 2018 2019 2021 2023 2024; do
  chamthi import "$fixtures/entries/$year" --contest $year >/dev/null 2>&1
  chamthi check --contest $year >/dev/null
done

# ---- the same subject ----
khai=$(receipt 2024 "Đỗ Văn Khải") before=$(receipt 2023 "Đỗ Văn Khải")
finding() { chamthi finding list --format json | jq -c --arg r "$1" --arg k "$2" 'map(select(.receipt == $r and .rule == $k))'; }
same=$(finding "$khai" subject.same)
is "a subject of an earlier year is found again" "$(jq -r '.[0].severity' <<<"$same")" note
has "with the earlier entry" "$(jq -r '.[0].message' <<<"$same")" "cùng nhân vật với bài $before"
lacks "and without a word of copying" "$(chamthi finding list --format json | jq -r '.[] | select(.rule | startswith("subject.")) | .message')" "chép"
is "two entries about one person are one record" "$(record "Đỗ Văn Khải")" "$before; $khai"
is "two authors of one year as well" "$(record "Vũ Thị Lành" | tr ';' '\n' | wc -l)" 2
is "another year's entry of one author is not the same subject" "$(record "Hoàng Thị Nhạn" | tr ';' '\n' | wc -l)" 1
is "the record of an entry shows all of them" "$(chamthi subject show "$before" --format json | jq length)" 2
is "the register is searched without marks" "$(chamthi subject list --search "do van khai" --format json | jq length)" 1
is "and by year" "$(chamthi subject list --contest 2018 --format json | jq length)" "$(sql "SELECT count(*) FROM subject JOIN entry USING (entry_id) WHERE year = 2018 AND name <> ''")"
is "a small collective is told apart" "$(chamthi subject list --format json | jq -r 'map(select(.kind == "small_collective")) | length > 0')" true
audit=$(rows)
chamthi check --contest 2024 >/dev/null
is "a second run changes nothing" "$(rows)" "$audit"
id=$(jq '.[0].id' <<<"$same")
ok "a person may say that they are two people" chamthi finding rule "$id" dismiss --reason "trùng tên, khác người"
is "then they are two records" "$(record "Đỗ Văn Khải" | wc -l)" 2
ok "and say otherwise again" chamthi finding rule "$id" accept --reason "đúng là một người"
is "then they are one" "$(record "Đỗ Văn Khải")" "$before; $khai"

# ---- namesakes and names in the text ----
mkdir parcel
printf 'tệp,tên bài,tác giả,địa chỉ,điện thoại,nhân vật,địa chỉ nhân vật\na.txt,Người cùng tên,Hà Thị Mơ,Ngõ 4,0900 430 099,Đỗ Văn Khải,"xã Tam Đồng, huyện Mê Linh"\nb.txt,Ai cũng nhớ,Hà Thị Mơ,Ngõ 4,0900 430 099,Bà Cả Nhớ,"xã Tam Đồng, huyện Mê Linh"\n' >parcel/manifest.csv
echo "Ông làm nghề khác, ở nơi khác." >parcel/a.txt
echo "Bà hay nhắc ông Đỗ Văn Khải, người lái đò năm xưa." >parcel/b.txt
chamthi import parcel --contest 2024 >/dev/null
chamthi check --contest 2024 >/dev/null
is "the same name elsewhere only asks" "$(chamthi finding list --format json | jq -r 'map(select(.title == "Người cùng tên" and (.rule | startswith("subject.")))) | map(.rule) | unique | join(",")')" subject.namesake
is "and stays a record of its own" "$(record "Đỗ Văn Khải" | wc -l)" 2
named=$(chamthi finding list --format json | jq -c 'map(select(.title == "Ai cũng nhớ" and .rule == "subject.mentioned"))')
is "a subject's name in another entry's text is found with its place" "$(jq -r '.[0].evidence[0].text' <<<"$named")" "Đỗ Văn Khải"

# ---- commendation ----
is "who is not yet commended can be proposed, by the unit that sent the entry" \
  "$(chamthi subject propose --contest 2024 --format json | jq -r --arg r "$khai" '.[] | select(.receipt == $r) | "\(.level) | \(.authority)"')" "unit | Huyện Thường Tín"
sql "INSERT INTO award(year, kind, prize, entry_id, recipient, recipient_fold, decision, decision_date, state)
  SELECT 2024, 'entry', 'Giải Nhất', entry_id, 'x', 'x', '1/QĐ', '2024-09-20', 'decided' FROM entry WHERE receipt = '$khai'"
is "and by the city when the entry won its prize" \
  "$(chamthi subject propose --contest 2024 --level city --format json | jq -r 'map(.subject) | join(",")')" "Đỗ Văn Khải"
is "the other level leaves it out" "$(chamthi subject propose --contest 2024 --level unit --format json | jq --arg r "$khai" 'map(select(.receipt == $r)) | length')" 0
is "a level that there is not is refused" "$(status chamthi subject propose --level tinh)" 2
ok "a proposal is recorded" chamthi subject commend "$khai" --form "Bằng khen"
is "and shown" "$(chamthi subject show "$khai" --format json | jq -r '.[1].proposed')" "Bằng khen"
is "a decision needs its date" "$(status chamthi subject commend "$khai" --form "Bằng khen" --decision 9/QĐ-UBND)" 2
ok "the decision completes it" chamthi subject commend "$khai" --form "Bằng khen" --decision 9/QĐ-UBND --date 10/10/2024
is "which is audited" "$(chamthi audit list --last 1 --format json | jq -r '.[0] | "\(.action) \(.object)"')" "subject.commend entry $khai"
is "decided is decided" "$(status chamthi subject commend "$khai" --form "Bằng khen" --decision 10/QĐ --date 11/10/2024)" 2
is "who is commended is no longer proposed" "$(chamthi subject propose --contest 2024 --format json | jq --arg r "$khai" 'map(select(.receipt == $r)) | length')" 0
is "an entry that is not there" "$(status chamthi subject commend 2024-99999 --form "Giấy khen")" 2
sed 's/^year: 2024/year: 2025/; s/năm 2024/năm 2025/' "$fixtures/contests/2024.yaml" >2025.yaml
chamthi contest load 2025.yaml >/dev/null
mkdir later
printf 'tệp,tên bài,tác giả,địa chỉ,điện thoại,nhân vật,địa chỉ nhân vật\na.txt,Lại chuyện ông Khải,Hà Thị Mơ,Ngõ 4,0900 430 099,ông Đỗ Văn Khải,"Thôn Xâm Xuyên, xã Hồng Vân, huyện Thường Tín"\n' >later/manifest.csv
echo "Ông vẫn lái đò." >later/a.txt
chamthi import later --contest 2025 >/dev/null
chamthi check --contest 2025 >/dev/null
has "the year after, that he was commended is said to a person" "$(chamthi finding list --contest 2025)" "nhân vật đã được khen thưởng qua bài $khai: Bằng khen, 9/QĐ-UBND"
is "as a note, never more" "$(chamthi finding list --contest 2025 --format json | jq -r 'map(select(.rule | startswith("subject."))) | map(.severity) | unique | join(",")')" note
ok "the audit chain is intact" chamthi audit verify
ok "and every invariant holds" chamthi doctor
done_testing
