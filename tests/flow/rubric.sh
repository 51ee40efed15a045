#!/usr/bin/env bash
# Criteria with weights, and criteria of one track only: from the definition to the ranks.
. "$(dirname "$0")/../lib/tap.sh"

definition() { # sed commands that change the criteria of a small contest
  sed "${1:-}" <<'YAML'
year: 2026
name: Cuộc thi có hệ số
organizer: Ban Tổ chức
place: Hà Nội
signatory: {title: TRƯỞNG BAN TỔ CHỨC, name: ""}
tracks: [{key: essay, name: Bài viết}, {key: press, name: Báo chí}]
rules: {words_most: {provenance: unknown}}
rounds:
  - key: so-khao
    name: Sơ khảo
    per_entry: 2
    provenance: found
    source: "Quy chế chấm"
    criteria:
      - {key: noi-dung, name: "Nội dung", most: 10, step: 0.5, weight: 2}
      - {key: van-phong, name: "Văn phong", most: 10, step: 0.5, weight: 0.5}
      - {key: thoi-su, name: "Tính thời sự", most: 10, step: 0.5, track: press}
prizes:
  - {key: nhat, name: Giải Nhất, quota: {value: 1, provenance: found, source: "Quy chế chấm"}}
published: {entries: {provenance: unknown}}
YAML
}
refuse() { # sentence part-of-message sed
  definition "$3" >bad.yaml
  has "$1" "$(chamthi contest load bad.yaml 2>&1)" "$2"
}
refuse "a weight that would give thirds of a point" "không được quá hai chữ số sau dấu phẩy" 's/weight: 0.5/weight: 0.33/'
refuse "a weight beyond reason" "không quá 100" 's/weight: 2}/weight: 200}/'
refuse "a criterion of no track" "không có thể loại “kich”" 's/track: press/track: kich/'
refuse "a track without a criterion" "thể loại essay không có tiêu chí nào" 's/weight: 2/track: press/; s/weight: 0.5/track: press/'
is "each is status 2" "$(status chamthi contest load bad.yaml)" 2

definition >2026.yaml
chamthi contest load 2026.yaml >/dev/null
has "contest show tells the weight" "$(chamthi --format csv contest show 2026)" "× 2.00"
sqlite3 chamthi.db <<'SQL'
PRAGMA foreign_keys = ON;
INSERT INTO entry(entry_id, year, receipt, track_id, title, title_fold, received_at, first_received_at, row_key, word_count_source)
  SELECT n, 2026, '2026-0000' || n, (SELECT track_id FROM track WHERE key = t), 'Bài ' || n, '', 0, 0, CAST(n AS BLOB), 'none'
  FROM (SELECT 1 AS n, 'essay' AS t UNION SELECT 2, 'essay' UNION SELECT 3, 'press');
INSERT INTO receipt_counter VALUES (2026, 3);
INSERT INTO identity_author(entry_id, position, name, name_key, name_fold) SELECT entry_id, 1, 'An', 'an', 'an' FROM entry;
INSERT INTO identity_phach SELECT column1, 1, column2 FROM (VALUES ('0000-0000-0000-0000-0000', 1), ('1000-0000-0000-0000-0002', 2), ('2000-0000-0000-0000-0004', 3));
INSERT INTO blind SELECT phach, 1, e.track_id, e.title, 'chữ', 1 FROM identity_phach JOIN entry e USING (entry_id);
INSERT INTO judge(judge_id, code, active) VALUES (1, 'GK01', 1), (2, 'GK02', 1);
INSERT INTO judge_contest(judge_id, year) VALUES (1, 2026), (2, 2026);
INSERT INTO identity_judge(judge_id, name, name_fold) VALUES (1, 'Một', 'mot'), (2, 'Hai', 'hai');
INSERT INTO sheet(round_id, phach, judge_id) SELECT 1, phach, judge_id FROM blind, judge;
UPDATE round SET state = 'open';
SQL
A=0000-0000-0000-0000-0000 B=1000-0000-0000-0000-0002 P=2000-0000-0000-0000-0004
is "an essay has its criteria only" "$(chamthi sheet export --round so-khao | grep -c "$A,GK01")" 2
is "a press work one more" "$(chamthi sheet export --round so-khao | grep -c "$P,GK01")" 3
printf 'phach,judge,criterion,points\n%s,GK01,thoi-su,5\n' $A >wrong.csv
has "a mark that the track does not have is refused" "$(chamthi sheet enter wrong.csv 2>&1)" "không có tiêu chí “thoi-su”"
is "status 2" "$(status chamthi sheet enter wrong.csv)" 2
{ echo phach,judge,criterion,points
  for j in GK01 GK02; do
    printf '%s,%s,noi-dung,7\n%s,%s,van-phong,9\n' $A $j $A $j   # 14 + 4,5
    printf '%s,%s,noi-dung,8\n%s,%s,van-phong,6,5\n' $B $j $B $j | sed 's/6,5$/"6,5"/' # 16 + 3,25
    printf '%s,%s,noi-dung,6\n%s,%s,van-phong,5\n' $P $j $P $j   # 12 + 2,5
  done; } >marks.csv
has "a press work without its own criterion is not complete" "$(chamthi sheet enter marks.csv)" "$P"
printf 'phach,judge,criterion,points\n%s,GK01,thoi-su,9\n%s,GK02,thoi-su,10\n' $P $P >press.csv
ok "then it is" chamthi sheet enter press.csv
ranked=$(chamthi --format csv rank --round so-khao)
has "the weights decide: 19,25 before 18,5" "$ranked" "essay,1,2026-00002,Bài 2,2,2,19.25,19.25"
has "the other essay" "$ranked" "essay,2,2026-00001,Bài 1,2,2,18.50,18.50"
has "the press work by three criteria" "$ranked" "press,1,2026-00003,Bài 3,2,2,24.00,24.00"
has "the list of sheets says the same" "$(chamthi --format csv sheet list --round so-khao)" "19.25"
has "without the heavy criterion the order turns" "$(chamthi --format csv rank stability --round so-khao)" "noi-dung"
chamthi sheet print --round so-khao -o sheets.pdf >/dev/null
paper=$(pdftotext -layout sheets.pdf - | sed "s/\xc2\xa0/ /g" | tr -s " \n" " ")
has "paper sheets name the weight" "$paper" "× 2"
has "and strike out what the track does not have" "$paper" "Bài 1 – "
chamthi report methods -o methods.pdf >/dev/null
has "so do the methods" "$(pdftotext -layout methods.pdf - | tr -s ' \n' ' ')" "hệ số 2"
chamthi publish rules >/dev/null
has "and the public rules" "$(sqlite3 chamthi.db 'SELECT vi FROM public_rule')" "từ 0 đến 10 điểm × 2"
has "a criterion of one track says so" "$(sqlite3 chamthi.db 'SELECT vi FROM public_rule')" "điểm (Báo chí)"
ok "doctor is content" chamthi doctor
sqlite3 chamthi.db "INSERT INTO mark SELECT min(sheet_id), (SELECT criterion_id FROM criterion WHERE key = 'thoi-su'), 100, 1 FROM sheet"
is "and finds a mark by a criterion of another track" "$(status chamthi doctor)" 1
done_testing
