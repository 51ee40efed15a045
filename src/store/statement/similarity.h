/* Statements of the room 'similarity'. See store.h. The id of a text is its entry's, or minus that of a
 * reference text. */
/* clang-format off */
#define SIMILAR_TEXT_COLUMNS /* id, year, received, key hash, display */ \
  "e.entry_id, e.year, e.first_received_at, x.key_hash, x.display"
#define SIMILAR_REFERENCE_COLUMNS "-r.reference_id, r.year, 0, r.key_hash, r.display"
X(SIMILAR_TEXTS, BY_ORGANIZER, /* in the order of receiving; what was there before all entries first */
  "SELECT " SIMILAR_REFERENCE_COLUMNS " FROM reference_text r WHERE r.kind = 'compare'"
  " UNION ALL SELECT " SIMILAR_TEXT_COLUMNS " FROM entry e JOIN identity_text x"
  " ON x.entry_id = e.entry_id WHERE e.year <= $1 ORDER BY 3, 1")
X(SIMILAR_TEXTS_OF_YEAR, BY_ORGANIZER, /* for the index: its year alone */
  "SELECT " SIMILAR_REFERENCE_COLUMNS " FROM reference_text r WHERE r.kind = 'compare' AND r.year = $1"
  " UNION ALL SELECT " SIMILAR_TEXT_COLUMNS " FROM entry e JOIN identity_text x"
  " ON x.entry_id = e.entry_id WHERE e.year = $1 ORDER BY 3, 1")
X(SIMILAR_TEXT, BY_ORGANIZER,
  "SELECT " SIMILAR_TEXT_COLUMNS " FROM entry e JOIN identity_text x ON x.entry_id = e.entry_id"
  " WHERE e.entry_id = $1")
X(SIMILAR_REFERENCE, BY_ORGANIZER,
  "SELECT " SIMILAR_REFERENCE_COLUMNS " FROM reference_text r WHERE r.reference_id = -$1")
#undef SIMILAR_TEXT_COLUMNS
#undef SIMILAR_REFERENCE_COLUMNS
X(SIMILAR_INDEXED, BY_ORGANIZER, /* every text that belongs into the index; + keeps to text_by_key, because
   in its row a key hash stands behind the whole text */
  "SELECT -reference_id, year, key_hash FROM reference_text WHERE kind = 'compare'"
  " UNION ALL SELECT e.entry_id, e.year, x.key_hash FROM identity_text x JOIN entry e"
  " ON e.entry_id = +x.entry_id ORDER BY 1")
X(SIMILAR_UNSEEN, BY_ORGANIZER, /* $2 entries of the year, in no order, that were not compared as they are now:
  the texts' pages are read of these only */
  "SELECT e.entry_id, e.first_received_at FROM entry e"
  " LEFT JOIN similarity_seen s ON s.entry_id = e.entry_id WHERE e.year = $1"
  " AND NOT EXISTS (SELECT 1 FROM identity_text x WHERE x.key_hash = s.key_hash"
  "  AND +x.entry_id = e.entry_id)"
  " AND EXISTS (SELECT 1 FROM identity_text x WHERE x.entry_id = e.entry_id) LIMIT $2")
X(SIMILAR_SEE, BY_ORGANIZER,
  "INSERT INTO similarity_seen(entry_id, key_hash, left_over) VALUES($1, $2, $3)"
  " ON CONFLICT(entry_id) DO UPDATE SET key_hash = excluded.key_hash, left_over = excluded.left_over"
  " WHERE key_hash <> excluded.key_hash OR left_over <> excluded.left_over")
X(SIMILAR_CROWDED, BY_ORGANIZER,
  "SELECT e.receipt, s.left_over FROM similarity_seen s JOIN entry e ON e.entry_id = s.entry_id"
  " WHERE e.year = $1 AND s.left_over > 0 ORDER BY s.left_over DESC, e.receipt")
X(SIMILAR_UNREAD, BY_ORGANIZER,
  "SELECT count(*) FROM entry e WHERE e.year = $1 AND NOT EXISTS"
  " (SELECT 1 FROM identity_text x WHERE x.entry_id = e.entry_id)")
X(SIMILAR_OF_YEAR, BY_ORGANIZER, /* the cases that a run over year $1 answers for */
  "SELECT s.similarity_id, coalesce(s.entry_a, -s.reference_a), s.entry_b, s.evidence_hash, s.current,"
  " s.class = 'paraphrase' FROM similarity s LEFT JOIN entry a ON a.entry_id = s.entry_a"
  " JOIN entry b ON b.entry_id = s.entry_b WHERE b.year <= $1 AND coalesce(a.year, 0) <= $1"
  " AND (coalesce(a.year, 0) = $1 OR b.year = $1) ORDER BY 2, 3")
X(SIMILAR_SAME_AUTHOR, BY_ORGANIZER, /* authors that two entries have in common */
  "SELECT count(*) FROM identity_author a JOIN identity_author b ON b.name_key = a.name_key"
  " AND b.birth_year IS a.birth_year WHERE a.entry_id = $1 AND b.entry_id = $2 AND a.name_key <> ''")
X(SIMILAR_ADD, BY_ORGANIZER, /* $1: an entry, or minus a reference text */
  "INSERT INTO similarity(entry_a, reference_a, entry_b, class, share_a, share_b, same_author,"
  " passages, evidence_hash) VALUES(CASE WHEN $1 > 0 THEN $1 END, CASE WHEN $1 < 0 THEN -$1 END, $2,"
  " $3, $4, $5, $6, $7, $8)")
X(SIMILAR_CHANGE, BY_ORGANIZER,
  "UPDATE similarity SET class = $1, share_a = $2, share_b = $3, same_author = $4, passages = $5,"
  " evidence_hash = $6, current = 1, status = 'open', reason = NULL, ruled_by = NULL, ruled_at = NULL"
  " WHERE similarity_id = $7")
X(SIMILAR_REFRESH, BY_ORGANIZER, /* the same evidence; what does not count may have changed */
  "UPDATE similarity SET share_a = $1, share_b = $2, same_author = $3, passages = $4, current = 1"
  " WHERE similarity_id = $5 AND (share_a <> $1 OR share_b <> $2 OR same_author <> $3"
  "  OR passages <> $4 OR current = 0)")
X(SIMILAR_VANISHED, BY_ORGANIZER, "UPDATE similarity SET current = 0 WHERE similarity_id = $1")
X(SIMILAR_COUNT, BY_ORGANIZER,
  "SELECT count(*) FILTER (WHERE s.class <> 'paraphrase'),"
  " count(*) FILTER (WHERE s.class <> 'paraphrase' AND s.status = 'open'),"
  " count(*) FILTER (WHERE s.class = 'paraphrase') FROM similarity s"
  " LEFT JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE s.current = 1 AND b.year <= $1 AND coalesce(a.year, 0) <= $1"
  " AND (coalesce(a.year, 0) = $1 OR b.year = $1)")
X(SIMILAR_GET, BY_ORGANIZER, /* either may be minus a reference text */
  "SELECT s.similarity_id, s.share_a, s.share_b, s.same_author, s.current,"
  " coalesce(a.receipt, 'R' || r.reference_id), b.receipt, coalesce(a.title, r.title), b.title,"
  " s.class, s.status, coalesce(s.reason, ''), s.passages,"
  " coalesce(x.display, r.display, ''), coalesce(y.display, '') FROM similarity s"
  " LEFT JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " LEFT JOIN reference_text r ON r.reference_id = s.reference_a"
  " LEFT JOIN identity_text x ON x.entry_id = s.entry_a"
  " LEFT JOIN identity_text y ON y.entry_id = s.entry_b"
  " WHERE (coalesce(s.entry_a, -s.reference_a) = $1 AND s.entry_b = $2)"
  " OR (coalesce(s.entry_a, -s.reference_a) = $2 AND s.entry_b = $1)")
X(SIMILAR_RULE, BY_ORGANIZER,
  "UPDATE similarity SET status = $1, reason = $2, ruled_by = $3, ruled_at = $4"
  " WHERE similarity_id = $5")
X(SIMILAR_LIST, BY_ORGANIZER, /* $1: a year, 0 for all; $2: 1 for paraphrase, 0 for all the rest */
  "SELECT s.similarity_id, coalesce(a.receipt, 'R' || r.reference_id), b.receipt, s.class, s.share_a,"
  " s.share_b, s.same_author, s.status, s.reason, coalesce(a.title, r.title), b.title, s.passages,"
  " coalesce(s.entry_a, -s.reference_a), s.entry_b"
  " FROM similarity s LEFT JOIN entry a ON a.entry_id = s.entry_a"
  " LEFT JOIN reference_text r ON r.reference_id = s.reference_a"
  " JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE s.current = 1 AND ($1 = 0 OR (coalesce(a.year, 0) <= $1 AND b.year <= $1"
  "  AND (coalesce(a.year, 0) = $1 OR b.year = $1))) AND (s.class = 'paraphrase') = $2"
  " ORDER BY CASE s.class WHEN 'exact' THEN 0 WHEN 'near' THEN 1 WHEN 'contained' THEN 2"
  "  WHEN 'patchwork' THEN 3 ELSE 4 END, coalesce(a.year, 0), 13, 14")
X(SIMILAR_MASS_PUT, BY_ORGANIZER,
  "INSERT INTO similarity_mass(year, list) VALUES($1, $2)"
  " ON CONFLICT(year) DO UPDATE SET list = excluded.list WHERE list <> excluded.list")
X(SIMILAR_NAME, BY_ORGANIZER, /* as people call a text */
  "SELECT receipt FROM entry WHERE entry_id = $1")
X(SIMILAR_MASS_GET, BY_ORGANIZER, "SELECT list FROM similarity_mass WHERE year = $1")
X(REFERENCE_ADD, BY_ORGANIZER,
  "INSERT INTO reference_text(kind, title, year, display, key_hash) VALUES($1, $2, $3, $4, $5)"
  " ON CONFLICT(kind, title) DO UPDATE SET year = excluded.year, display = excluded.display,"
  " key_hash = excluded.key_hash WHERE year <> excluded.year OR display <> excluded.display")
X(REFERENCE_FIND, BY_ORGANIZER,
  "SELECT reference_id FROM reference_text WHERE kind = $1 AND title = $2")
X(REFERENCE_LIST, BY_ORGANIZER,
  "SELECT reference_id, kind, title, year, length(display),"
  " (SELECT count(*) FROM similarity s WHERE s.reference_a = reference_id AND s.current = 1)"
  " FROM reference_text ORDER BY kind, reference_id")
X(REFERENCE_LIBRARY, BY_ORGANIZER,
  "SELECT display FROM reference_text WHERE kind = 'library' ORDER BY reference_id")
X(REFERENCE_DROP, BY_ORGANIZER,
  "DELETE FROM reference_text WHERE reference_id = $1 AND NOT EXISTS"
  " (SELECT 1 FROM similarity s WHERE s.reference_a = $1)")
