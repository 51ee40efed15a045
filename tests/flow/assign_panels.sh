# Panels, anchors that everybody reads, caps by words to read; and lists of judges that are wrong.
. "$(dirname "$0")/../lib/tap.sh"
FIXTURES=$ROOT/fixtures
sql() { sqlite3 -batch "$CHAMTHI_DB" "PRAGMA foreign_keys = ON; $1"; }
refused() { # sentence, part of the message, command…
  local sentence=$1 part=$2; shift 2
  is "$sentence: status 2" "$(status "$@")" 2
  has "$sentence: says so" "$("$@" 2>&1)" "$part"
}
# fixtures/judges.csv with two columns more: GK01 reads 2.500 words at most; three in TB1, the others by turns.
judges() { awk -F, -v OFS=, 'NR == 1 { print $0, "word_cap", "panel"; next }
  { print $0, $1 == "GK01" ? 2500 : "", NR % 2 ? "TB1" : "TB2" }' "$FIXTURES/judges.csv"; }

# ---- file mode ----
{
  echo entry,track,unit,author_units,subject_unit,language,conflicts,readings,words
  for i in $(seq -w 1 80); do echo "E$i,essay,U$((10#$i % 5)),,,,,$([ $((10#$i % 40)) = 7 ] && echo all),$((400 + 10#$i * 13 % 900))"; done
} >entries.csv
{
  echo judge,name,unit,tracks,languages,cap,conflicts,word_cap,panel
  for i in 10 11 12 13 14 15 16 17; do echo "J$i,x,V$i,,,,,$([ $i = 10 ] && echo 20000),TB$((i % 2))"; done
} >judges.csv
deal() { chamthi --format "${3:-json}" assign deal --entries "${1:-entries.csv}" --judges "${2:-judges.csv}" --per-entry 3 --seed 7; }
is "no rule is broken, and the anchors join the two panels" "$(deal | jq -c '.proof | [.violations, .components]')" "[0,1]"
deal entries.csv judges.csv csv | tail -n +2 | tr , ' ' >plan
is "an entry has three judges of one panel, an anchor all eight" \
  "$(awk '{ n[$1]++; t[$1] += substr($2, 3) % 2 } END { for (e in n) print n[e], t[e] % n[e] }' plan | sort | uniq -c | awk '{ print $1, $2 }' | xargs)" "78 3 2 8"
is "nobody reads more words than their cap" "$(awk -F'[ ,]' 'NR == FNR { w[$1] = $9; next } $2 == "J10" { s += w[$1] } END { print s <= 20000 }' entries.csv plan)" 1
awk -F, -v OFS=, '$1 == "J12" { $7 = "J14;J16" } $1 == "J10" { $8 = "" } 1' judges.csv >apart.csv
is "judges who named each other share an anchor only" "$(deal entries.csv apart.csv csv | grep -E ',J1[246]$' | sort | cut -d, -f1 | uniq -d | xargs)" "E07 E47"
with() { awk -F, -v OFS=, -v n="$2" -v v="$3" 'NR == 3 { $n = v } 1' "$1"; }
with judges.csv 9 "TB1;TB2" >two.csv
refused "a judge in two panels" "dòng 3: một giám khảo chỉ thuộc một tiểu ban" deal entries.csv two.csv
with judges.csv 8 "nhiều" >words.csv
refused "a number of words that is none" "dòng 3: “nhiều” không phải số từ" deal entries.csv words.csv
with judges.csv 6 1 >low.csv
refused "a cap below the anchors" "bài neo" deal entries.csv low.csv
awk -F, -v OFS=, 'NR > 1 { $8 = 9000 } 1' judges.csv >short.csv
refused "caps on words that are too low" "hạn mức số từ" deal entries.csv short.csv
has "and which to raise, by how much" "$(deal entries.csv short.csv 2>&1)" "J10 +"
with entries.csv 8 "mọi người" >readings.csv
refused "readings that are neither a number nor all" "dòng 3" deal readings.csv
with entries.csv 1 E01 >twice.csv
refused "an entry twice" "“E01” xuất hiện hơn một lần (dòng 2 và 3)" deal twice.csv

# ---- a round in the store ----
ROUND="--contest 2024 --round so-khao"
chamthi contest load "$FIXTURES/contests/2023.yaml" "$FIXTURES/contests/2024.yaml" >/dev/null
chamthi unit load "$FIXTURES/units.csv" >/dev/null
judges >gk.csv
before=$(sql "SELECT count(*) FROM audit")
with gk.csv 11 "TB1;TB2" >gk-two.csv
refused "loading a judge in two panels" "một giám khảo chỉ thuộc một tiểu ban" chamthi judge load gk-two.csv
with gk.csv 4 "Sở Không Có" >gk-unit.csv
refused "loading a judge of an unknown unit" "không có đơn vị “Sở Không Có”" chamthi judge load gk-unit.csv
(cat gk.csv; tail -n 1 gk.csv) >gk-twice.csv
refused "loading a judge twice" "đã có ở dòng" chamthi judge load gk-twice.csv
is "nothing was changed by any of these" "$(sql 'SELECT count(*) FROM judge') $(sql 'SELECT count(*) FROM audit')" "0 $before"
chamthi import "$FIXTURES/entries/2024" --contest 2024 >/dev/null
chamthi redact review --all --skip --contest 2024 >/dev/null
chamthi phach give $ROUND >/dev/null
refused "a draw with no judge at all" "chưa có giám khảo" chamthi assign plan $ROUND
awk -F, -v OFS=, '$1 == "GK02" { $8 = "GK04;GK06" } 1' gk.csv >gk-apart.csv
ok "judges with panels, caps on words, and two others not to be beside" chamthi judge load gk-apart.csv
is "these stand in the list" "$(chamthi --format json judge list --contest 2024 | jq -r '.[1].conflicts')" "GK04;GK06"
is "both are listed" "$(chamthi --format json judge list --contest 2024 | jq -c '.[0] | [.word_cap, .panel]')" '[2500,"TB2"]'
refused "more judges an entry than may read it" "không đủ giám khảo" chamthi assign plan $ROUND --per-entry 9
refused "an anchor that is not in the round" "2024-99999" chamthi assign plan $ROUND --anchors "2024-00003;2024-99999"
is "nothing was drawn" "$(sql 'SELECT count(*) FROM draw')" 0
ok "a draw with two anchors, announced in public" chamthi assign announce $ROUND --public-name "xổ số" --per-entry 2 \
  --anchors "2024-00003; 2024-00008"
ok "and drawn by the announced rules" chamthi assign plan $ROUND --public-value 48213
ok "published" chamthi assign publish $ROUND
readers() { sql "SELECT count(*) FROM sheet s JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id)
  WHERE e.receipt = '$1' AND s.state NOT IN ('lost', 'recused')"; }
is "nearly everybody reads the anchors" "$(($(readers 2024-00003) > 9 && $(readers 2024-00008) > 9))" 1
is "every other entry is read by two of one panel" "$(sql "SELECT group_concat(n || ' ' || panels) FROM (SELECT DISTINCT count(*) AS n,
  count(DISTINCT c.panel) AS panels FROM sheet s JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id)
  JOIN judge_contest c ON c.judge_id = s.judge_id AND c.year = 2024
  WHERE e.receipt NOT IN ('2024-00003', '2024-00008') GROUP BY phach)")" "2 1"
is "who is not to be beside shares an anchor at most" "$(sql "SELECT count(*) FROM sheet a JOIN sheet b USING (phach)
  JOIN judge x ON x.judge_id = a.judge_id JOIN judge y ON y.judge_id = b.judge_id JOIN identity_phach p USING (phach)
  JOIN entry e USING (entry_id) WHERE x.code = 'GK02' AND y.code IN ('GK04', 'GK06')
  AND e.receipt NOT IN ('2024-00003', '2024-00008')")" 0
is "GK01 reads 2.500 words at most" "$(sql "SELECT sum(word_count) <= 2500 FROM sheet JOIN judge USING (judge_id) JOIN blind USING (phach) WHERE judge.code = 'GK01'")" 1
ok "the draw verifies" chamthi assign verify $ROUND
is "there is nothing to repair" "$(chamthi assign repair $ROUND)" "Không có phiếu nào cần chia lại."
had=$(readers 2024-00003)
gone=$(sql "SELECT j.code FROM sheet s JOIN judge j USING (judge_id) JOIN identity_phach p USING (phach) JOIN entry e USING (entry_id)
  WHERE e.receipt = '2024-00003' ORDER BY j.code DESC LIMIT 1")
ok "somebody leaves" chamthi assign repair $ROUND --drop "$gone"
is "nobody takes their place at the anchor" "$(readers 2024-00003)" "$((had - 1))"
(cat gk.csv; echo "GK15,Người Mới,1970,,,vi,,,2024,,TB1") >gk-new.csv
ok "somebody joins" chamthi judge load gk-new.csv
ok "a repair gives them the anchors" chamthi assign repair $ROUND
is "and nothing else" "$(sql "SELECT group_concat(receipt) FROM (SELECT e.receipt FROM sheet s JOIN judge j USING (judge_id) JOIN identity_phach p USING (phach)
  JOIN entry e USING (entry_id) WHERE j.code = 'GK15' ORDER BY 1)")" "2024-00003,2024-00008"
refused "further readings of an anchor" "mọi giám khảo" chamthi assign extra $ROUND \
  "$(sql "SELECT phach FROM identity_phach JOIN entry USING (entry_id) WHERE receipt = '2024-00003'")"
ok "all of it verifies" chamthi assign verify $ROUND
ok "the list for signing is printed" chamthi assign print $ROUND --judge GK02 -o gk02.pdf
has "with the judge's panel" "$(pdftotext gk02.pdf -)" "(mã GK02) – TB1"
chamthi round close $ROUND --reason "thử" >/dev/null
chamthi assign record $ROUND --reveal -o record.txt >/dev/null
is "outsiders compute the draw and its repairs without the database" "$(status chamthi --db none.db assign verify record.txt)" 0
sed '0,/,all$/s//,/; 0,/,all,/s//,,/' record.txt >forged.txt
is "an anchor taken out of the record is found" "$(cmp -s record.txt forged.txt; echo $?) $(status chamthi --db none.db assign verify forged.txt)" "1 1"
ok "every invariant holds" chamthi doctor
done_testing
