/* Statements of the room 'anonymity'. See store.h. */
/* clang-format off */
X(REDACT_IDS, BY_ORGANIZER,
  "SELECT entry_id FROM entry WHERE year = $1 AND state = 'received' ORDER BY entry_id")
X(REDACT_AUTHORS, BY_ORGANIZER,
  "SELECT name, unit, address, email FROM identity_author WHERE entry_id = $1 ORDER BY position")
X(REDACT_ENTRY, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.title, coalesce(x.display, ''), coalesce(s.name, ''),"
  " coalesce(s.unit, '') FROM entry e LEFT JOIN identity_text x ON x.entry_id = e.entry_id"
  " LEFT JOIN subject s ON s.entry_id = e.entry_id"
  " WHERE e.entry_id = $1")
X(REDACT_PARTS, BY_ORGANIZER,
  "SELECT e.title, coalesce(x.display, '') FROM entry e LEFT JOIN identity_text x"
  " ON x.entry_id = e.entry_id WHERE e.entry_id = $1")
X(REDACTION_OF_TEXT, BY_ORGANIZER,
  "SELECT redaction_id, byte_start, byte_end, status FROM redaction"
  " WHERE entry_id = $1 AND text_hash = $2 ORDER BY byte_start, byte_end")
X(REDACTION_ADD, BY_ORGANIZER,
  "INSERT INTO redaction(entry_id, text_hash, byte_start, byte_end, kind, status, decided_by,"
  " decided_at) VALUES($1, $2, $3, $4, $5, $6, $7, $8)")
X(REDACTION_DROP, BY_ORGANIZER,
  "DELETE FROM redaction WHERE redaction_id = $1 AND status = 'proposed'")
X(REDACTION_GET, BY_ORGANIZER,
  "SELECT entry_id, text_hash, status FROM redaction WHERE redaction_id = $1")
X(REDACTION_DECIDE, BY_ORGANIZER,
  "UPDATE redaction SET status = $1, decided_by = $2, decided_at = $3 WHERE redaction_id = $4")
X(REDACTION_LIST, BY_ORGANIZER, /* $1: a year, $2: an entry, 0 for all */
  "SELECT r.redaction_id, e.receipt, r.kind, r.status, r.byte_start, r.byte_end, r.text_hash,"
  " e.entry_id FROM redaction r JOIN entry e ON e.entry_id = r.entry_id"
  " WHERE ($1 = 0 OR e.year = $1) AND ($2 = 0 OR e.entry_id = $2)"
  " ORDER BY e.year, e.entry_id, r.byte_start, r.redaction_id")
X(REVIEW_GET, BY_ORGANIZER,
  "SELECT mode, text_hash FROM redaction_review WHERE entry_id = $1")
X(REVIEW_PUT, BY_ORGANIZER,
  "INSERT INTO redaction_review(entry_id, text_hash, mode, by, at) VALUES($1, $2, $3, $4, $5)"
  " ON CONFLICT(entry_id) DO UPDATE SET text_hash = excluded.text_hash, mode = excluded.mode,"
  " by = excluded.by, at = excluded.at")
X(BLIND_REFRESH, BY_ORGANIZER,
  "UPDATE blind SET title = $1, text = $2 WHERE phach IN (SELECT p.phach FROM identity_phach p"
  " JOIN round r ON r.round_id = p.round_id WHERE p.entry_id = $3 AND r.state <> 'closed')")
X(PHACH_ROUND, BY_ORGANIZER, /* with the round before it, if any */
  "SELECT r.key, r.name, r.state, b.round_id, b.key, b.name FROM round r LEFT JOIN round b"
  " ON b.year = r.year AND b.position = (SELECT max(position) FROM round"
  "  WHERE year = r.year AND position < r.position) WHERE r.round_id = $1")
X(PHACH_ENTRIES, BY_ORGANIZER, /* $2: the round before, 0 for none; $3: how many go on */
  "SELECT e.entry_id, e.receipt, e.title, e.track_id, e.word_count, e.state,"
  " (SELECT count(*) FROM finding f WHERE f.entry_id = e.entry_id AND f.current = 1"
  "  AND f.severity = 'reject' AND f.status = 'accepted')"
  " + (SELECT count(*) FROM similarity s WHERE s.entry_b = e.entry_id AND s.current = 1" /* a copy */
  "  AND s.status = 'accepted') FROM entry e WHERE e.year = $1"
  " AND ($2 = 0 OR e.entry_id IN (SELECT entry_id FROM result WHERE round_id = $2 AND rank <= $3))"
  " ORDER BY e.entry_id")
X(PHACH_RANKED, BY_ORGANIZER, "SELECT count(*) FROM result WHERE round_id = $1 AND rank IS NOT NULL")
X(PHACH_OF, BY_ORGANIZER, "SELECT 1 FROM identity_phach WHERE round_id = $1 AND entry_id = $2")
X(PHACH_ADD, BY_ORGANIZER,
  "INSERT INTO identity_phach(phach, round_id, entry_id) VALUES($1, $2, $3)")
X(BLIND_ADD, BY_ORGANIZER,
  "INSERT INTO blind(phach, round_id, track_id, title, text, word_count)"
  " VALUES($1, $2, $3, $4, $5, $6)")
X(PAGE_ADD, BY_ORGANIZER,
  "INSERT INTO redacted_page(entry_id, page, type, bytes, by, at) VALUES($1, $2, $3, $4, $5, $6)")
X(PAGES_FORGET, BY_ORGANIZER, "DELETE FROM redacted_page WHERE entry_id = $1")
X(BLIND_PAGES_DROP, BY_ORGANIZER,
  "DELETE FROM blind_page WHERE phach IN (SELECT p.phach FROM identity_phach p"
  " JOIN round r ON r.round_id = p.round_id WHERE p.entry_id = $1 AND r.state <> 'closed')")
X(BLIND_PAGES_REFRESH, BY_ORGANIZER,
  "INSERT INTO blind_page(phach, page, type, bytes) SELECT p.phach, g.page, g.type, g.bytes"
  " FROM redacted_page g JOIN identity_phach p ON p.entry_id = g.entry_id"
  " JOIN round r ON r.round_id = p.round_id WHERE g.entry_id = $1 AND r.state <> 'closed'"
  " ORDER BY p.phach, g.page")
X(BLIND_PAGES_ADD, BY_ORGANIZER,
  "INSERT INTO blind_page(phach, page, type, bytes) SELECT $1, page, type, bytes FROM redacted_page"
  " WHERE entry_id = $2 ORDER BY page")
X(BLIND_PAGES_FORGET, BY_ORGANIZER,
  "DELETE FROM blind_page WHERE phach IN (SELECT phach FROM identity_phach WHERE entry_id = $1)")
X(PHACH_PAIRS, BY_ORGANIZER,
  "SELECT p.phach, e.receipt, e.title FROM identity_phach p JOIN entry e ON e.entry_id = p.entry_id"
  " WHERE p.round_id = $1 ORDER BY e.entry_id")
X(AUTHOR_GET, BY_ORGANIZER, "SELECT entry_id, name FROM identity_author WHERE author_id = $1")
X(AUTHOR_ERASE, BY_ORGANIZER,
  "UPDATE identity_author SET name = $1, name_key = '', name_fold = '', birth_year = NULL,"
  " address = '', phone = '', phone_key = '', email = '', unit = '', unit_id = NULL"
  " WHERE author_id = $2")
X(AUTHORS_LEFT, BY_ORGANIZER,
  "SELECT count(*) FROM identity_author WHERE entry_id = $1 AND name <> $2")
X(TEXT_REPLACE, BY_ORGANIZER, "UPDATE identity_text SET display = $1 WHERE entry_id = $2")
X(TITLE_REPLACE, BY_ORGANIZER,
  "UPDATE entry SET title = $1, title_fold = $2 WHERE entry_id = $3 AND title <> $1")
X(REDACTION_FORGET, BY_ORGANIZER, "DELETE FROM redaction WHERE entry_id = $1")
X(FILES_FORGET, BY_ORGANIZER, "DELETE FROM identity_file WHERE entry_id = $1")
X(SAME_PERSON_FORGET, BY_ORGANIZER,
  "DELETE FROM identity_same_person WHERE pair_id IN (SELECT p.pair_id FROM identity_author a"
  " JOIN identity_same_person p ON (p.entry_a = a.entry_id AND p.position_a = a.position)"
  "  OR (p.entry_b = a.entry_id AND p.position_b = a.position) WHERE a.author_id = $1)")
X(ATTACHMENTS_FORGET, BY_ORGANIZER, "DELETE FROM identity_attachment WHERE entry_id = $1")
X(BLOBS_FORGET, BY_ORGANIZER,
  "DELETE FROM identity_blob WHERE hash NOT IN (SELECT hash FROM identity_file)"
  " AND hash NOT IN (SELECT hash FROM identity_attachment)"
  " AND hash NOT IN (SELECT hash FROM identity_refused_file)"
  " AND hash NOT IN (SELECT hash FROM quarantine WHERE hash IS NOT NULL)")
X(AWARDS_OF_ENTRY, BY_ORGANIZER,
  "SELECT count(*) FROM award WHERE entry_id = $1 AND kind = 'entry' AND state IN ('decided', 'held')")
X(RETENTION, BY_ORGANIZER,
  "SELECT c.year, (SELECT count(*) FROM entry e WHERE e.year = c.year),"
  " (SELECT count(*) FROM identity_author a JOIN entry e ON e.entry_id = a.entry_id"
  "  WHERE e.year = c.year AND a.name_fold <> ''),"
  " (SELECT count(*) FROM identity_file f JOIN entry e ON e.entry_id = f.entry_id"
  "  WHERE e.year = c.year) FROM contest c ORDER BY c.year")
