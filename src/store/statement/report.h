/* Statements of what only reports count. See store.h. */
/* clang-format off */
/* ---- units ---- */
X(REPORT_TRACKS, BY_ORGANIZER, "SELECT track_id, name FROM track WHERE year = $1 ORDER BY position")
X(REPORT_SENDERS, BY_ORGANIZER, /* a unit that is in no list stands as the manifest wrote it */
  "SELECT coalesce(e.unit_id, 0), coalesce(u.full_name, e.sent_by), count(*),"
  " (SELECT count(DISTINCT a.name_key) FROM identity_author a JOIN entry x ON x.entry_id = a.entry_id"
  "  WHERE x.year = $1 AND coalesce(x.unit_id, 0) = coalesce(e.unit_id, 0)"
  "  AND (x.unit_id IS NOT NULL OR x.sent_by = e.sent_by)),"
  " sum(e.state <> 'received'),"
  " count(CASE WHEN s.kind = 'tập thể' THEN 1 END),"
  " count(CASE WHEN w.award_id IS NOT NULL THEN 1 END)"
  " FROM entry e LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " LEFT JOIN subject s ON s.entry_id = e.entry_id"
  " LEFT JOIN award w ON w.entry_id = e.entry_id AND w.kind = 'entry' AND w.state IN ('decided', 'held')"
  " WHERE e.year = $1 GROUP BY 1, 2 ORDER BY 3 DESC, 2")
X(REPORT_SENDER_TRACK, BY_ORGANIZER,
  "SELECT count(*) FROM entry e LEFT JOIN unit u ON u.unit_id = e.unit_id WHERE e.year = $1"
  " AND e.track_id = $2 AND coalesce(e.unit_id, 0) = $3 AND coalesce(u.full_name, e.sent_by) = $4")
X(REPORT_SILENT, BY_ORGANIZER, /* units right below the city that sent nothing; not the communes */
  "SELECT u.kind, u.full_name FROM unit u JOIN unit city ON city.code = u.parent_code"
  " WHERE coalesce(city.parent_code, '') = '' AND u.kind NOT IN ('phường', 'xã', 'thị trấn')"
  " AND u.valid_from <= $1 AND (u.valid_to = '' OR u.valid_to >= $1)"
  " AND NOT EXISTS (SELECT 1 FROM entry e JOIN unit v ON v.unit_id = e.unit_id"
  "  WHERE e.year = $2 AND (v.code = u.code OR v.parent_code = u.code))"
  " ORDER BY u.kind, u.full_name")
X(REPORT_OCCUPATIONS, BY_ORGANIZER,
  "SELECT s.kind, s.occupation_group, count(*), count(w.award_id) FROM entry e"
  " JOIN subject s ON s.entry_id = e.entry_id"
  " LEFT JOIN award w ON w.entry_id = e.entry_id AND w.kind = 'entry' AND w.state IN ('decided', 'held')"
  " WHERE e.year BETWEEN $1 AND $2 GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2")

/* ---- the ceremony ---- */
X(REPORT_CEREMONY, BY_ORGANIZER, /* as they are called: collectives, then the smallest prize first */
  "SELECT a.kind, a.prize, a.recipient, a.recipient_unit, a.title, a.track,"
  " coalesce((SELECT c.serial FROM certificate c WHERE c.award_id = a.award_id"
  "  AND c.state = 'issued' ORDER BY c.certificate_id DESC LIMIT 1), ''), a.award_id,"
  " CASE a.kind WHEN 'entry' THEN coalesce((SELECT min(i.address) FROM identity_author i"
  "  WHERE i.entry_id = a.entry_id AND i.position = 1), '') WHEN 'subject' THEN coalesce((SELECT"
  "  nullif(s.address, a.recipient_unit) FROM subject s WHERE s.entry_id = a.entry_id), '') ELSE '' END,"
  " CASE a.kind WHEN 'entry' THEN coalesce((SELECT min(i.phone) FROM identity_author i"
  "  WHERE i.entry_id = a.entry_id AND i.position = 1), '') ELSE '' END"
  " FROM award a LEFT JOIN prize p ON p.prize_id = a.prize_id"
  " LEFT JOIN track t ON t.year = a.year AND t.name = a.track"
  " WHERE a.year = $1 AND a.state = 'decided'"
  " ORDER BY a.kind = 'entry', " PRIZE_ORDER " DESC, coalesce(t.position, 0), a.award_id")

/* ---- several years: $1..$2 ---- */
X(REPORT_FAITHFUL, BY_ORGANIZER, /* one person: same name key, and same birth year where it is known */
  "SELECT min(a.name), coalesce(max(a.birth_year), 0), count(DISTINCT e.year), count(DISTINCT e.entry_id),"
  " count(DISTINCT w.award_id), min(e.year), max(e.year), max(a.unit)"
  " FROM identity_author a JOIN entry e ON e.entry_id = a.entry_id"
  " LEFT JOIN award w ON w.entry_id = e.entry_id AND w.kind = 'entry' AND w.state IN ('decided', 'held')"
  " WHERE e.year BETWEEN $1 AND $2 GROUP BY a.name_key, coalesce(a.birth_year, 0)"
  " HAVING count(DISTINCT e.year) > 1 ORDER BY 3 DESC, 4 DESC, min(a.name_fold) LIMIT 40")
X(REPORT_SUBJECTS_LISTED, BY_ORGANIZER, /* commended by a list of a year, with no entry about them */
  "SELECT count(DISTINCT a.recipient_fold) FROM award a WHERE a.kind = 'subject' AND a.entry_id IS NULL"
  " AND a.state IN ('decided', 'held') AND a.year BETWEEN $1 AND $2"
  " AND NOT EXISTS (SELECT 1 FROM subject s WHERE s.name_fold = a.recipient_fold)")
X(REPORT_SUBJECT_YEARS, BY_ORGANIZER,
  "SELECT count(CASE WHEN s.kind = 'cá nhân' THEN 1 END), count(CASE WHEN s.kind = 'tập thể' THEN 1 END)"
  " FROM entry e JOIN subject s ON s.entry_id = e.entry_id WHERE e.year = $1")
X(REPORT_UNIT_YEARS, BY_ORGANIZER,
  "SELECT u.full_name, e.year, count(*) FROM entry e JOIN unit u ON u.unit_id = e.unit_id"
  " WHERE e.year BETWEEN $1 AND $2 GROUP BY 1, 2 ORDER BY 1, 2")
X(REPORT_DISTRICTS, BY_ORGANIZER, /* what the districts and their communes collected */
  "SELECT d.full_name, count(DISTINCT e.entry_id), count(DISTINCT e.year), count(DISTINCT a.name_key),"
  " count(DISTINCT w.award_id) FROM unit d"
  " LEFT JOIN unit c ON c.code = d.code OR c.parent_code = d.code"
  " LEFT JOIN entry e ON e.unit_id = c.unit_id AND e.year BETWEEN $1 AND $2"
  " LEFT JOIN identity_author a ON a.entry_id = e.entry_id"
  " LEFT JOIN award w ON w.entry_id = e.entry_id AND w.kind = 'entry' AND w.state IN ('decided', 'held')"
  " WHERE d.kind IN ('quận', 'huyện', 'thị xã') GROUP BY d.code ORDER BY min(d.code)")
X(REPORT_ROUNDS, BY_ORGANIZER,
  "SELECT r.year, r.name, r.per_entry,"
  " (SELECT count(*) FROM blind b WHERE b.round_id = r.round_id),"
  " (SELECT count(DISTINCT s.judge_id) FROM sheet s WHERE s.round_id = r.round_id AND s.state <> 'lost'),"
  " (SELECT count(*) FROM sheet s WHERE s.round_id = r.round_id AND s.state = 'submitted'),"
  " (SELECT max(x.mean_points) FROM result x WHERE x.round_id = r.round_id),"
  " (SELECT min(x.mean_points) FROM result x WHERE x.round_id = r.round_id)"
  " FROM round r WHERE r.year BETWEEN $1 AND $2 ORDER BY r.year, r.position")
X(REPORT_READINGS, BY_ORGANIZER, /* complete sheets of a year: the code of the judge, never the name */
  "SELECT s.phach, j.code, sum(m.points) FROM sheet s JOIN round r ON r.round_id = s.round_id"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN weighed_mark m ON m.sheet_id = s.sheet_id"
  " WHERE r.year = $1 AND s.state = 'submitted' GROUP BY s.sheet_id"
  " HAVING count(*) = (SELECT count(*) FROM rubric k WHERE k.sheet_id = s.sheet_id)"
  " ORDER BY s.phach, j.code")
X(REPORT_RETURNED, BY_ORGANIZER, /* texts of one year that share passages with those of another */
  "SELECT a.year, a.receipt, a.title, b.year, b.receipt, b.title, s.class, s.share_b, s.same_author,"
  " s.status FROM similarity s JOIN entry a ON a.entry_id = s.entry_a JOIN entry b ON b.entry_id = s.entry_b"
  " WHERE s.current = 1 AND a.year <> b.year AND a.year BETWEEN $1 AND $2 AND b.year BETWEEN $1 AND $2"
  " ORDER BY b.year, s.share_b DESC, b.receipt, a.receipt")
X(REPORT_HONOURED_PEOPLE, BY_ORGANIZER, /* $3: years at least; an award of an entry counts for each author */
  "SELECT p.name, max(p.unit), count(DISTINCT p.year), sum(p.prize) FROM"
  " (SELECT a.name AS name, a.name_fold AS fold, a.unit AS unit, e.year AS year, 0 AS prize"
  "  FROM identity_author a JOIN entry e ON e.entry_id = a.entry_id WHERE e.state = 'received'"
  "  UNION ALL SELECT a.name, a.name_fold, a.unit, w.year, 1 FROM award w"
  "  JOIN identity_author a ON a.entry_id = w.entry_id"
  "  WHERE w.kind = 'entry' AND w.state IN ('decided', 'held')"
  "  UNION ALL SELECT w.recipient, w.recipient_fold, w.recipient_unit, w.year, 1 FROM award w"
  "  WHERE w.kind = 'entry' AND w.state IN ('decided', 'held') AND w.entry_id IS NULL AND w.since IS NULL) p"
  " WHERE p.year BETWEEN $1 AND $2 GROUP BY p.name"
  " HAVING count(DISTINCT p.year) >= $3 OR sum(p.prize) > 1"
  " ORDER BY sum(p.prize) DESC, count(DISTINCT p.year) DESC, min(p.fold)")
X(REPORT_HONOURS, BY_ORGANIZER, /* decided for several years together, ending within $1..$2 */
  "SELECT a.prize, a.recipient, a.recipient_unit, a.since, a.year, a.decision, a.decision_date, a.authority"
  " FROM award a WHERE a.since IS NOT NULL AND a.state IN ('decided', 'held') AND a.year BETWEEN $1 AND $2"
  " ORDER BY a.kind = 'collective', a.prize, a.award_id")
