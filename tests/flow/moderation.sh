#!/usr/bin/env bash
# A round from its marks to a standing that can be defended: further readings, ties, what the judges did.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/panel.sh"
standing() { chamthi --format json rank --round so-khao 2>/dev/null; }
rank_of() { standing | jq --arg r "$1" '.[] | select(.receipt == $r) | .rank'; }
mean_of() { standing | jq --arg r "$1" '.[] | select(.receipt == $r) | .mean * 100 | round'; }
purpose() { sqlite3 chamthi.db "SELECT count(*) FROM sheet WHERE purpose = '$1'"; }

ok "a round by two judges is dealt" panel_make 2 '    method: auto
    third: {gap: 20, final: third_is_final}
    ties: [{by: phat-hien}, {by: top_marks}, {by: vote}, {by: lot}]'
panel_mark >/dev/null
ranked=$(standing)
is "the rulebook's method is used: ranks come with intervals and chances" \
  "$(printf '%s\n' "$ranked" | jq '[.[] | select(.track == "essay" and .low < .adjusted and .adjusted < .high and .chance != null and .rank_low <= .rank and .rank <= .rank_high)] | length')" 20
is "the mean stands beside the adjusted points" "$(printf '%s\n' "$ranked" | jq '[.[] | select(.mean != null)] | length')" 24

conduct=$(chamthi --format json rank judges --round so-khao)
is "every judge of every track is described in words" "$(printf '%s' "$conduct" | jq '[.[] | select(.says != "")] | length')" "$(printf '%s' "$conduct" | jq length)"
stable=$(chamthi --format json rank stability --round so-khao)
is "without each judge, each criterion, the adjustment: a line for each" \
  "$(printf '%s' "$stable" | jq '[.[] | select(.track == "essay")] | length')" "$((1 + 5 + $(printf '%s' "$conduct" | jq '[.[] | select(.track == "essay")] | length')))"
is "the raw mean puts another entry first here, and it is named" \
  "$(printf '%s' "$stable" | jq -r '.[0] | .verdict + " " + .first')" "đổi bài đứng đầu $(printf '%s' "$ranked" | jq -r '[.[] | select(.track == "essay")] | max_by(.mean) | .receipt')"

cp chamthi.db empty.db
sqlite3 empty.db "UPDATE sheet SET state = 'open' WHERE phach IN (SELECT phach FROM blind JOIN track USING (track_id) WHERE key = 'press')"
is "a track in which nothing is ranked has no line" \
  "$(chamthi --db empty.db --format json rank stability --round so-khao | jq -c '[.[].track] | unique')" '["essay"]'
chamthi report methods -o methods.pdf >/dev/null
has "the methods tell how many judges the draw gave an entry" "$(pdftotext -layout methods.pdf - | tr -s ' \n' ' ')" "mỗi bài giao cho 2 giám khảo"

# One judge sees the first entry quite differently.
top=$(printf '%s\n' "$ranked" | jq -r '.[] | select(.track == "essay" and .rank == 1) | .receipt')
phach=$(sqlite3 chamthi.db "SELECT phach FROM identity_phach JOIN entry USING (entry_id) WHERE receipt = '$top'")
judge=$(awk -F, -v p="$phach" '$1 == p { print $2; exit }' marks.csv)
chamthi sheet return "$phach" --judge "$judge" --reason "Chấm lại" >/dev/null
awk -F, -v OFS=, -v p="$phach" -v j="$judge" 'NR == 1 { print } $1 == p && $2 == j { $4 = int($4 * 1.2) / 2; print }' marks.csv >low.csv
chamthi sheet enter low.csv >/dev/null
due=$(chamthi --format csv reading due --round so-khao --for third)
is "exactly the entry whose judges differ is due a third reading" "$(printf '%s\n' "$due" | awk -F, 'NR > 1 { print $3 }')" "$top"
is "looking changes nothing" "$(purpose third)" 0
ok "the third reading is given out" chamthi reading add --round so-khao --for third
is "to one judge who has not read the entry" "$(sqlite3 chamthi.db "SELECT count(DISTINCT judge_id) FROM sheet WHERE phach = '$phach'")" 3
is "it is not due twice" "$(chamthi --format csv reading due --round so-khao --for third | wc -l)" 1
is "a judge is not told what a reading is for" "$(chamthi sheet export --round so-khao | head -1)" "phach,judge,criterion,points,comment"
panel_mark >/dev/null
third=$(sqlite3 chamthi.db "SELECT sum(points) FROM mark JOIN sheet USING (sheet_id) WHERE purpose = 'third'")
is "third_is_final: the third reading alone counts" "$(mean_of "$top")" "$third"
others=$(sqlite3 chamthi.db "SELECT sum(points) / 2 FROM mark JOIN sheet USING (sheet_id) WHERE phach = '$phach' AND purpose = 'draw'")
is "it is listed beside what the two others gave, not beside itself" \
  "$(chamthi --format json reading list --round so-khao | jq '.[] | select(.purpose == "third") | .against * 100 | round')" "$others"
sed -i 's/final: third_is_final/final: median_of_three/' rules.yaml && chamthi contest load rules.yaml >/dev/null
middle=$(sqlite3 chamthi.db "SELECT sum(points) AS p FROM mark JOIN sheet USING (sheet_id) WHERE phach = '$phach' GROUP BY sheet_id ORDER BY p LIMIT 1 OFFSET 1")
is "median_of_three: the middle one" "$(mean_of "$top")" "$middle"
sed -i 's/final: median_of_three/final: mean_of_all/' rules.yaml && chamthi contest load rules.yaml >/dev/null
all=$(sqlite3 chamthi.db "SELECT (2 * sum(points) + 3) / 6 FROM mark JOIN sheet USING (sheet_id) WHERE phach = '$phach'")
is "mean_of_all: all three" "$(mean_of "$top")" "$all"

ok "check-marking is given out" chamthi reading add --round so-khao --for check --share 10 --seed "$SEED"
is "a tenth of each track, and never without its first" \
  "$(sqlite3 chamthi.db "SELECT count(*), sum(r.rank = 1) FROM sheet s JOIN identity_phach p USING (phach) JOIN result r ON r.entry_id = p.entry_id AND r.round_id = s.round_id WHERE s.purpose = 'check'")" "3|2"
before=$(mean_of "$top")
panel_mark >/dev/null
is "check-marking does not change an entry's points" "$(mean_of "$top")" "$before"
line=$(chamthi --format csv reading due --round so-khao --for line --readings 4)
is "readings at the line go to the entries in most doubt" "$(printf '%s\n' "$line" | awk -F, 'NR > 1 { n += $5; if ($7 <= 2 || $7 >= 98) bad++ } END { print n, bad + 0 }')" "4 0"
ok "they are given out" chamthi reading add --round so-khao --for line --readings 4
is "each says what it is for" "$(purpose line)" 4
ok "an entry gets the points the panel agreed on" chamthi reading calibrate 2024-00009 --round so-khao --points 90 --tolerance 5
ok "and goes to every judge who may read it" chamthi reading add --round so-khao --for calibration
is "nine readings in all" "$(sqlite3 chamthi.db "SELECT count(*) FROM sheet JOIN identity_phach USING (phach) JOIN entry USING (entry_id) WHERE receipt = '2024-00009'")" 9
panel_mark >/dev/null
has "who is far from the agreed points is named" "$(chamthi reading list --round so-khao)" "lệch quá mức cho phép"
sqlite3 chamthi.db "UPDATE mark SET points = points - 50 WHERE sheet_id = (SELECT max(sheet_id) FROM sheet WHERE state = 'submitted') AND points > 500"
has "a mark changed behind the history is found" "$(chamthi doctor)" "KHÔNG"
sqlite3 chamthi.db "UPDATE mark SET points = points + 50 WHERE sheet_id = (SELECT max(sheet_id) FROM sheet WHERE state = 'submitted') AND points > 450"
ok "doctor is content" chamthi doctor

# Two entries that nothing in the marks tells apart.
for table in mark mark_revision; do
  sqlite3 chamthi.db "UPDATE $table SET points = 1000 WHERE sheet_id IN (SELECT sheet_id FROM sheet WHERE phach IN (SELECT phach FROM identity_phach JOIN entry USING (entry_id) WHERE receipt IN ('2024-00019', '2024-00020')));
    UPDATE $table SET points = 500 WHERE criterion_id IN (SELECT criterion_id FROM criterion WHERE key = 'the-thuc') AND points = 1000"
done
sed -i 's/    method: auto/    method: mean/' rules.yaml && chamthi contest load rules.yaml >/dev/null
has "level entries share a rank" "$(chamthi rank --round so-khao 2>/dev/null | grep 2024-00019)" "đồng hạng"
is "a vote that leaves one of them out is refused: status 2" "$(status chamthi tie vote 2024-00019=3 2024-00001=2 --round so-khao --reason x)" 2
ok "the panel votes" chamthi tie vote 2024-00019=3 2024-00020=4 --round so-khao --reason "Biên bản 12/9"
has "and the rank says by what" "$(chamthi rank --round so-khao 2>/dev/null | grep 2024-00020)" "xếp theo biểu quyết"
is "more votes stand first" "$(rank_of 2024-00020),$(rank_of 2024-00019)" "3,4"
chamthi tie vote 2024-00019=3 2024-00020=3 --round so-khao --reason "Biểu quyết lại" >/dev/null
is "an even vote leaves them level" "$(rank_of 2024-00020),$(rank_of 2024-00019)" "3,3"
ok "a lot is drawn in public" chamthi tie lot --round so-khao --drawn "07 21 33" --reason "Trước đại diện các đơn vị"
one="$(rank_of 2024-00020),$(rank_of 2024-00019)"
is "and tells them apart" "$([ "$one" = 3,4 ] || [ "$one" = 4,3 ] && echo yes)" yes
is "there is no second lot: status 2" "$(status chamthi tie lot --round so-khao --drawn "08" --reason x)" 2
# The close, and what comes after it.
chamthi rank --round so-khao >/dev/null 2>&1
sqlite3 chamthi.db "DELETE FROM keyed_mark"
list=$(chamthi --format json round checklist --round so-khao)
is "everything that must hold does" "$(printf '%s' "$list" | jq -r '[.[] | select(.count > 0) | .condition] | join(" ")')" ""
is "an open round is not amended: status 2" "$(status chamthi sheet amend "$phach" --judge "$judge" --criterion the-thuc --points 0 --round so-khao --reason x)" 2
has "closing prints the head of the audit chain" "$(chamthi round close --round so-khao)" "$(chamthi audit verify | grep -o '[0-9a-f]\{64\}')"
is "after it no sheet goes back: status 2" "$(status chamthi sheet return "$phach" --judge "$judge" --reason x)" 2
first=$(standing | jq -r '.[] | select(.track == "essay" and .rank == 1) | .receipt')
code=$(sqlite3 chamthi.db "SELECT phach FROM identity_phach JOIN entry USING (entry_id) WHERE receipt = '$first'")
reader=$(sqlite3 chamthi.db "SELECT judge.code FROM sheet JOIN judge USING (judge_id) WHERE phach = '$code' AND state = 'submitted' AND purpose = 'draw' LIMIT 1")
amend() { chamthi --format json sheet amend "$code" --judge "$reader" --criterion chan-thuc --points 0 --round so-khao --reason "QĐ 12/HĐGK" "$@"; }
before=$(chamthi audit verify)
effect=$(amend)
is "an amendment shows what it does first" "$(printf '%s' "$effect" | jq --arg r "$first" '.[] | select(.receipt == $r) | .rank_before == 1 and .rank_after > 1')" true
is "and changes nothing by that" "$(chamthi audit verify)" "$before"
amend --apply >/dev/null
is "applied, the result is the one shown" "$(rank_of "$first")" "$(printf '%s' "$effect" | jq --arg r "$first" '.[] | select(.receipt == $r) | .rank_after')"
has "the old mark stays in the sheet's history" "$(chamthi sheet history "$code" --judge "$reader")" "QĐ 12/HĐGK"
is "each ranking stands track by track" \
  "$(chamthi --format json rank history --round so-khao | jq -c '[.[] | select(.rank == 1)] | .[0:2] | map(.track)')" '["essay","press"]'
is "and the old ranking in the round's" "$(chamthi --format json rank history --round so-khao | jq --arg r "$first" '[.[] | select(.receipt == $r)] | .[-2:] | map(.rank) | .[0] == 1 and .[1] > 1')" true
is "a mark off the scale is no amendment: status 2" "$(status chamthi sheet amend "$code" --judge "$reader" --criterion chan-thuc --points 26 --round so-khao --reason x)" 2
units=$(chamthi --format json rank units --round so-khao)
is "units stand by entries above the line, then number, then points" \
  "$(printf '%s' "$units" | jq '. == sort_by(-.above, -.entries, -(.mean // -1))')" true
is "and every entry is counted once" "$(printf '%s' "$units" | jq 'map(.entries) | add')" "$(sqlite3 chamthi.db "SELECT count(*) FROM entry WHERE year = 2024 AND state = 'received' AND unit_id IS NOT NULL")"
ok "doctor is content after it all" chamthi doctor
ok "every ranking is kept" test "$(sqlite3 chamthi.db "SELECT count(*) FROM ranking")" -gt 5
done_testing
