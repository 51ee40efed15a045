#!/usr/bin/env bash
# Two databases that differ only in who wrote what give judges the same papers and files. What the server answers
# them is compared by tests/unit/blind_pages.c, what the store answers by tests/unit/blindness.c.
. "$(dirname "$0")/../lib/tap.sh"
. "$ROOT/tests/lib/desk.sh"

ok "a contest in its first round is made" desk_make
cp chamthi.db twin.db
sqlite3 twin.db "
  UPDATE identity_author SET name = 'Kẻ Lạ ' || author_id, name_key = 'kẻ lạ ' || author_id, name_fold = 'ke la ' || author_id,
    birth_year = 1900 + author_id % 90, address = 'Chỗ Khác ' || author_id, phone = '0911 000 ' || author_id, phone_key = '', email = 'la' || author_id || '@example.org', unit = 'Đơn vị lạ';
  UPDATE identity_file SET name = 'LA-' || file_id || '.docx', received_at = received_at + 86400;
  UPDATE identity_judge SET name = 'Giám Khảo Lạ ' || judge_id, birth_year = 1950;
  UPDATE identity_text SET display = 'Văn bản gốc khác hẳn ' || entry_id;
  UPDATE subject SET name = 'Nhân Vật Lạ ' || entry_id, name_fold = 'nhan vat la', address = 'Nơi lạ', unit = 'Đơn vị lạ';
  UPDATE entry SET title = 'Tên gốc lạ ' || entry_id, title_fold = '', sent_by = 'Nơi gửi lạ', receipt = substr(receipt, 1, 5) || (90000 + entry_id), received_at = received_at + 99999,
    first_received_at = first_received_at + 99999, word_count = word_count + 7, publisher = 'Báo lạ', url = 'http://la.example';
  UPDATE finding SET message_vi = 'phát hiện lạ', message_en = 'strange', severity = 'reject', status = 'dismissed', reason = 'lạ';
  UPDATE redaction SET decided_by = 'ai đó';
  CREATE TEMP TABLE shifted AS SELECT phach, lead(entry_id, 1, first) OVER (PARTITION BY track_id ORDER BY phach) AS entry_id FROM
    (SELECT p.phach, p.entry_id, b.track_id, first_value(p.entry_id) OVER (PARTITION BY b.track_id ORDER BY p.phach) AS first FROM identity_phach p JOIN blind b USING (phach));
  UPDATE identity_phach SET entry_id = -entry_id;
  UPDATE identity_phach SET entry_id = (SELECT entry_id FROM shifted s WHERE s.phach = identity_phach.phach);"
ok "its twin is a sound database too" chamthi --db twin.db audit verify
lacks "with other people in it" "$(chamthi --db twin.db entry list --format csv)" "$(sqlite3 chamthi.db 'SELECT name FROM identity_author LIMIT 1')"

chamthi sheet export --round so-khao --contest 2024 >sheets.csv
chamthi --db twin.db sheet export --round so-khao --contest 2024 >twin.csv
is "the sheets that are sent out are the same" "$(cmp sheets.csv twin.csv && echo same)" same
for judge in GK01 GK02; do
  chamthi sheet print --round so-khao --contest 2024 --judge $judge -o $judge.pdf >/dev/null
  chamthi --db twin.db sheet print --round so-khao --contest 2024 --judge $judge -o $judge-twin.pdf >/dev/null
  lacks "printed sheets name no author either ($judge)" "$(pdftotext $judge-twin.pdf - 2>/dev/null)" "Kẻ Lạ"
  is "their text is the same ($judge)" "$(diff <(pdftotext $judge.pdf - | grep -v 'Giám Khảo\|Giám khảo') <(pdftotext $judge-twin.pdf - | grep -v 'Giám Khảo\|Giám khảo') | head -5)" ""
done
done_testing
