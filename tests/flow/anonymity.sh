#!/usr/bin/env bash
# From proposals to codes: what names the author is hidden, a person decides, judges get random codes.
. "$(dirname "$0")/../lib/tap.sh"
fixtures=$ROOT/fixtures
seed=00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff
rows() { chamthi audit list --format json | jq length; }
spans() { chamthi redact list --contest 2024 --format json "$@"; }
sql() { sqlite3 "$CHAMTHI_DB" "$1"; }

chamthi contest load "$fixtures"/contests/20*.yaml >/dev/null
chamthi unit load "$fixtures/units.csv" >/dev/null
chamthi judge load "$fixtures/judges.csv" >/dev/null
chamthi import "$fixtures/entries/2024" --contest 2024 >/dev/null 2>&1

# ---- proposals ----
is "proposals ask for a person" "$(status chamthi redact --contest 2024)" 1
is "the three entries that name their author are found, and no other" \
  "$(spans | jq -r 'map(.receipt) | unique | join(" ")')" "2024-00006 2024-00007 2024-00008"
is "with signature, capitals and first line" "$(spans | jq -r 'map(.text) | join("|")')" \
  "Trường|Giáp Văn Trường, 0900 247 316|Hằng|THÁI THỊ THU HẰNG|Nghiêm Xuân Hoạch – Đơn vị: Hội Cựu chiến binh xã Vân Hà, huyện Đông Anh"
chamthi entry text 2024-00006 >text
cut=$(spans | jq -r '.[1] | "\(.start) \(.end)"'); read -r from to <<<"$cut"
is "offsets are bytes of the display text" "$(head -c "$to" text | tail -c +$((from + 1)))" "Giáp Văn Trường, 0900 247 316"
before=$(rows)
chamthi redact --contest 2024 >/dev/null
is "a second run leaves no audit row" "$(rows)" "$before"

# ---- titles ----
cp "$CHAMTHI_DB" titles.db # after a checkpoint: nobody else has it open
title() { sqlite3 titles.db "SELECT b.title FROM blind b JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id) WHERE e.receipt = '$1'"; }
in_titles() { chamthi --db titles.db "$@"; }
places() { in_titles redact list --contest 2024 --format json "$@" | jq -r 'map(select(.part == "title") | "\(.receipt) \(.text)") | join("|")'; }
for pair in '2024-00006|Nhớ bác Trường' '2024-00007|THÁI THỊ THU HẰNG và tôi' '2024-00008|Nghiêm Xuân Hoạch kể' '2024-00009|Cô giáo làng'; do
  sqlite3 titles.db "UPDATE entry SET title = '${pair#*|}' WHERE receipt = '${pair%|*}'"
done
in_titles redact --contest 2024 >/dev/null
is "a name in a title is proposed like one in the text" "$(places)" "2024-00006 Trường|2024-00007 THÁI THỊ THU HẰNG|2024-00008 Nghiêm Xuân Hoạch"
in_titles redact review --all --skip --contest 2024 >/dev/null
sqlite3 titles.db "VACUUM INTO 'skipped.db'"
number() { in_titles redact list --contest 2024 --format json | jq ".[] | select(.part == \"title\" and .receipt == \"$1\") | .id"; }
in_titles redact accept "$(number 2024-00006)" >/dev/null
in_titles redact reject "$(number 2024-00008)" >/dev/null
in_titles redact add 2024-00009 'Cô giáo' >/dev/null
for db in titles skipped; do chamthi --db $db.db phach give --contest 2024 --round so-khao --seed $seed >/dev/null; done
is "what a person hides is hidden, also a single word" "$(title 2024-00006)" "Nhớ bác […]"
is "a full name nobody has ruled on is hidden" "$(title 2024-00007)" "[…] và tôi"
is "what a person leaves is left" "$(title 2024-00008)" "Nghiêm Xuân Hoạch kể"
is "what a person adds is hidden" "$(title 2024-00009)" "[…] làng"
in_titles redact accept "$(number 2024-00008)" >/dev/null
is "a later decision reaches judges at once" "$(title 2024-00008)" "[…] kể"
mv skipped.db titles.db
is "when the review is skipped, a single word stays" "$(title 2024-00006)" "Nhớ bác Trường"
is "and a full name is hidden" "$(title 2024-00008)" "[…] kể"

# ---- before anybody has looked ----
chamthi phach give --contest 2024 --round so-khao --format json >none.json
is "no entry gets a code before its redaction is reviewed" "$(jq -r 'map(.outcome) | unique | join(",")' none.json)" "not_reviewed,undecided"
is "and that asks for a person" "$(status chamthi phach give --contest 2024 --round so-khao)" 1
is "nothing was written" "$(sql 'SELECT count(*) FROM blind')" 0

# ---- decisions ----
is "a review with open proposals is refused" "$(status chamthi redact review 2024-00006)" 2
first=$(spans | jq '.[0].id')
ok "a person leaves one place as it is" chamthi redact reject "$first"
for id in $(spans --status proposed | jq '.[].id'); do chamthi redact accept "$id" >/dev/null; done
is "an unknown number decides nothing, also not the ones beside it" "$(status chamthi redact accept "$first" 99999)" 2
is "so the first is still left" "$(spans | jq -r '.[0].status')" rejected
has "the redacted text hides the signature" "$(chamthi entry text 2024-00006 --form redacted)" "Người viết: […]"
has "and keeps the rejected place" "$(chamthi entry text 2024-00006 --form redacted)" "Bác Trường"
lacks "the capitals are gone" "$(chamthi entry text 2024-00007 --form redacted)" "THÁI THỊ THU HẰNG"
has "the original is kept" "$(chamthi entry text 2024-00007)" "THÁI THỊ THU HẰNG"
ok "a person hides more" chamthi redact add 2024-6 "Bác Trường"
lacks "everywhere it stands" "$(chamthi entry text 2024-00006 --form redacted)" "Bác Trường"
is "what stands nowhere is refused" "$(status chamthi redact add 2024-6 'không có trong bài')" 2
chamthi redact --contest 2024 >/dev/null
is "a later run proposes nothing that was decided" "$(spans --status proposed | jq length)" 0

# ---- codes ----
ok "the review of all is recorded" chamthi redact review --all --contest 2024
chamthi check --contest 2024 >/dev/null
judge_entry=$(chamthi finding list --format json | jq 'map(select(.title == "Ngõ hẹp, chuông to"))[0].id')
chamthi finding rule "$judge_entry" accept --reason "giám khảo" >/dev/null
sql "VACUUM INTO 'twin.db'"; sql "VACUUM INTO 'third.db'"
is "codes are given; the accepted violation gets none" "$(status chamthi phach give --contest 2024 --round so-khao --seed $seed)" 1
entries=$(sql "SELECT count(*) FROM entry WHERE year = 2024")
is "every other entry has one" "$(sql 'SELECT count(*) FROM blind')" $((entries - 1))
is "each with its text" "$(sql "SELECT count(*) FROM blind b JOIN identity_phach p ON p.phach = b.phach AND p.round_id = b.round_id")" $((entries - 1))
is "no redacted name reaches a judge" "$(sql "SELECT count(*) FROM blind WHERE text LIKE '%THÁI THỊ THU HẰNG%' OR text LIKE '%Giáp Văn Trường%' OR text LIKE '%Nghiêm Xuân Hoạch%'")" 0
is "the table's own order is that of the codes" "$(sql 'SELECT phach FROM blind ORDER BY rowid')" "$(sql 'SELECT phach FROM blind ORDER BY phach')"
lacks "which is not that of receipt" "$(sql "SELECT group_concat(e.receipt) FROM (SELECT p.entry_id FROM identity_phach p ORDER BY p.phach) x JOIN entry e USING (entry_id)")" \
  "$(sql "SELECT group_concat(receipt) FROM (SELECT e.receipt FROM entry e JOIN identity_phach p USING (entry_id) ORDER BY e.receipt)")"
# Kendall's S between codes and order of receipt, over twenty draws of codes: within what chance gives in 99 of 100.
for i in $(seq 20); do
  cp third.db codes.db
  chamthi --db codes.db phach give --contest 2024 --round so-khao --seed "$(printf '%064x' "$i")" >/dev/null
  sqlite3 codes.db "SELECT sum(CASE WHEN a.phach < b.phach THEN 1 ELSE -1 END), count(*)
    FROM identity_phach a JOIN identity_phach b ON a.entry_id < b.entry_id"
done | awk -F'|' '{ s += $1; pairs = $2; draws++ } END {
  n = (1 + sqrt(1 + 8 * pairs)) / 2; z = s / sqrt(draws * n * (n - 1) * (2 * n + 5) / 18)
  print (n > 10 && z * z < 2.576 ^ 2) ? "chance" : "order shows: n " n " z " z }' >tau
is "a code tells nothing of when an entry came" "$(cat tau)" chance
lacks "the report names no code" "$(chamthi phach give --contest 2024 --round so-khao --format json)" "$(sql 'SELECT phach FROM blind LIMIT 1')"
before=$(rows) codes=$(sql 'SELECT phach, entry_id FROM identity_phach ORDER BY 1' | cksum)
chamthi phach give --contest 2024 --round so-khao >/dev/null
is "giving again changes nothing" "$(rows) $(sql 'SELECT phach, entry_id FROM identity_phach ORDER BY 1' | cksum)" "$before $codes"
chamthi --db twin.db phach give --contest 2024 --round so-khao --seed $seed >/dev/null
is "the same seed gives the same codes" "$(sqlite3 twin.db 'SELECT phach, entry_id FROM identity_phach ORDER BY 1' | cksum)" "$codes"
is "a seed of another length is refused" "$(status chamthi phach give --contest 2024 --round so-khao --seed 00ff)" 2
chamthi redact add 2024-00009 "$(chamthi entry text 2024-00009 | grep -oE '[[:alpha:]]+' | awk 'length($0) > 4' | head -1)" >/dev/null
has "a place hidden after the codes were given is hidden from judges at once" \
  "$(sql "SELECT b.text FROM blind b JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id) WHERE e.receipt = '2024-00009'")" "[…]"

# ---- another text needs another review ----
third() { chamthi --db third.db "$@"; }
cp -r "$fixtures/entries/2024" parcel
file=$(chamthi entry list --contest 2024 --format json | jq -r '.[] | select(.receipt == "2024-00006") | .file')
printf '\n\nViết thêm một đoạn, ký lại: Giáp Văn Trường.\n' >>"parcel/$file"
third import parcel --contest 2024 >/dev/null 2>&1
outcome() { third phach give --contest 2024 --round so-khao --format json | jq -r '.[] | select(.receipt == "2024-00006") | .outcome'; }
is "a replaced text has not been reviewed" "$(outcome)" not_reviewed
has "and none of the old text's places is hidden in it" "$(third entry text 2024-00006 --form redacted)" "Người viết: Giáp Văn Trường"
third redact --contest 2024 >/dev/null
is "its own places are proposed" "$(third redact list --entry 2024-6 --status proposed --format json | jq -r 'map(.kind) | join(",")')" "name,name,name"
is "and wait for a person" "$(outcome)" undecided
third redact accept --all --contest 2024 >/dev/null
is "decided is not yet reviewed" "$(outcome)" not_reviewed
ok "a recorded choice to skip is enough" chamthi --db third.db redact review 2024-00006 --skip
is "then it gets its code" "$(outcome)" given

# ---- nothing left to read ----
empty() { chamthi --db empty.db "$@"; }
empty contest load "$fixtures/contests/2024.yaml" >/dev/null
mkdir bare
printf 'Giáp Văn Trường\n' >bare/a.txt
printf 'tệp,tên bài,tác giả,nhân vật,số từ\na.txt,Chỉ có tên,Giáp Văn Trường,Lê Thị Tốt,\n,Bài viết tay,Hà Thị Mơ,Lê Thị Tốt,900\n' >bare/manifest.csv
empty import bare --contest 2024 >/dev/null 2>&1
empty redact --contest 2024 >/dev/null
empty redact accept --all --contest 2024 >/dev/null
is "a text that is nothing but its author's name is a mark alone" "$(empty entry text 2024-00001 --form redacted)" "[…]"
is "an entry without a text has no redacted one" "$(empty entry text 2024-00002 --form redacted)" ""
empty redact review --all --contest 2024 >/dev/null
empty phach give --contest 2024 --round so-khao >/dev/null
is "what judges get stays as empty as that" "$(sqlite3 empty.db "SELECT group_concat(trim(text, char(10)), '|') FROM (SELECT text FROM blind ORDER BY text)")" "|[…]"

# ---- later rounds, joining ----
is "the second round waits for the ranking of the first" "$(status chamthi phach give --contest 2024 --round chung-khao)" 2
is "codes are not joined while the round is judged" "$(status chamthi phach join --contest 2024 --round so-khao)" 2
is "an unknown round is refused" "$(status chamthi phach give --contest 2024 --round x)" 2
sqlite3 "$CHAMTHI_DB" "INSERT INTO result(round_id, entry_id, method, sheet_count, mean_points, adjusted_points, rank, tied)
  SELECT p.round_id, p.entry_id, 'mean', 3, 700, 700, r, r = 12 FROM (SELECT p.*, min(row_number() OVER (PARTITION BY e.track_id ORDER BY e.entry_id), 12) AS r
  FROM identity_phach p JOIN entry e USING (entry_id)) p; UPDATE round SET state = 'closed' WHERE key = 'so-khao' AND year = 2024;"
essays=$(sql "SELECT count(*) FROM identity_phach p JOIN entry e USING (entry_id) JOIN track t USING (track_id) WHERE t.key = 'essay'")
others=$(sql "SELECT count(*) FROM identity_phach p JOIN entry e USING (entry_id) JOIN track t USING (track_id) WHERE t.key <> 'essay'")
chamthi phach give --contest 2024 --round chung-khao >/dev/null
is "all that tie at the line go on" "$(sql "SELECT count(*) FROM blind b JOIN round r USING (round_id) WHERE r.key = 'chung-khao'")" $((essays + others))
is "with another code in the other round" "$(sql "SELECT count(*) FROM identity_phach a JOIN identity_phach b ON a.entry_id = b.entry_id AND a.round_id <> b.round_id AND a.phach = b.phach")" 0
before=$(rows)
is "after the round codes are joined" "$(chamthi phach join --contest 2024 --round so-khao --format json | jq length)" $((entries - 1))
is "which is audited" "$(rows) $(chamthi audit list --last 1 --format json | jq -r '.[0].action')" "$((before + 1)) phach.join"
is "no more codes for a closed round" "$(status chamthi phach give --contest 2024 --round so-khao)" 2
ok "the audit chain is intact" chamthi audit verify
lacks "and holds no name" "$(chamthi audit list --format json)" "Trường"
done_testing
