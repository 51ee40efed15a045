#!/usr/bin/env bash
# Sheets keyed in from paper, ranks, and the close of a round.
. "$(dirname "$0")/../lib/tap.sh"

chamthi contest load "$ROOT/fixtures/contests/2023.yaml" "$ROOT/fixtures/contests/2024.yaml" >/dev/null
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null
chamthi judge load "$ROOT/fixtures/judges.csv" >/dev/null
A=0000-0000-0000-0000-0000 B=1000-0000-0000-0000-0002
J1=$(sqlite3 chamthi.db "SELECT code FROM judge ORDER BY code LIMIT 1")
J2=$(sqlite3 chamthi.db "SELECT code FROM judge ORDER BY code LIMIT 1 OFFSET 1")
# Two entries, two judges: what phach give and assign publish leave behind.
sqlite3 chamthi.db <<SQL
PRAGMA foreign_keys = ON;
INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, received_at, first_received_at, row_key, word_count_source)
 SELECT n, 2024, '2024-0000' || n, (SELECT min(track_id) FROM track WHERE year = 2024), 'Bài ' || n, '', 0, 0, CAST(n AS BLOB), 'none'
 FROM (SELECT 1 AS n UNION SELECT 2);
INSERT INTO receipt_counter VALUES (2024, 2);
INSERT INTO identity_author(entry_id, position, name, name_key, name_fold) VALUES (1, 1, 'An', 'an', 'an'), (2, 1, 'Ba', 'ba', 'ba');
INSERT INTO identity_phach SELECT p, (SELECT round_id FROM round WHERE key = 'so-khao' AND year = 2024), e FROM (SELECT '$A' AS p, 1 AS e UNION SELECT '$B', 2);
INSERT INTO blind SELECT phach, round_id, (SELECT min(track_id) FROM track WHERE year = 2024), 'Bài', 'chữ', 1 FROM identity_phach;
INSERT INTO sheet(round_id, phach, judge_id) SELECT b.round_id, b.phach, j.judge_id FROM blind b, judge j WHERE j.code IN ('$J1', '$J2');
UPDATE round SET state = 'open' WHERE key = 'so-khao' AND year = 2024;
SQL
sheet() { # judge code a b c d e
  printf '%s,%s,chan-thuc,"%s",Viết hay\n%s,%s,phat-hien,"%s",\n%s,%s,lan-toa,"%s",\n%s,%s,the-hien,"%s",\n%s,%s,the-thuc,"%s",\n' \
    $2 $1 "$3" $2 $1 "$4" $2 $1 "$5" $2 $1 "$6" $2 $1 "$7"
}
head='phach,judge,criterion,points,comment'

is "the blank sheets have a row for each criterion" "$(chamthi sheet export --round so-khao | wc -l)" 21
{ echo $head; sheet $J1 $A 20 20,5 20 15 4; sheet $J2 $A 21 20 19.5 15 4; sheet $J1 ${B,,} 10 10 "" 10 3; } >m.csv
is "a sheet without one mark: status 1" "$(status chamthi sheet enter m.csv)" 1
has "it is named" "$(chamthi sheet enter m.csv)" "$B"
before=$(chamthi audit verify)
chamthi sheet enter m.csv >/dev/null
is "the same file again changes nothing" "$(chamthi audit verify)" "$before"
is "comma and point are the same mark" "$(sqlite3 chamthi.db "SELECT group_concat(points) FROM mark WHERE points % 100 = 50")" "2050,1950"

ranked=$(chamthi --format csv rank --round so-khao)
has "the mean of the complete sheets" "$ranked" "essay,1,2024-00001,Bài 1,2,2,79.50,79.50"
has "a missing mark is not zero: that entry has no rank" "$ranked" "essay,,2024-00002,Bài 2,0,2,,,,"
is "and a person is asked: status 1" "$(status chamthi rank --round so-khao)" 1
before=$(chamthi audit verify)
chamthi rank --round so-khao >/dev/null
is "ranking again changes nothing" "$(chamthi audit verify)" "$before"

is "an unknown method is status 2" "$(status chamthi rank --round so-khao --method borda)" 2

refuse() { # sentence wanted-part row
  { echo $head; echo "$3"; } >bad.csv
  has "$1" "$(chamthi sheet enter bad.csv 2>&1)" "$2"
  is "  status 2" "$(status chamthi sheet enter bad.csv)" 2
}
refuse "a mark off the scale" "bad.csv, dòng 2: điểm 26 nằm ngoài thang 0–25" "$B,$J2,chan-thuc,26,"
refuse "a mark off its step" "không đúng bậc 0,50" "$B,$J2,chan-thuc,20.3,"
refuse "no number" "không phải là số" "$B,$J2,chan-thuc,hai,"
refuse "a mistyped code" "ký tự kiểm tra không khớp" "1000-0000-0000-0000-0003,$J2,chan-thuc,20,"
refuse "an unknown judge" "không có giám khảo" "$B,khong-co,chan-thuc,20,"
refuse "an unknown criterion" "không có tiêu chí" "$B,$J2,van-phong,20,"
refuse "one criterion twice" "đã có ở dòng 2" "$B,$J2,chan-thuc,20,
$B,$J2,chan-thuc,21,"
refuse "a submitted sheet keeps its marks, and a mistyped one is mended as" "chọn số đúng: chamthi sheet settle" "$A,$J1,chan-thuc,25,"
is "nothing of a refused file was entered" "$(sqlite3 chamthi.db "SELECT count(*) FROM mark")" 14

{ echo $head; sheet $J1 $A 20 20,5 20 15 4; sheet $J2 $A 21 20 19.5 16 4; } >second.csv
has "whoever keyed first may not key the second time" "$(chamthi sheet enter second.csv --second-keying 2>&1)" "lần thứ hai phải do người khác"
has "until then the paper is only keyed once" "$(chamthi sheet reconcile --round so-khao)" "mới nhập một lần"
enter_second() { chamthi "$@" sheet enter second.csv --second-keying --by hoa; }
is "the second keying finds a difference: status 1" "$(status enter_second)" 1
has "and names it" "$(enter_second --format csv)" "$A,$J2,the-hien,15.00,16.00"
is "without touching the marks" "$(sqlite3 chamthi.db "SELECT sum(points) FROM mark m JOIN sheet s USING (sheet_id) WHERE s.phach = '$A'")" 15900

has "the difference stays listed" "$(chamthi --format csv sheet reconcile --round so-khao)" "$A,$J2,the-hien,15.00,16.00,15.00,hai lần nhập khác nhau"
is "points that nobody keyed do not settle it: status 2" "$(status chamthi sheet settle $A --judge $J2 --criterion the-hien --points 17 --reason x)" 2
ok "one of the two, by the paper, does" chamthi sheet settle $A --judge $J2 --criterion the-hien --points 16 --reason "Phiếu giấy ghi 16"
is "and the mark follows" "$(sqlite3 chamthi.db "SELECT sum(points) FROM mark m JOIN sheet s USING (sheet_id) WHERE s.phach = '$A'")" 16000
is "that sheet no longer differs" "$(chamthi --format csv sheet reconcile --round so-khao | grep -c "^$A")" 0
sqlite3 chamthi.db "UPDATE keyed_mark SET points = 2000 WHERE phach = '$A' AND points = 2100"
has "a mark that is not what the paper says is found" "$(chamthi --format csv sheet reconcile --round so-khao)" "$A,$J2,chan-thuc,20.00,20.00,21.00,máy khác phiếu giấy"
sqlite3 chamthi.db "UPDATE keyed_mark SET points = 2100 WHERE phach = '$A' AND points = 2000 AND judge_id = (SELECT judge_id FROM judge WHERE code = '$J2') AND criterion_id = (SELECT min(criterion_id) FROM mark)"

history=$(chamthi --format csv sheet history $A --judge $J2)
has "the history keeps the first version" "$history" "the-hien 15.00"
has "and the settled one with its reason" "$history" "Phiếu giấy ghi 16"
ok "a submitted sheet goes back to its judge" chamthi sheet return $A --judge $J1 --reason "Nhận xét và điểm không khớp"
has "the reason stands in its history" "$(chamthi sheet history $A --judge $J1)" "Nhận xét và điểm không khớp"
is "a returned sheet does not go back again: status 2" "$(status chamthi sheet return $A --judge $J1 --reason x)" 2
has "a returned sheet does not count" "$(chamthi --format csv rank --round so-khao)" "essay,1,2024-00001,Bài 1,1,2,80.50"
{ echo $head; sheet $J1 $A 21 20,5 20 15 4; } >again.csv
chamthi sheet enter again.csv >/dev/null
is "marked again it is submitted, with three versions" "$(chamthi --format csv sheet history $A --judge $J1 | tail -1 | cut -d, -f1)" 3

list=$(chamthi --format csv round checklist --round so-khao)
has "the checklist names what is open" "$list" "chưa,sheets"
has "and what holds" "$list" "đạt,missing"
is "a round with unfinished sheets does not close: status 2" "$(status chamthi round close --round so-khao)" 2
is "nor with an empty reason: status 2" "$(status chamthi round close --round so-khao --reason ' ')" 2
ok "with a reason it does" chamthi round close --round so-khao --reason "Hội đồng đồng ý"
has "the reason is kept" "$(chamthi audit list)" "Hội đồng đồng ý"
is "after it no mark is entered: status 2" "$(status chamthi sheet enter m.csv)" 2
ok "doctor is content but for the made-up draw" chamthi doctor
done_testing
