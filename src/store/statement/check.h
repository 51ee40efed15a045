/* Statements of the room 'check'. See store.h. */
/* clang-format off */
X(CHECK_ENTRIES, BY_ORGANIZER, /* $2: one entry, 0 for all received ones of the year */
  "SELECT e.entry_id, e.receipt, t.key, e.title, e.sent_by, e.first_received_at, e.word_count,"
  " e.word_count_source, e.duration_seconds, e.published_on, e.publisher, e.url,"
  " s.name, s.kind, s.address, s.unit, s.occupation_group, x.display, e.syllable_count, u.code,"
  " u.parent_code, (SELECT f.name FROM identity_file f WHERE f.entry_id = e.entry_id"
  "  ORDER BY f.version DESC LIMIT 1)"
  " FROM entry e JOIN track t ON t.track_id = e.track_id"
  " LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " LEFT JOIN subject s ON s.entry_id = e.entry_id"
  " LEFT JOIN identity_text x ON x.entry_id = e.entry_id"
  " WHERE e.year = $1 AND ($2 = 0 OR e.entry_id = $2) AND (e.state = 'received' OR $2 <> 0)"
  " ORDER BY e.entry_id")
X(CHECK_WRITERS, BY_ORGANIZER,
  "SELECT a.name_key, a.name_fold, a.birth_year, a.phone, a.unit, e.entry_id, e.receipt"
  " FROM identity_author a JOIN entry e ON e.entry_id = a.entry_id"
  " WHERE e.year = $1 AND e.state = 'received' ORDER BY a.name_fold, e.entry_id, a.position")
X(CHECK_PLACES, BY_ORGANIZER, /* a unit and all that lies in it */
  "WITH RECURSIVE inside(code) AS (SELECT code FROM unit WHERE unit_id = $1 UNION SELECT u.code FROM unit u"
  " JOIN inside i ON u.parent_code = i.code)"
  " SELECT u.name_fold, u.full_name_fold FROM unit u JOIN inside i ON i.code = u.code")
X(ENTRY_YEAR, BY_ORGANIZER, "SELECT year FROM entry WHERE entry_id = $1")
X(CHECK_AUTHORS, BY_ORGANIZER,
  "SELECT name, name_key, name_fold, birth_year, address, phone, email, unit"
  " FROM identity_author WHERE entry_id = $1 ORDER BY position")
X(CHECK_BARRED, BY_ORGANIZER,
  "SELECT i.name, i.name_fold, i.birth_year, 'judge', j.code, '', coalesce(u.full_name, '')"
  " FROM judge_contest c JOIN judge j ON j.judge_id = c.judge_id"
  " JOIN identity_judge i ON i.judge_id = j.judge_id"
  " LEFT JOIN unit u ON u.unit_id = j.unit_id WHERE c.year = $1"
  " UNION ALL SELECT name, name_fold, birth_year, role, '', coalesce(phone, ''), coalesce(unit, '')"
  " FROM identity_barred WHERE year = $1 ORDER BY 2, 4, 5")
X(CHECK_SUBJECTS, BY_ORGANIZER,
  "SELECT e.entry_id, e.year, e.receipt, e.title, s.name, s.address, s.unit,"
  " coalesce((SELECT group_concat(x.said, '; ') FROM (SELECT c.form || ', ' || c.decision AS said"
  "   FROM commendation c WHERE c.entry_id = e.entry_id AND c.decision IS NOT NULL"
  "   UNION ALL SELECT a.prize || ', ' || a.decision FROM award a WHERE a.entry_id = e.entry_id"
  "   AND a.kind = 'subject' AND a.state = 'decided') x), '')"
  " FROM subject s JOIN entry e ON e.entry_id = s.entry_id"
  " WHERE e.year <= $1 AND e.state = 'received' ORDER BY e.year, e.entry_id")
X(SUBJECT_ROWS, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.year, e.title, coalesce(u.full_name, e.sent_by),"
  " coalesce((SELECT a.prize FROM award a WHERE a.entry_id = e.entry_id AND a.kind = 'entry'"
  "  AND a.state = 'decided'), ''),"
  " coalesce((SELECT group_concat(x.said, '; ') FROM (SELECT c.form || ', ' || c.decision AS said"
  "   FROM commendation c WHERE c.entry_id = e.entry_id AND c.decision IS NOT NULL"
  "   UNION ALL SELECT a.prize || ', ' || a.decision FROM award a WHERE a.entry_id = e.entry_id"
  "   AND a.kind = 'subject' AND a.state = 'decided') x), ''),"
  " coalesce((SELECT group_concat(c.form, '; ') FROM commendation c WHERE c.entry_id = e.entry_id"
  "  AND c.decision IS NULL), ''),"
  " (SELECT count(*) FROM finding f WHERE f.entry_id = e.entry_id AND f.current = 1"
  "  AND f.severity = 'reject' AND f.status = 'accepted'),"
  " s.name, s.kind, s.address, s.unit, s.occupation_group"
  " FROM subject s JOIN entry e ON e.entry_id = s.entry_id"
  " LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " WHERE e.state = 'received' AND s.name <> '' ORDER BY e.year, e.entry_id")
X(SUBJECT_PAIRS, BY_ORGANIZER,
  "SELECT entry_id, other_id FROM finding WHERE current = 1 AND"
  " ((rule = 'subject.same' AND status <> 'dismissed')"
  "  OR (rule = 'subject.namesake' AND status = 'accepted')) ORDER BY finding_id")
X(SUBJECT_OF_ENTRY, BY_ORGANIZER,
  "SELECT e.receipt FROM subject s JOIN entry e ON e.entry_id = s.entry_id"
  " WHERE s.entry_id = $1 AND s.name <> ''")
X(COMMENDATION_PUT, BY_ORGANIZER,
  "INSERT INTO commendation(entry_id, form, level, authority, decision, decision_date)"
  " VALUES($1, $2, $3, $4, $5, $6) ON CONFLICT(entry_id, form) DO UPDATE SET"
  " level = excluded.level, authority = excluded.authority, decision = excluded.decision,"
  " decision_date = excluded.decision_date WHERE commendation.decision IS NULL")
X(FINDING_OF_ENTRY, BY_ORGANIZER,
  "SELECT finding_id, rule, evidence_hash, source, severity, message_vi, message_en, evidence,"
  " current FROM finding WHERE entry_id = $1 ORDER BY finding_id")
X(FINDING_ADD, BY_ORGANIZER,
  "INSERT INTO finding(entry_id, rule, evidence_hash, source, severity, message_vi, message_en,"
  " evidence, other_id) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)")
X(FINDING_RENEW, BY_ORGANIZER,
  "UPDATE finding SET current = 1, source = $1, message_vi = $2, message_en = $3, evidence = $4"
  " WHERE finding_id = $5")
X(FINDING_VANISH, BY_ORGANIZER, "UPDATE finding SET current = 0 WHERE finding_id = $1")
X(FINDING_COUNT, BY_ORGANIZER,
  "SELECT count(*), count(*) FILTER (WHERE f.status = 'open') FROM finding f"
  " JOIN entry e ON e.entry_id = f.entry_id WHERE e.year = $1 AND f.current = 1")
X(FINDING_GET, BY_ORGANIZER,
  "SELECT e.receipt, f.rule, f.current, f.status, coalesce(f.reason, '') FROM finding f"
  " JOIN entry e ON e.entry_id = f.entry_id WHERE f.finding_id = $1")
X(FINDING_RULE, BY_ORGANIZER,
  "UPDATE finding SET status = $1, reason = $2, ruled_by = $3, ruled_at = $4 WHERE finding_id = $5")
X(FINDING_LIST, BY_ORGANIZER, /* $1: a year, 0 for all; $2: a status, '' for all */
  "SELECT f.finding_id, e.receipt, f.rule, f.severity, f.status, e.title, f.message_vi,"
  " f.message_en, f.source, f.reason, f.evidence FROM finding f"
  " JOIN entry e ON e.entry_id = f.entry_id"
  " WHERE f.current = 1 AND ($1 = 0 OR e.year = $1) AND ($2 = '' OR f.status = $2)"
  " ORDER BY e.year, e.entry_id, CASE f.severity WHEN 'reject' THEN 0 WHEN 'warn' THEN 1 ELSE 2 END,"
  " f.finding_id")
