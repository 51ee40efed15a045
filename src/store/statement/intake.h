/* Statements of the room 'intake'. See store.h. */
/* clang-format off */
X(INTAKE_ENTRY, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.row_hash, e.title_fold, e.received_at, coalesce(f.version, 0), f.hash,"
  " (SELECT a.name_key FROM identity_author a WHERE a.entry_id = e.entry_id AND a.position = 1)"
  " FROM entry e LEFT JOIN identity_file f ON f.entry_id = e.entry_id AND f.version ="
  "  (SELECT max(g.version) FROM identity_file g WHERE g.entry_id = e.entry_id)"
  " WHERE e.year = $1 AND e.row_key = $2")
X(INTAKE_ENTRY_ALIKE, BY_ORGANIZER, /* in no order, and one that is alike in both ways twice */
  "SELECT e.entry_id, e.receipt, e.row_hash, e.title_fold, e.received_at, coalesce(f.version, 0), f.hash,"
  " a.name_key, e.row_key, e.sent_by FROM"
  " (SELECT entry_id FROM identity_author WHERE name_key = $1 AND position = 1"
  "  UNION ALL SELECT entry_id FROM identity_file WHERE hash = $2) h"
  " JOIN entry e ON e.entry_id = h.entry_id"
  " JOIN identity_author a ON a.entry_id = e.entry_id AND a.position = 1"
  " LEFT JOIN identity_file f ON f.entry_id = e.entry_id AND f.version ="
  "  (SELECT max(g.version) FROM identity_file g WHERE g.entry_id = e.entry_id)"
  " WHERE e.year = $3")
X(INTAKE_UNIT_NAME, BY_ORGANIZER, "SELECT full_name FROM unit WHERE unit_id = $1")
X(RECEIPT_TAKE, BY_ORGANIZER,
  "INSERT INTO receipt_counter(year, last) VALUES($1, $2)"
  " ON CONFLICT(year) DO UPDATE SET last = receipt_counter.last + excluded.last RETURNING last")
X(RECEIPT_LAST, BY_ORGANIZER, "SELECT last FROM receipt_counter WHERE year = $1")
X(BLOB_PUT, BY_ORGANIZER,
  "INSERT INTO identity_blob(hash, size, bytes) VALUES($1, $2, $3) ON CONFLICT(hash) DO NOTHING")
X(ENTRY_ADD, BY_ORGANIZER,
  "INSERT INTO entry(year, receipt, row_key, first_received_at, track_id, title, title_fold, unit_id,"
  " sent_by, received_at, published_on, publisher, url, word_count, syllable_count, word_count_source,"
  " duration_seconds, encoding, row_hash)"
  " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)")
X(ENTRY_CHANGE, BY_ORGANIZER,
  "UPDATE entry SET track_id = $1, title = $2, title_fold = $3, unit_id = $4, sent_by = $5,"
  " received_at = $6, published_on = $7, publisher = $8, url = $9, word_count = $10,"
  " syllable_count = $11, word_count_source = $12, duration_seconds = $13, encoding = $14,"
  " row_hash = $15, row_key = $16 WHERE entry_id = $17")
X(FILE_ADD, BY_ORGANIZER,
  "INSERT INTO identity_file(entry_id, version, name, hash, received_at) VALUES($1, $2, $3, $4, $5)")
X(ATTACHMENTS_REPLACE, BY_ORGANIZER,
  "UPDATE identity_attachment SET replaced_at = $1 WHERE entry_id = $2 AND replaced_at IS NULL")
X(ATTACHMENT_KEEP, BY_ORGANIZER,
  "UPDATE identity_attachment SET replaced_at = NULL, name = $1 WHERE attachment_id ="
  " (SELECT max(attachment_id) FROM identity_attachment WHERE entry_id = $2 AND hash = $3"
  "  AND replaced_at = $4)")
X(ATTACHMENT_ADD, BY_ORGANIZER,
  "INSERT INTO identity_attachment(entry_id, name, hash, received_at) VALUES($1, $2, $3, $4)"
  " ON CONFLICT DO NOTHING")
X(ENTRY_ATTACHMENTS, BY_ORGANIZER,
  "SELECT a.name, b.size, a.received_at, a.hash, a.attachment_id FROM identity_attachment a"
  " JOIN identity_blob b ON b.hash = a.hash WHERE a.entry_id = $1 AND a.replaced_at IS NULL"
  " ORDER BY a.attachment_id")
X(TRACE_PUT, BY_ORGANIZER,
  "INSERT INTO identity_trace(hash, kind, value) VALUES($1, $2, $3) ON CONFLICT DO NOTHING")
X(ENTRY_TRACES, BY_ORGANIZER,
  "SELECT t.kind, t.value, h.name FROM (SELECT hash, name FROM identity_file WHERE entry_id = $1"
  " AND version = (SELECT max(version) FROM identity_file WHERE entry_id = $1)"
  " UNION SELECT hash, name FROM identity_attachment WHERE entry_id = $1 AND replaced_at IS NULL) h"
  " JOIN identity_trace t ON t.hash = h.hash ORDER BY h.name, t.kind, t.value")
X(TEXT_PUT, BY_ORGANIZER,
  "INSERT INTO identity_text(entry_id, display, key_hash) VALUES($1, $2, $3)"
  " ON CONFLICT(entry_id) DO UPDATE SET display = excluded.display, key_hash = excluded.key_hash")
X(TEXT_DROP, BY_ORGANIZER, "DELETE FROM identity_text WHERE entry_id = $1")
X(AUTHOR_ADD, BY_ORGANIZER,
  "INSERT INTO identity_author(entry_id, position, name, name_key, name_fold, birth_year, address,"
  " phone, phone_key, email, unit, unit_id) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)")
X(AUTHORS_DROP, BY_ORGANIZER, "DELETE FROM identity_author WHERE entry_id = $1")
X(SUBJECT_PUT, BY_ORGANIZER,
  "INSERT INTO subject(entry_id, name, name_fold, kind, address, unit, occupation_group)"
  " VALUES($1, $2, $3, $4, $5, $6, $7) ON CONFLICT(entry_id) DO UPDATE SET name = excluded.name,"
  " name_fold = excluded.name_fold, kind = excluded.kind, address = excluded.address,"
  " unit = excluded.unit, occupation_group = excluded.occupation_group")
X(SUBJECT_DROP, BY_ORGANIZER, "DELETE FROM subject WHERE entry_id = $1")
X(QUARANTINE_SAME, BY_ORGANIZER,
  "SELECT count(*) FROM quarantine WHERE year = $1 AND source_key = $2 AND reason = $3"
  " AND hash IS NOT DISTINCT FROM $4 AND message_vi = $5 AND resolved_at IS NULL")
X(QUARANTINE_PUT, BY_ORGANIZER,
  "INSERT INTO quarantine(year, source_key, row_number, file_name, hash, reason, message_vi,"
  " message_en, at) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT(year, source_key)"
  " DO UPDATE SET row_number = excluded.row_number, file_name = excluded.file_name,"
  " hash = excluded.hash, reason = excluded.reason, message_vi = excluded.message_vi,"
  " message_en = excluded.message_en, at = excluded.at, resolved_at = NULL RETURNING quarantine_id")
X(REFUSED_ROW_PUT, BY_ORGANIZER,
  "INSERT INTO identity_refused_row(quarantine_id, cells, sheet, meaning) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(quarantine_id) DO UPDATE SET cells = excluded.cells, sheet = excluded.sheet,"
  " meaning = excluded.meaning")
X(REFUSED_OPEN, BY_ORGANIZER,
  "SELECT q.quarantine_id, q.source_key, r.meaning FROM quarantine q"
  " JOIN identity_refused_row r ON r.quarantine_id = q.quarantine_id"
  " WHERE q.year = $1 AND q.resolved_at IS NULL")
X(QUARANTINE_SETTLE, BY_ORGANIZER,
  "UPDATE quarantine SET resolved_at = $1 WHERE quarantine_id = $2")
X(REFUSED_FILE_PUT, BY_ORGANIZER,
  "INSERT INTO identity_refused_file(quarantine_id, position, name, hash) VALUES($1, $2, $3, $4)")
X(REFUSED_FILES_DROP, BY_ORGANIZER, "DELETE FROM identity_refused_file WHERE quarantine_id = $1")
X(REFUSED_ROWS_FORGET, BY_ORGANIZER,
  "DELETE FROM identity_refused_row WHERE quarantine_id IN"
  " (SELECT quarantine_id FROM quarantine WHERE year = $1 AND resolved_at IS NOT NULL)")
X(REFUSED_FILES_FORGET, BY_ORGANIZER,
  "DELETE FROM identity_refused_file WHERE quarantine_id IN"
  " (SELECT quarantine_id FROM quarantine WHERE year = $1 AND resolved_at IS NOT NULL)")
X(REFUSED_ROWS, BY_ORGANIZER,
  "SELECT q.quarantine_id, q.row_number, r.sheet, r.cells, coalesce(q.hash, o.hash),"
  " coalesce(CASE WHEN q.hash IS NOT NULL THEN q.file_name END, o.file_name, '')"
  " FROM quarantine q JOIN identity_refused_row r ON r.quarantine_id = q.quarantine_id"
  " LEFT JOIN match_proposal p ON p.year = q.year AND p.row_source = q.source_key"
  "  AND p.status = 'accepted'"
  " LEFT JOIN quarantine o ON o.year = p.year AND o.source_key = p.file_source"
  " WHERE q.year = $1 AND q.resolved_at IS NULL AND ($2 IS NULL OR q.source_key = $2)"
  " AND q.reason NOT IN ('row.twice', 'row.hidden', 'file.twice')"
  " AND (q.hash IS NOT NULL OR o.hash IS NOT NULL OR q.reason LIKE 'row.%')"
  " ORDER BY q.quarantine_id")
X(REFUSED_FILES, BY_ORGANIZER,
  "SELECT name, hash FROM identity_refused_file WHERE quarantine_id = $1 ORDER BY position")
X(BLOB_GET, BY_ORGANIZER, "SELECT bytes FROM identity_blob WHERE hash = $1")
X(PROPOSAL_PUT, BY_ORGANIZER,
  "INSERT INTO match_proposal(year, row_source, file_source, evidence) VALUES($1, $2, $3, $4)"
  " ON CONFLICT DO NOTHING")
X(PROPOSAL_REJECTED, BY_ORGANIZER,
  "SELECT count(*) FROM match_proposal WHERE year = $1 AND row_source = $2 AND file_source = $3"
  " AND status = 'rejected'")
X(PROPOSAL_LIST, BY_ORGANIZER,
  "SELECT p.proposal_id, p.year, q.row_number, json_extract(r.cells, '$.title'),"
  " json_extract(r.cells, '$.author'), o.file_name, p.evidence, p.status FROM match_proposal p"
  " JOIN quarantine q ON q.year = p.year AND q.source_key = p.row_source"
  " JOIN identity_refused_row r ON r.quarantine_id = q.quarantine_id"
  " JOIN quarantine o ON o.year = p.year AND o.source_key = p.file_source"
  " WHERE ($1 = 0 OR p.year = $1) AND q.resolved_at IS NULL AND o.resolved_at IS NULL"
  " ORDER BY p.proposal_id")
X(PROPOSAL_GET, BY_ORGANIZER,
  "SELECT p.year, p.row_source, p.status, q.resolved_at IS NULL FROM match_proposal p"
  " JOIN quarantine q ON q.year = p.year AND q.source_key = p.row_source WHERE p.proposal_id = $1")
X(PROPOSAL_DECIDE, BY_ORGANIZER,
  "UPDATE match_proposal SET status = $1, decided_by = $2, decided_at = $3"
  " WHERE proposal_id = $4")
X(PROPOSAL_OTHERS_REJECT, BY_ORGANIZER,
  "UPDATE match_proposal SET status = 'rejected', decided_by = $1, decided_at = $2"
  " WHERE year = $3 AND row_source = $4 AND status = 'accepted'")
X(QUARANTINE_OPEN, BY_ORGANIZER,
  "SELECT count(*) FROM quarantine WHERE year = $1 AND source_key IN ($2, $3) AND resolved_at IS NULL")
X(QUARANTINE_COUNT, BY_ORGANIZER,
  "SELECT count(*) FROM quarantine WHERE year = $1 AND resolved_at IS NULL")
X(QUARANTINE_LIST, BY_ORGANIZER,
  "SELECT q.quarantine_id, q.year, q.row_number, q.file_name, json_extract(r.cells, '$.title'),"
  " json_extract(r.cells, '$.author'), q.reason, q.message_vi, q.message_en FROM quarantine q"
  " LEFT JOIN identity_refused_row r ON r.quarantine_id = q.quarantine_id"
  " WHERE ($1 = 0 OR q.year = $1) AND q.resolved_at IS NULL ORDER BY q.year, q.quarantine_id")
X(QUARANTINE_ORIGINAL, BY_ORGANIZER,
  "SELECT b.bytes FROM quarantine q JOIN identity_blob b ON b.hash = q.hash WHERE q.quarantine_id = $1")
X(QUARANTINE_RESOLVE, BY_ORGANIZER,
  "UPDATE quarantine SET resolved_at = $1 WHERE year = $2 AND source_key IN ($3, $4)"
  " AND resolved_at IS NULL")
X(ENTRY_ID, BY_ORGANIZER, "SELECT entry_id FROM entry WHERE receipt = $1")
X(ENTRY_LIST, BY_ORGANIZER,
  "SELECT e.receipt, e.year, t.key, e.title, f.name, coalesce(u.name, e.sent_by), e.word_count,"
  " e.syllable_count, e.encoding, e.state, u.code,"
  " (SELECT a.name FROM identity_author a WHERE a.entry_id = e.entry_id AND a.position = 1)"
  " FROM entry e JOIN track t ON t.track_id = e.track_id LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " LEFT JOIN identity_file f ON f.entry_id = e.entry_id AND f.version ="
  "  (SELECT max(g.version) FROM identity_file g WHERE g.entry_id = e.entry_id)"
  " WHERE ($1 = 0 OR e.year = $1) AND ($2 = '' OR e.receipt = $2"
  "  OR ($3 <> '' AND (e.title_fold LIKE '%' || $3 || '%'"
  "   OR EXISTS (SELECT 1 FROM subject s WHERE s.entry_id = e.entry_id"
  "    AND s.name_fold LIKE '%' || $3 || '%')"
  "   OR EXISTS (SELECT 1 FROM identity_author a WHERE a.entry_id = e.entry_id"
  "    AND a.name_fold LIKE '%' || $3 || '%')))"
  "  OR ($4 <> '' AND EXISTS (SELECT 1 FROM identity_author a WHERE a.entry_id = e.entry_id"
  "   AND a.phone_key LIKE '%' || $4 || '%')))"
  " ORDER BY e.year, e.entry_id")
X(ENTRY_SHOW, BY_ORGANIZER,
  "SELECT e.receipt, e.year, t.name, e.title, coalesce(u.full_name, e.sent_by), e.first_received_at,"
  " e.received_at, e.published_on, e.publisher, e.url, e.word_count, e.syllable_count,"
  " e.word_count_source, e.duration_seconds, e.encoding, e.state FROM entry e"
  " JOIN track t ON t.track_id = e.track_id LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " WHERE e.entry_id = $1")
X(ENTRY_AUTHORS, BY_ORGANIZER,
  "SELECT name, birth_year, address, phone, email, unit, author_id FROM identity_author"
  " WHERE entry_id = $1"
  " ORDER BY position")
X(ENTRY_SUBJECT, BY_ORGANIZER,
  "SELECT name, kind, address, unit, occupation_group FROM subject WHERE entry_id = $1")
X(ENTRY_FILES, BY_ORGANIZER,
  "SELECT f.version, f.name, b.size, f.received_at, f.hash FROM identity_file f"
  " JOIN identity_blob b ON b.hash = f.hash WHERE f.entry_id = $1 ORDER BY f.version")
X(ENTRY_TEXT, BY_ORGANIZER, "SELECT display FROM identity_text WHERE entry_id = $1")
X(ENTRY_ORIGINAL, BY_ORGANIZER,
  "SELECT b.bytes, f.name FROM identity_file f JOIN identity_blob b ON b.hash = f.hash"
  " WHERE f.entry_id = $1 AND ($2 = 0 OR f.version = $2) ORDER BY f.version DESC LIMIT 1")
X(SCAN_ENTRY, BY_ORGANIZER,
  "SELECT e.receipt, EXISTS (SELECT 1 FROM identity_text t WHERE t.entry_id = e.entry_id), f.hash,"
  " coalesce(s.confirmed, s.suggested, ''), s.confirmed FROM entry e"
  " LEFT JOIN identity_file f ON f.entry_id = e.entry_id AND f.version ="
  "  (SELECT max(g.version) FROM identity_file g WHERE g.entry_id = e.entry_id)"
  " LEFT JOIN identity_scan s ON s.hash = f.hash WHERE e.entry_id = $1")
X(SCAN_FILES, BY_ORGANIZER,
  "SELECT h.name, b.bytes FROM (SELECT f.name, f.hash, 0 AS position FROM identity_file f"
  "  WHERE f.entry_id = $1 AND f.version = (SELECT max(version) FROM identity_file WHERE entry_id = $1)"
  "  UNION ALL SELECT name, hash, attachment_id FROM identity_attachment"
  "  WHERE entry_id = $1 AND replaced_at IS NULL) h"
  " JOIN identity_blob b ON b.hash = h.hash ORDER BY h.position LIMIT 1 OFFSET $2")
X(SCANS_WITHOUT_TEXT, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.title, f.name FROM entry e"
  " JOIN identity_file f ON f.entry_id = e.entry_id AND f.version ="
  "  (SELECT max(g.version) FROM identity_file g WHERE g.entry_id = e.entry_id)"
  " LEFT JOIN identity_scan s ON s.hash = f.hash"
  " WHERE e.year = $1 AND s.hash IS NULL AND e.duration_seconds IS NULL"
  " AND NOT EXISTS (SELECT 1 FROM identity_text t WHERE t.entry_id = e.entry_id) ORDER BY e.entry_id")
X(SCAN_CONFIRMED, BY_ORGANIZER, "SELECT confirmed FROM identity_scan WHERE hash = $1 AND confirmed IS NOT NULL")
X(SCAN_SUGGEST, BY_ORGANIZER,
  "INSERT INTO identity_scan(hash, suggested) VALUES($1, $2)"
  " ON CONFLICT(hash) DO UPDATE SET suggested = excluded.suggested")
X(SCAN_CONFIRM, BY_ORGANIZER,
  "INSERT INTO identity_scan(hash, suggested, confirmed, confirmed_by, confirmed_at)"
  " VALUES($1, '', $2, $3, $4) ON CONFLICT(hash) DO UPDATE SET confirmed = excluded.confirmed,"
  " confirmed_by = excluded.confirmed_by, confirmed_at = excluded.confirmed_at")
X(ENTRY_COUNTED, BY_ORGANIZER,
  "UPDATE entry SET word_count = $1, syllable_count = $2, word_count_source = 'machine'"
  " WHERE entry_id = $3")
X(SCAN_SUGGESTED, BY_ORGANIZER,
  "SELECT s.suggested FROM identity_file f JOIN identity_scan s ON s.hash = f.hash"
  " WHERE f.entry_id = $1 AND f.version ="
  "  (SELECT max(version) FROM identity_file WHERE entry_id = $1)")
X(SAME_PERSON_FIND, BY_ORGANIZER,
  "INSERT INTO identity_same_person(entry_a, position_a, entry_b, position_b, name_a, name_b, evidence)"
  " SELECT a.entry_id, a.position, b.entry_id, b.position, a.name_key, b.name_key,"
  "  substr(CASE WHEN a.birth_year = b.birth_year THEN ',birth' ELSE '' END"
  "   || CASE WHEN a.phone_key <> '' AND b.phone_key <> '' AND (instr(a.phone_key, b.phone_key)"
  "    OR instr(b.phone_key, a.phone_key)) THEN ',phone' ELSE '' END"
  "   || CASE WHEN a.unit_id = b.unit_id THEN ',unit' ELSE '' END, 2) AS evidence"
  " FROM identity_author b JOIN entry e ON e.entry_id = b.entry_id"
  " JOIN identity_author a ON (a.name_key = b.name_key OR a.name_fold = b.name_fold)"
  "  AND a.entry_id < b.entry_id"
  " WHERE ($1 = 0 OR e.year = $1) AND b.name_key <> '' AND evidence <> ''"
  "  AND (evidence LIKE '%phone%' OR a.birth_year IS NULL OR b.birth_year IS NULL"
  "   OR a.birth_year = b.birth_year)"
  " ON CONFLICT(entry_a, position_a, entry_b, position_b) DO UPDATE SET name_a = excluded.name_a,"
  "  name_b = excluded.name_b, evidence = excluded.evidence, status = 'proposed', decided_by = NULL,"
  "  decided_at = NULL WHERE name_a <> excluded.name_a OR name_b <> excluded.name_b")
X(SAME_PERSON_LIST, BY_ORGANIZER,
  "SELECT p.pair_id, ea.receipt, a.name, a.birth_year, eb.receipt, b.name, b.birth_year, p.evidence,"
  " p.status FROM identity_same_person p"
  " JOIN identity_author a ON a.entry_id = p.entry_a AND a.position = p.position_a"
  "  AND a.name_key = p.name_a"
  " JOIN identity_author b ON b.entry_id = p.entry_b AND b.position = p.position_b"
  "  AND b.name_key = p.name_b"
  " JOIN entry ea ON ea.entry_id = p.entry_a JOIN entry eb ON eb.entry_id = p.entry_b"
  " WHERE ($1 = 0 OR ea.year = $1 OR eb.year = $1) AND ($2 = '' OR p.status = $2)"
  " ORDER BY p.pair_id")
X(SAME_PERSON_DECIDE, BY_ORGANIZER,
  "UPDATE identity_same_person SET status = $1, decided_by = $2, decided_at = $3 WHERE pair_id = $4")
X(ENTRY_SAME_PERSON, BY_ORGANIZER,
  "SELECT b.name, e.receipt, e.title FROM identity_same_person p JOIN identity_author a"
  " ON a.entry_id = p.entry_a AND a.position = p.position_a AND a.name_key = p.name_a"
  " JOIN identity_author b ON b.entry_id = p.entry_b AND b.position = p.position_b"
  "  AND b.name_key = p.name_b"
  " JOIN entry e ON e.entry_id = p.entry_b WHERE p.entry_a = $1 AND p.status = 'accepted'"
  " UNION SELECT a.name, e.receipt, e.title FROM identity_same_person p JOIN identity_author a"
  " ON a.entry_id = p.entry_a AND a.position = p.position_a AND a.name_key = p.name_a"
  " JOIN identity_author b ON b.entry_id = p.entry_b AND b.position = p.position_b"
  "  AND b.name_key = p.name_b"
  " JOIN entry e ON e.entry_id = p.entry_a WHERE p.entry_b = $1 AND p.status = 'accepted'"
  " ORDER BY 2")
