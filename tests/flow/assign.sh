# The draw of a round as an organizer runs it: plan, publish, verify, repair; and the file mode.
. "$(dirname "$0")/../lib/tap.sh"
FIXTURES=$ROOT/fixtures
sql() { sqlite3 -batch "$CHAMTHI_DB" "PRAGMA foreign_keys = ON; $1"; }

# ---- file mode ----
{
  echo entry,track,unit,author_units,subject_unit,language,conflicts
  for i in $(seq -w 1 40); do echo "E$i,essay,U$((10#$i % 5)),U$((10#$i % 3)),,,"; done
} >entries.csv
{
  echo judge,name,unit,tracks,languages,cap,conflicts
  for i in 1 2 3 4 5 6 7 8 9; do echo "J$i,x,U$i,,,,"; done
  echo "J10,x,,,,3,E01;U4"
} >judges.csv
deal() { chamthi --format json assign deal --entries "${1:-entries.csv}" --judges "${2:-judges.csv}" --per-entry 3 --seed 7; }
ok "a plan is dealt from two files" deal
is "everybody reads 12 to 13, but the one who may read 3" \
  "$(deal | jq -c '[.assignments[].judge] | group_by(.) | map(length) | unique')" "[3,13]"
is "the proof finds no rule broken, nothing cheaper, one component" \
  "$(deal | jq -c '.proof | [.violations, .gap, .components, .load_min, .load_max]')" "[0,0,1,3,13]"
(head -1 entries.csv; tail -n +2 entries.csv | sort -r) >entries-r.csv
(head -1 judges.csv; tail -n +2 judges.csv | sort -r) >judges-r.csv
is "the order of the rows does not matter" "$(deal entries-r.csv judges-r.csv)" "$(deal)"
has "as CSV the columns are entry and judge" \
  "$(chamthi --format csv assign deal --entries entries.csv --judges judges.csv --per-entry 2 --seed 7 | head -1)" "entry,judge"
has "the hash is that of the CSV" \
  "$(chamthi --format csv assign deal --entries entries.csv --judges judges.csv --per-entry 3 --seed 7 | b2sum -l 256)" \
  "$(deal | jq -r .proof.hash)"

{ head -1 entries.csv; for i in $(seq 600); do echo "E$i,$([ $((i % 3)) = 0 ] && echo press || echo essay),U$((i % 25)),,,,"; done; } >entries-600.csv
{ head -1 judges.csv; for i in $(seq 40); do echo "J$i,x,U$((i % 33)),,,,"; done; } >judges-40.csv
is "without any --cap, judges can be compared at 90 % of the ideal or better" \
  "$(deal entries-600.csv judges-40.csv | jq -c '.proof | [.efficiency >= 0.9, .gap, .violations, .components, .load_max - .load_min]')" "[true,0,0,1,0]"

refused() { # sentence, part of the message, command…
  local sentence=$1 part=$2; shift 2
  is "$sentence: status 2" "$(status "$@")" 2
  has "$sentence: says so" "$("$@" 2>&1)" "$part"
}
deal_with() { chamthi assign deal --entries "$1" --judges "$2" --per-entry "${3:-3}"; }
refused "more judges an entry than there are" "không đủ giám khảo" deal_with entries.csv judges.csv 9
cp judges.csv twice.csv; echo "J3,x,U3,,,," >>twice.csv
refused "a judge twice" "“J3” xuất hiện hơn một lần (dòng 4 và 12)" deal_with entries.csv twice.csv
with_cap() { awk -F, -v OFS=, -v cap="$1" 'NR > 1 { $6 = cap } 1' judges.csv; }
with_cap x >cap.csv
refused "a cap that is no number" "dòng 2: hạn mức “x”" deal_with entries.csv cap.csv
with_cap 4 >low.csv
refused "caps too low" "thiếu 80 lượt" deal_with entries.csv low.csv
head -1 judges.csv >none.csv
refused "no judge at all" "không có giám khảo nào" deal_with entries.csv none.csv
refused "a share of nothing" "--cap" chamthi assign deal --entries entries.csv --judges judges.csv --per-entry 2 --cap 0

# ---- a round in the store ----
chamthi contest load "$FIXTURES/contests/2023.yaml" "$FIXTURES/contests/2024.yaml" >/dev/null
chamthi unit load "$FIXTURES/units.csv" >/dev/null
chamthi judge load "$FIXTURES/judges.csv" >/dev/null
refused "a draw without entries" "phach give" chamthi assign plan --contest 2024 --round so-khao
chamthi import "$FIXTURES/entries/2024" --contest 2024 >/dev/null
chamthi redact review --all --skip --contest 2024 >/dev/null
chamthi phach give --contest 2024 --round so-khao >/dev/null
ROUND="--contest 2024 --round so-khao"
refused "a round that does not exist" "so-so" chamthi assign plan --contest 2024 --round so-so
refused "publishing before planning" "assign plan" chamthi assign publish $ROUND
is "the chair sees what each largest share does, from the whole down" \
  "$(chamthi --format json assign options $ROUND | jq -c '[length, .[0].cap, .[7].cap, (map(select(.possible != "được")) | length)]')" '[8,"1.0000","0.0200",0]'
is "and nothing is stored" "$(sql 'SELECT count(*) FROM draw')" 0
ok "a plan" chamthi assign plan $ROUND --seed 2024
is "no judge has a sheet yet" "$(sql 'SELECT count(*) FROM sheet')" 0
ok "another plan" chamthi assign plan $ROUND
has "what became of a draw is said in the reader's language" "$(chamthi assign list $ROUND --draws)" "chưa công bố"
is "both draws can be seen" "$(chamthi --format json assign list $ROUND --draws | jq length)" 2
list=$(chamthi --format csv assign publish $ROUND --draw 1)
is "the receipt lists judge by code, three for each entry" "$(echo "$list" | tail -n +2 | wc -l)" \
  "$((3 * $(sql 'SELECT count(*) FROM blind')))"
lacks "and names no entry" "$list" "2024-0"
is "a sheet is there for each line" "$(sql "SELECT count(*) FROM sheet WHERE state = 'open'")" "$(echo "$list" | tail -n +2 | wc -l)"
is "each judge's entries lie in a parcel" "$(chamthi --format json assign list $ROUND | jq -c 'map(.parcel) | unique')" "[1]"
ok "each judge's parcels are printed" chamthi assign print $ROUND --judge GK01 -o gk01.pdf
printed=$(pdftotext -layout gk01.pdf -)
has "with their codes" "$(pdftotext -raw gk01.pdf - | tr -d ' \n')" "$(tr -d ' \n' <<<"$(sql "SELECT phach FROM sheet s JOIN judge j USING (judge_id)
  WHERE j.code = 'GK01' ORDER BY 1 LIMIT 1")")"
has "and the words of each parcel" "$printed" "Túi 1: $(sql "SELECT count(*) FROM sheet s JOIN judge j USING (judge_id) WHERE j.code = 'GK01'") bài"
lacks "and nobody's receipt number" "$printed" "2024-0"
is "publishing twice is refused" "$(status chamthi assign publish $ROUND)" 2
refused "planning after publishing" "assign repair" chamthi assign plan $ROUND
is "no judge reads an entry of their unit, or of a unit they declared" "$(sql "SELECT count(*) FROM sheet s
  JOIN identity_phach p ON p.phach = s.phach JOIN judge j ON j.judge_id = s.judge_id
  LEFT JOIN unit u ON u.unit_id = j.unit_id JOIN entry e ON e.entry_id = p.entry_id
  LEFT JOIN identity_author a ON a.entry_id = e.entry_id
  JOIN unit v ON v.unit_id IN (e.unit_id, a.unit_id)
  WHERE v.code = u.code OR v.parent_code = u.code
  OR v.code IN (SELECT reference FROM judge_conflict c WHERE c.judge_id = j.judge_id)")" 0
is "no essay judge reads press works" "$(sql "SELECT count(*) FROM sheet s JOIN judge j ON j.judge_id = s.judge_id
  JOIN judge_contest c ON c.judge_id = j.judge_id AND c.year = 2024 JOIN blind b ON b.phach = s.phach
  JOIN track t ON t.track_id = b.track_id WHERE c.tracks <> '' AND instr(c.tracks, t.key) = 0")" 0
ok "the draw verifies" chamthi assign verify $ROUND

# ---- what can go wrong with it ----
cp "$CHAMTHI_DB" good.db
tampered() { # sentence, sql
  cp good.db "$CHAMTHI_DB"; rm -rf "$CHAMTHI_DB"-*
  sql "$2"
  is "$1: verify says so" "$(status chamthi assign verify $ROUND)" 1
  cp good.db "$CHAMTHI_DB"; rm -rf "$CHAMTHI_DB"-*
}
tampered "a sheet given to another judge" "UPDATE sheet SET judge_id = (SELECT max(judge_id) FROM judge j
  WHERE NOT EXISTS (SELECT 1 FROM sheet x WHERE x.phach = sheet.phach AND x.judge_id = j.judge_id)) WHERE sheet_id = 1"
tampered "another seed" "UPDATE draw SET seed = zeroblob(32) WHERE state = 'published'"
tampered "the input changed, its hash too" "UPDATE draw SET inputs = replace(inputs, 'per_entry=3', 'per_entry=2') WHERE state = 'published'"
tampered "the proof embellished" "UPDATE draw SET proof = replace(proof, '\"components\":1', '\"components\":0')"
tampered "a draw nobody recorded" "UPDATE audit SET after = 'draw=1' WHERE action = 'assign.plan'"

# ---- repair ----
drop=$(sql "SELECT j.code FROM sheet s JOIN judge j ON j.judge_id = s.judge_id GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1")
first=$(sql "SELECT min(sheet_id) FROM sheet s JOIN judge j ON j.judge_id = s.judge_id WHERE j.code = '$drop'")
sql "UPDATE sheet SET state = 'submitted' WHERE sheet_id = $first"
before=$(sql "SELECT phach || judge_id FROM sheet WHERE judge_id <> (SELECT judge_id FROM judge WHERE code = '$drop') ORDER BY 1")
held=$(sql "SELECT count(*) FROM sheet s JOIN judge j ON j.judge_id = s.judge_id WHERE j.code = '$drop'")
is "nothing to repair yet" "$(chamthi assign repair $ROUND)" "Không có phiếu nào cần chia lại."
report=$(chamthi --format json assign repair $ROUND --drop "$drop")
is "a judge leaves: exactly the unfinished sheets are given out again" "$(echo "$report" | jq -c '[.lost, .dealt, .proof.violations, .proof.gap]')" \
  "[$((held - 1)),$((held - 1)),0,0]"
is "the submitted sheet stays" "$(sql "SELECT state FROM sheet WHERE sheet_id = $first")" submitted
is "the others' parcels stay, what is new lies in one" "$(sql "SELECT count(*) FROM sheet WHERE parcel = 0 AND state <> 'lost'")" 0
is "no other sheet moved" "$(comm -23 <(echo "$before") <(sql "SELECT phach || judge_id FROM sheet WHERE state <> 'lost' ORDER BY 1"))" ""
ok "the repaired draw verifies" chamthi assign verify $ROUND
is "dropping again does nothing" "$(chamthi assign repair $ROUND --drop "$drop")" "Không có phiếu nào cần chia lại."
refused "dropping somebody unknown" "GK99" chamthi assign repair $ROUND --drop GK99
IFS='|' read -r phach judge <<<"$(sql "SELECT s.phach, j.code FROM sheet s JOIN judge j ON j.judge_id = s.judge_id WHERE s.state = 'open'
  AND NOT EXISTS (SELECT 1 FROM sheet x JOIN judge y ON y.judge_id = x.judge_id WHERE x.phach = s.phach AND y.code = '$drop')
  ORDER BY s.sheet_id LIMIT 1")"
refused "a reason that is none" "author" chamthi assign recuse "$phach" $ROUND --judge "$judge" --reason x
refused "an entry somebody does not read" "$drop" chamthi assign recuse "$phach" $ROUND --judge "$drop" --reason author
cp "$CHAMTHI_DB" later.db
sqlite3 later.db "UPDATE sheet SET state = 'submitted'"
refused "a sheet that was handed in" "chamthi sheet return" chamthi --db later.db assign recuse "$phach" $ROUND --judge "$judge" --reason author
sqlite3 later.db "UPDATE round SET state = 'closed'"
refused "an entry of a closed round" "vòng chấm đã đóng" chamthi --db later.db assign recuse "$phach" $ROUND --judge "$judge" --reason author
ok "a judge gives an entry back" chamthi assign recuse "$phach" $ROUND --judge "$judge" --reason author --note "học trò cũ"
is "the reason is kept for the organizers" \
  "$(chamthi --format json assign list $ROUND --conflicts | jq -c '.[] | [.phach, .judge, .reason, .note, .state]')" \
  "[\"$phach\",\"$judge\",\"author\",\"học trò cũ\",\"recused\"]"
lacks "the note stands in no audit row" "$(chamthi --format json audit list)" "học trò"
refused "giving it back twice" "đã thôi chấm bài" chamthi assign recuse "$phach" $ROUND --judge "$judge" --reason author
sql "UPDATE entry SET state = 'withdrawn' WHERE entry_id = (SELECT entry_id FROM identity_phach WHERE phach = (SELECT phach FROM sheet WHERE state = 'open' ORDER BY sheet_id DESC LIMIT 1))"
report=$(chamthi --format json assign repair $ROUND)
is "a recusal and a withdrawn entry: one reading given out, three taken back" "$(echo "$report" | jq -c '[.dealt, .lost, .proof.violations]')" "[1,3,0]"
is "nobody who left or recused got it" "$(sql "SELECT count(*) FROM sheet s JOIN judge j ON j.judge_id = s.judge_id WHERE s.state = 'open' AND j.code = '$drop'")" 0
ok "it verifies too" chamthi assign verify $ROUND

# ---- further readings ----
readers() { sql "SELECT count(DISTINCT judge_id), count(DISTINCT u.unit_id) FROM sheet s JOIN judge j USING (judge_id)
  LEFT JOIN unit u USING (unit_id) WHERE s.phach = '$1' AND s.state NOT IN ('lost', 'recused')"; }
first=$(sql "SELECT s.phach FROM sheet s WHERE s.state = 'open' AND s.phach <> '$phach' ORDER BY 1 LIMIT 1")
before=$(sql "SELECT phach || judge_id FROM sheet WHERE state NOT IN ('lost', 'recused') ORDER BY 1")
report=$(chamthi --format json assign extra $ROUND "$first" "$phach" --more 2)
is "two entries get two further readings each" "$(echo "$report" | jq -c '[.dealt, .lost, .proof.violations, .proof.gap]')" "[4,0,0,0]"
is "by judges who had not read them, of further units" "$(readers "$first") $(readers "$phach")" "5|5 5|5"
is "the one who gave it back is not among them" "$(sql "SELECT count(*) FROM sheet WHERE phach = '$phach' AND state = 'recused'")" 1
is "nothing else moved" "$(comm -23 <(echo "$before") <(sql "SELECT phach || judge_id FROM sheet WHERE state NOT IN ('lost', 'recused') ORDER BY 1"))" ""
ok "a further reader may give the entry back" chamthi assign recuse "$first" $ROUND --reason other \
  --judge "$(sql "SELECT j.code FROM sheet s JOIN judge j USING (judge_id) WHERE s.phach = '$first' AND s.state = 'open' ORDER BY sheet_id DESC LIMIT 1")"
is "the further reading stays wanted" "$(chamthi --format json assign repair $ROUND | jq .dealt)" 1
is "so the entry has five again" "$(readers "$first")" "5|5"
refused "more readings than nine" "9" chamthi assign extra $ROUND "$first" --more 5
refused "an entry that is not there" "0000" chamthi assign extra $ROUND 0000
ok "all of it verifies" chamthi assign verify $ROUND
ok "every invariant holds" chamthi doctor
ok "the audit chain is whole" chamthi audit verify
is "the audit chain knows each draw" "$(sql "SELECT count(*) FROM audit WHERE action IN ('assign.plan', 'assign.repair', 'assign.extra')")" 6
done_testing
