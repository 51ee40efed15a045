/* Sheets keyed in, ranks, rounds. See store.h. */
/* clang-format off */
X(SHEET_FIND, BY_ORGANIZER,
  "SELECT s.sheet_id, s.state, s.round_id, r.state, s.comment FROM sheet s"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN round r ON r.round_id = s.round_id"
  " WHERE s.phach = $1 AND j.code = $2")
X(BLIND_ROUND, BY_ORGANIZER, "SELECT round_id FROM blind WHERE phach = $1")
X(JUDGE_BY_CODE, BY_ORGANIZER, "SELECT judge_id FROM judge WHERE code = $1")
X(CRITERION_FIND, BY_ORGANIZER,
  "SELECT criterion_id, points_min, points_max, points_step FROM rubric"
  " WHERE sheet_id = $1 AND key = $2")
X(CRITERION_COUNT, BY_ORGANIZER, "SELECT count(*) FROM rubric WHERE sheet_id = $1")
X(MARK_POINTS_OF, BY_ORGANIZER,
  "SELECT points FROM mark WHERE sheet_id = $1 AND criterion_id = $2")
X(MARK_PUT, BY_ORGANIZER,
  "INSERT INTO mark(sheet_id, criterion_id, points, rev)"
  " SELECT sheet_id, $1, $2, rev FROM sheet WHERE sheet_id = $3"
  " ON CONFLICT(sheet_id, criterion_id) DO UPDATE SET points = excluded.points, rev = excluded.rev")
X(MARK_DROP, BY_ORGANIZER, "DELETE FROM mark WHERE sheet_id = $1 AND criterion_id = $2")
X(MARK_COUNT, BY_ORGANIZER, "SELECT count(*) FROM mark WHERE sheet_id = $1")
X(SHEET_PUT, BY_ORGANIZER,
  "UPDATE sheet SET state = $1, comment = $2, submitted_at = $3, rev = rev + 1 WHERE sheet_id = $4")
X(SHEET_TOUCH, BY_ORGANIZER, /* after a mark changed */
  "UPDATE sheet SET state = $1, rev = rev + 1 WHERE sheet_id = $2")
X(KEYED_POINTS, BY_ORGANIZER,
  "SELECT k.points FROM keyed_mark k JOIN judge j ON j.judge_id = k.judge_id"
  " WHERE k.phach = $1 AND j.code = $2 AND k.criterion_id = $3 AND k.keying = $4")
X(KEYED_PUT, BY_ORGANIZER,
  "INSERT INTO keyed_mark(round_id, phach, judge_id, criterion_id, keying, points, by)"
  " SELECT round_id, phach, judge_id, $1, $2, $3, $4 FROM sheet WHERE sheet_id = $5"
  " ON CONFLICT(phach, judge_id, criterion_id, keying)"
  " DO UPDATE SET points = excluded.points, by = excluded.by"
  " WHERE keyed_mark.points IS DISTINCT FROM excluded.points")
X(KEYED_BY, BY_ORGANIZER, /* who keyed a sheet in keying $2 */
  "SELECT max(k.by) FROM keyed_mark k JOIN sheet s ON s.phach = k.phach AND s.judge_id = k.judge_id"
  " WHERE s.sheet_id = $1 AND k.keying = $2")
X(KEYED_COMPARE, BY_ORGANIZER, /* sheets that came on paper: both keyings and what the database holds */
  "SELECT s.phach, j.code, c.key, k.points, l.points, m.points,"
  " EXISTS (SELECT 1 FROM keyed_mark x WHERE x.phach = s.phach AND x.judge_id = s.judge_id"
  "  AND x.keying = 2) FROM sheet s JOIN judge j ON j.judge_id = s.judge_id"
  " JOIN rubric c ON c.sheet_id = s.sheet_id"
  " LEFT JOIN keyed_mark k ON k.phach = s.phach AND k.judge_id = s.judge_id"
  "  AND k.criterion_id = c.criterion_id AND k.keying = 1"
  " LEFT JOIN keyed_mark l ON l.phach = s.phach AND l.judge_id = s.judge_id"
  "  AND l.criterion_id = c.criterion_id AND l.keying = 2"
  " LEFT JOIN mark m ON m.sheet_id = s.sheet_id AND m.criterion_id = c.criterion_id"
  " WHERE s.round_id = $1 AND s.state <> 'lost' AND EXISTS (SELECT 1 FROM keyed_mark x"
  "  WHERE x.phach = s.phach AND x.judge_id = s.judge_id) ORDER BY s.phach, j.code, c.position")
/* ---- versions ---- */
X(SHEET_KEEP, BY_ORGANIZER,
  "INSERT INTO sheet_revision(sheet_id, rev, at, by, state, comment, reason)"
  " SELECT sheet_id, rev, $1, $2, state, comment, $3 FROM sheet WHERE sheet_id = $4")
X(SHEET_KEEP_MARKS, BY_ORGANIZER,
  "INSERT INTO mark_revision(sheet_id, rev, criterion_id, points)"
  " SELECT m.sheet_id, s.rev, m.criterion_id, m.points FROM mark m"
  " JOIN sheet s ON s.sheet_id = m.sheet_id WHERE m.sheet_id = $1")
X(SHEET_RETURN, BY_ORGANIZER,
  "UPDATE sheet SET state = 'returned', returned_reason = $1, rev = rev + 1"
  " WHERE sheet_id = $2 AND state = 'submitted'")
X(SHEET_HISTORY, BY_ORGANIZER, /* each version's marks in the order of the criteria */
  "SELECT v.rev, v.at, v.by, v.state, v.comment, v.reason, c.key, m.points"
  " FROM sheet_revision v JOIN sheet s ON s.sheet_id = v.sheet_id"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN rubric c ON c.sheet_id = s.sheet_id"
  " LEFT JOIN mark_revision m ON m.sheet_id = v.sheet_id AND m.rev = v.rev"
  "  AND m.criterion_id = c.criterion_id"
  " WHERE s.phach = $1 AND j.code = $2 ORDER BY v.rev, c.position")
X(SHEET_EXPORT, BY_ORGANIZER,
  "SELECT s.phach, j.code, c.key, m.points,"
  " CASE WHEN c.position = (SELECT min(k.position) FROM rubric k WHERE k.sheet_id = s.sheet_id)"
  "  THEN s.comment ELSE '' END FROM sheet s"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN rubric c ON c.sheet_id = s.sheet_id"
  " LEFT JOIN mark m ON m.sheet_id = s.sheet_id AND m.criterion_id = c.criterion_id"
  " WHERE s.round_id = $1 AND s.state NOT IN ('lost', 'recused', 'abstained') AND ($2 = '' OR j.code = $2)"
  " ORDER BY j.code, s.phach, c.position")
X(SHEET_LIST, BY_ORGANIZER, /* a submitted sheet of a closed round is locked */
  "SELECT j.code, s.phach, b.title, CASE WHEN s.state = 'submitted' AND r.state = 'closed'"
  "  THEN 'locked' ELSE s.state END, count(m.criterion_id),"
  " CASE WHEN count(m.criterion_id) = (SELECT count(*) FROM rubric c WHERE c.sheet_id = s.sheet_id)"
  "  THEN sum(m.points) END"
  " FROM sheet s JOIN judge j ON j.judge_id = s.judge_id JOIN blind b ON b.phach = s.phach"
  " JOIN round r ON r.round_id = s.round_id LEFT JOIN weighed_mark m ON m.sheet_id = s.sheet_id"
  " WHERE s.round_id = $1 AND s.state <> 'lost'"
  " GROUP BY s.sheet_id, j.code, s.phach, b.title, s.state, r.state"
  " ORDER BY j.code, s.phach")
X(RANK_ENTRIES, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.title, t.key, p.phach, (SELECT count(*) FROM sheet s"
  "  WHERE s.phach = p.phach AND s.state NOT IN ('lost', 'recused', 'abstained')"
  "  AND s.purpose <> 'check') FROM identity_phach p"
  " JOIN entry e ON e.entry_id = p.entry_id JOIN track t ON t.track_id = e.track_id"
  " WHERE p.round_id = $1 AND e.state = 'received' ORDER BY t.position, e.receipt")
X(RANK_SHEETS, BY_ORGANIZER, /* submitted sheets, one row a criterion of the round; entries as in RANK_ENTRIES */
  "SELECT s.sheet_id, e.entry_id, j.code, s.purpose, coalesce(s.submitted_at, 0), m.points"
  " FROM identity_phach p JOIN entry e ON e.entry_id = p.entry_id"
  " JOIN track t ON t.track_id = e.track_id JOIN sheet s ON s.phach = p.phach"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN criterion c ON c.round_id = s.round_id"
  " LEFT JOIN mark m ON m.sheet_id = s.sheet_id AND m.criterion_id = c.criterion_id"
  " WHERE p.round_id = $1 AND e.state = 'received' AND s.state = 'submitted'"
  " ORDER BY t.position, e.receipt, j.code, c.position")
X(READING_SHEETS, BY_ORGANIZER, /* sheets of an entry for a purpose that somebody has or had in hand */
  "SELECT count(*) FROM sheet WHERE phach = $1 AND purpose = $2"
  " AND state NOT IN ('lost', 'recused', 'abstained')")
X(READING_ORDER, BY_ORGANIZER,
  "INSERT INTO reading_order(round_id, phach, purpose, readings, at) VALUES($1, $2, $3, $4, $5)"
  " ON CONFLICT(phach, purpose) DO UPDATE SET readings = reading_order.readings + excluded.readings")
X(READING_ORDER_LOWER, BY_ORGANIZER,
  "UPDATE reading_order SET readings = readings - $1 WHERE phach = $2 AND purpose = $3")
X(READING_ORDER_DROP, BY_ORGANIZER, "DELETE FROM reading_order WHERE round_id = $1 AND readings <= 0")
X(READING_CALIBRATIONS, BY_ORGANIZER,
  "SELECT e.receipt, (SELECT count(*) FROM judge_contest c JOIN judge j ON j.judge_id = c.judge_id"
  "  WHERE c.year = e.year AND j.active = 1 AND (c.tracks = ''"
  "   OR ';' || c.tracks || ';' LIKE '%;' || t.key || ';%')"
  "  AND NOT EXISTS (SELECT 1 FROM sheet s WHERE s.phach = p.phach AND s.judge_id = c.judge_id))"
  " FROM calibration k JOIN identity_phach p ON p.phach = k.phach"
  " JOIN entry e ON e.entry_id = p.entry_id JOIN track t ON t.track_id = e.track_id"
  " WHERE p.round_id = $1 ORDER BY e.receipt")
X(READING_CALIBRATE, BY_ORGANIZER,
  "INSERT INTO calibration(phach, points, tolerance, by, at) SELECT p.phach, $1, $2, $3, $4"
  " FROM identity_phach p JOIN entry e ON e.entry_id = p.entry_id"
  " WHERE p.round_id = $5 AND e.receipt = $6 AND e.state = 'received'"
  " ON CONFLICT(phach) DO UPDATE SET points = excluded.points, tolerance = excluded.tolerance,"
  " by = excluded.by, at = excluded.at")
X(READING_LIST, BY_ORGANIZER,
  "SELECT e.receipt, s.phach, j.code, s.state, s.purpose,"
  " CASE WHEN s.state = 'submitted' AND count(m.criterion_id) ="
  "  (SELECT count(*) FROM rubric c WHERE c.sheet_id = s.sheet_id) THEN sum(m.points) END,"
  " k.points, k.tolerance FROM sheet s JOIN judge j ON j.judge_id = s.judge_id"
  " JOIN identity_phach p ON p.phach = s.phach JOIN entry e ON e.entry_id = p.entry_id"
  " LEFT JOIN weighed_mark m ON m.sheet_id = s.sheet_id LEFT JOIN calibration k ON k.phach = s.phach"
  " WHERE s.round_id = $1 AND s.state <> 'lost' AND (s.purpose <> 'draw' OR k.phach IS NOT NULL)"
  " GROUP BY s.sheet_id, e.receipt, s.phach, j.code, s.state, s.purpose, k.points, k.tolerance"
  " ORDER BY s.purpose, e.receipt, j.code")
X(SHEETS_OF_OWN_UNIT, BY_ORGANIZER, /* the judge's unit and the entry's are one, or one is part of the other */
  "SELECT s.sheet_id FROM sheet s JOIN judge j ON j.judge_id = s.judge_id"
  " JOIN unit u ON u.unit_id = j.unit_id JOIN identity_phach p ON p.phach = s.phach"
  " JOIN entry e ON e.entry_id = p.entry_id JOIN unit v ON v.unit_id = e.unit_id"
  " WHERE s.round_id = $1 AND (u.code = v.code OR u.code = v.parent_code OR u.parent_code = v.code"
  "  OR (u.parent_code = v.parent_code AND EXISTS (SELECT 1 FROM unit w WHERE w.code = u.parent_code"
  "   AND coalesce(w.parent_code, '') <> ''))) ORDER BY s.sheet_id")
X(TIE_VOTE_PUT, BY_ORGANIZER,
  "INSERT INTO tie_vote(round_id, entry_id, votes, reason) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(round_id, entry_id) DO UPDATE SET votes = excluded.votes, reason = excluded.reason")
X(TIE_LOT_PUT, BY_ORGANIZER, "INSERT INTO tie_lot(round_id, drawn, reason) VALUES($1, $2, $3)")
X(TIE_VOTES, BY_ORGANIZER, "SELECT entry_id, votes FROM tie_vote WHERE round_id = $1")
X(TIE_LOT, BY_ORGANIZER, "SELECT drawn FROM tie_lot WHERE round_id = $1")
X(RESULT_SAME, BY_ORGANIZER,
  "SELECT count(*) FROM result WHERE round_id = $1 AND entry_id = $2 AND method = $3"
  " AND sheet_count = $4 AND mean_points IS NOT DISTINCT FROM $5 AND adjusted_points IS NOT DISTINCT FROM $6 AND rank IS NOT DISTINCT FROM $7"
  " AND tied = $8 AND tie_rule IS NOT DISTINCT FROM $9")
X(RESULT_COUNT, BY_ORGANIZER, "SELECT count(*) FROM result WHERE round_id = $1")
X(RESULT_CLEAR, BY_ORGANIZER, "DELETE FROM result WHERE round_id = $1")
X(RESULT_PUT, BY_ORGANIZER,
  "INSERT INTO result(round_id, entry_id, method, sheet_count, mean_points, adjusted_points, rank, tied,"
  " tie_rule) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)")
X(RANKING_ADD, BY_ORGANIZER,
  "INSERT INTO ranking(round_id, at, by, method, reason) VALUES($1, $2, $3, $4, $5)")
X(RANKING_ROW_ADD, BY_ORGANIZER,
  "INSERT INTO ranking_row(ranking_id, entry_id, sheet_count, mean_points, adjusted_points, rank, tied)"
  " VALUES($1, $2, $3, $4, $5, $6, $7)")
X(ROUND_STATE, BY_ORGANIZER, "SELECT state, key FROM round WHERE round_id = $1")
X(ROUND_PER_ENTRY, BY_ORGANIZER, /* as the draw in force says */
  "SELECT coalesce((SELECT d.per_entry FROM draw d WHERE d.round_id = r.round_id"
  " AND d.state = 'published'), r.per_entry) FROM round r WHERE r.round_id = $1")
X(ROUND_MARKS_MISSING, BY_ORGANIZER,
  "SELECT count(*) FROM sheet s WHERE s.round_id = $1 AND s.state = 'submitted'"
  " AND (SELECT count(*) FROM mark m WHERE m.sheet_id = s.sheet_id) <"
  "  (SELECT count(*) FROM rubric c WHERE c.sheet_id = s.sheet_id)")
X(ROUND_UNREVIEWED, BY_ORGANIZER,
  "SELECT count(*) FROM identity_phach p JOIN entry e ON e.entry_id = p.entry_id"
  " WHERE p.round_id = $1 AND e.state = 'received' AND NOT EXISTS"
  "  (SELECT 1 FROM redaction_review r WHERE r.entry_id = p.entry_id)")
X(RANKING_LIST, BY_ORGANIZER,
  "SELECT r.ranking_id, r.at, r.by, r.method, r.reason, e.receipt, w.adjusted_points, w.rank, t.key"
  " FROM ranking r JOIN ranking_row w ON w.ranking_id = r.ranking_id"
  " JOIN entry e ON e.entry_id = w.entry_id JOIN track t ON t.track_id = e.track_id"
  " WHERE r.round_id = $1 ORDER BY r.ranking_id, t.position, w.rank IS NULL, w.rank, e.receipt")
X(UNITS_OF_ENTRIES, BY_ORGANIZER,
  "SELECT u.code, min(u.name), count(*) FROM entry e JOIN unit u ON u.unit_id = e.unit_id"
  " WHERE e.year = $1 AND e.state = 'received' GROUP BY u.code ORDER BY u.code")
X(UNITS_POINTS, BY_ORGANIZER,
  "SELECT u.code, r.adjusted_points, r.rank, t.key FROM result r JOIN entry e ON e.entry_id = r.entry_id"
  " JOIN unit u ON u.unit_id = e.unit_id JOIN track t ON t.track_id = e.track_id"
  " WHERE r.round_id = $1 AND r.rank IS NOT NULL AND e.state = 'received' ORDER BY u.code, e.receipt")
X(ROUND_UNFINISHED, BY_ORGANIZER,
  "SELECT count(*) FROM sheet WHERE round_id = $1 AND state IN ('open', 'draft', 'returned')")
X(ROUND_SET_DUE, BY_ORGANIZER, "UPDATE round SET due = $1 WHERE round_id = $2 AND state <> 'closed'")
X(ROUND_SET_STATE, BY_ORGANIZER, "UPDATE round SET state = $1 WHERE round_id = $2")
