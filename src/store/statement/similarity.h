/* Statements of the room 'similarity'. See store.h. */
/* clang-format off */
X(SIMILAR_TEXTS, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.year, e.first_received_at, x.display, x.key_hash,"
  " (SELECT a.name_key FROM identity_author a WHERE a.entry_id = e.entry_id AND a.position = 1),"
  " (SELECT a.birth_year FROM identity_author a WHERE a.entry_id = e.entry_id AND a.position = 1)"
  " FROM entry e JOIN identity_text x ON x.entry_id = e.entry_id"
  " WHERE e.year <= $1 AND x.display <> '' ORDER BY e.first_received_at, e.entry_id")
X(SIMILAR_UNREAD, BY_ORGANIZER,
  "SELECT count(*) FROM entry e WHERE e.year = $1 AND NOT EXISTS"
  " (SELECT 1 FROM identity_text x WHERE x.entry_id = e.entry_id AND x.display <> '')")
X(SIMILAR_OF_YEAR, BY_ORGANIZER, /* the cases that a run over year $1 answers for */
  "SELECT s.similarity_id, s.entry_a, s.entry_b, s.evidence_hash, s.current FROM similarity s"
  " JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE a.year <= $1 AND b.year <= $1 AND (a.year = $1 OR b.year = $1)"
  " ORDER BY s.entry_a, s.entry_b")
X(SIMILAR_ADD, BY_ORGANIZER,
  "INSERT INTO similarity(entry_a, entry_b, class, share_a, share_b, same_author, passages,"
  " evidence_hash) VALUES($1, $2, $3, $4, $5, $6, $7, $8)")
X(SIMILAR_CHANGE, BY_ORGANIZER,
  "UPDATE similarity SET class = $1, share_a = $2, share_b = $3, same_author = $4, passages = $5,"
  " evidence_hash = $6, current = 1, status = 'open', reason = NULL, ruled_by = NULL, ruled_at = NULL"
  " WHERE similarity_id = $7")
X(SIMILAR_CURRENT, BY_ORGANIZER, "UPDATE similarity SET current = $1 WHERE similarity_id = $2")
X(SIMILAR_COUNT, BY_ORGANIZER,
  "SELECT count(*), count(*) FILTER (WHERE s.status = 'open') FROM similarity s"
  " JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE s.current = 1 AND a.year <= $1 AND b.year <= $1 AND (a.year = $1 OR b.year = $1)")
X(SIMILAR_GET, BY_ORGANIZER,
  "SELECT s.similarity_id, s.entry_a, s.entry_b, s.share_a, s.share_b, s.same_author, s.current,"
  " a.receipt, b.receipt, a.title, b.title, s.class, s.status, coalesce(s.reason, ''), s.passages,"
  " coalesce(x.display, ''), coalesce(y.display, '') FROM similarity s"
  " JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " LEFT JOIN identity_text x ON x.entry_id = s.entry_a"
  " LEFT JOIN identity_text y ON y.entry_id = s.entry_b"
  " WHERE (s.entry_a = $1 AND s.entry_b = $2) OR (s.entry_a = $2 AND s.entry_b = $1)")
X(SIMILAR_RULE, BY_ORGANIZER,
  "UPDATE similarity SET status = $1, reason = $2, ruled_by = $3, ruled_at = $4"
  " WHERE similarity_id = $5")
X(SIMILAR_LIST, BY_ORGANIZER, /* $1: a year, 0 for all; $2: a status, '' for all */
  "SELECT s.similarity_id, a.receipt, b.receipt, s.class, s.share_a, s.share_b, s.same_author,"
  " s.status, s.reason, a.title, b.title, s.passages FROM similarity s"
  " JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE s.current = 1 AND ($1 = 0 OR (a.year <= $1 AND b.year <= $1"
  "  AND (a.year = $1 OR b.year = $1))) AND ($2 = '' OR s.status = $2)"
  " ORDER BY CASE s.class WHEN 'exact' THEN 0 WHEN 'near' THEN 1 WHEN 'contained' THEN 2"
  "  WHEN 'patchwork' THEN 3 ELSE 4 END, a.year, a.entry_id, b.entry_id")
