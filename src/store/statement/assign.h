/* Statements of the room 'assign'. See store.h. */
/* clang-format off */
X(ASSIGN_ROUND, BY_ORGANIZER, "SELECT key, per_entry, state FROM round WHERE round_id = $1")
X(ASSIGN_ROUND_OPEN, BY_ORGANIZER,
  "UPDATE round SET state = 'open' WHERE round_id = $1 AND state = 'planned'")
X(ASSIGN_ENTRIES, BY_ORGANIZER,
  "SELECT p.phach, t.key, e.receipt, e.state, e.entry_id, coalesce(s.unit, ''),"
  " coalesce(e.publisher, ''), coalesce(b.word_count, 0) FROM identity_phach p"
  " JOIN entry e ON e.entry_id = p.entry_id JOIN track t ON t.track_id = e.track_id"
  " LEFT JOIN subject s ON s.entry_id = e.entry_id LEFT JOIN blind b ON b.phach = p.phach"
  " WHERE p.round_id = $1 ORDER BY p.phach")
X(ASSIGN_PHACH, BY_ORGANIZER, /* $2: a receipt number or a code */
  "SELECT p.phach FROM identity_phach p JOIN entry e ON e.entry_id = p.entry_id"
  " WHERE p.round_id = $1 AND (e.receipt = $2 OR p.phach = $2)")
X(ASSIGN_ENTRY_UNITS, BY_ORGANIZER, /* the collecting and the authors' units and what they are part of */
  "WITH own(phach, unit_id) AS (SELECT p.phach, e.unit_id FROM identity_phach p"
  "   JOIN entry e ON e.entry_id = p.entry_id WHERE p.round_id = $1"
  "  UNION SELECT p.phach, a.unit_id FROM identity_phach p"
  "   JOIN identity_author a ON a.entry_id = p.entry_id WHERE p.round_id = $1)"
  " SELECT o.phach, u.code FROM own o JOIN unit u ON u.unit_id = o.unit_id"
  " UNION SELECT o.phach, q.code FROM own o JOIN unit u ON u.unit_id = o.unit_id"
  "  JOIN unit q ON q.code = u.parent_code WHERE coalesce(q.parent_code, '') <> '' ORDER BY 1, 2")
X(ASSIGN_UNIT_CODES, BY_ORGANIZER, /* a unit and what it is part of, the city left out */
  "SELECT u.code FROM unit u WHERE u.unit_id = $1"
  " UNION SELECT p.code FROM unit u JOIN unit p ON p.code = u.parent_code"
  " WHERE u.unit_id = $1 AND coalesce(p.parent_code, '') <> '' ORDER BY 1")
X(ASSIGN_JUDGES, BY_ORGANIZER, /* of the year, and those who hold a sheet of the round anyway */
  "SELECT j.judge_id, j.code, coalesce(u.code, ''), coalesce(c.tracks, ''), j.cap,"
  " j.active = 1 AND c.judge_id IS NOT NULL, coalesce(j.word_cap, 0), coalesce(c.panel, '') FROM judge j"
  " LEFT JOIN judge_contest c ON c.judge_id = j.judge_id AND c.year = $1"
  " LEFT JOIN unit u ON u.unit_id = j.unit_id"
  " WHERE (c.judge_id IS NOT NULL AND j.active = 1) OR EXISTS (SELECT 1 FROM sheet s"
  "  WHERE s.judge_id = j.judge_id AND s.round_id = $2 AND s.state <> 'lost') ORDER BY j.code")
X(ASSIGN_CONFLICTS, BY_ORGANIZER,
  "SELECT reference FROM judge_conflict WHERE judge_id = $1 ORDER BY reference")
X(ASSIGN_SHEETS, BY_ORGANIZER, /* who abstains gives no reading either: it is dealt again */
  "SELECT s.sheet_id, s.phach, j.code,"
  " CASE s.state WHEN 'abstained' THEN 'recused' ELSE s.state END FROM sheet s JOIN judge j ON j.judge_id = s.judge_id"
  " WHERE s.round_id = $1 ORDER BY s.phach, j.code")
X(ASSIGN_SHEET_MAKE, BY_ORGANIZER,
  "INSERT INTO sheet(round_id, phach, judge_id, purpose)" /* it fills an order of further readings first */
  " SELECT $1, $2, judge_id, coalesce((SELECT min(o.purpose) FROM reading_order o WHERE o.phach = $2"
  "  AND o.readings > (SELECT count(*) FROM sheet s WHERE s.phach = o.phach AND s.purpose = o.purpose"
  "   AND s.state NOT IN ('lost', 'recused', 'abstained'))), 'draw') FROM judge WHERE code = $3")
X(ASSIGN_SHEET_LOSE, BY_ORGANIZER,
  "UPDATE sheet SET state = 'lost', rev = rev + 1 WHERE sheet_id = $1")
X(ASSIGN_RECUSE, BY_JUDGE | BY_ORGANIZER,
  "UPDATE sheet SET state = 'recused', rev = rev + 1"
  " WHERE sheet_id = $1 AND judge_id = $2 AND rev = $3 AND state IN ('open', 'draft', 'returned')"
  " AND EXISTS (SELECT 1 FROM round r WHERE r.round_id = sheet.round_id AND r.state = 'open')")
X(ASSIGN_CONFLICT_ADD, BY_JUDGE | BY_ORGANIZER,
  "INSERT INTO declared_conflict(sheet_id, reason, note, at) VALUES($1, $2, $3, $4)")
X(ASSIGN_SHEET_FIND, BY_ORGANIZER,
  "SELECT s.sheet_id, s.judge_id, s.rev, s.state, r.state FROM sheet s"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN round r ON r.round_id = s.round_id"
  " WHERE s.round_id = $1 AND s.phach = $2 AND j.code = $3")
X(ASSIGN_DECLARED, BY_ORGANIZER,
  "SELECT j.code, s.phach, c.at, c.reason, c.note, s.state FROM declared_conflict c"
  " JOIN sheet s ON s.sheet_id = c.sheet_id JOIN judge j ON j.judge_id = s.judge_id"
  " WHERE s.round_id = $1 ORDER BY c.at, j.code, s.phach")
X(DRAW_ADD, BY_ORGANIZER,
  "INSERT INTO draw(round_id, kind, seed, inputs, inputs_hash, output_hash, per_entry, proof, state,"
  " at, published_at, notice_id, public_value)"
  " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)")
X(NOTICE_ADD, BY_ORGANIZER,
  "INSERT INTO draw_notice(round_id, secret, secret_hash, inputs, inputs_hash, public_name, at)"
  " VALUES($1, $2, $3, $4, $5, $6, $7)")
X(NOTICE_LATEST, BY_ORGANIZER, "SELECT max(notice_id) FROM draw_notice WHERE round_id = $1")
X(NOTICE_LIST, BY_ORGANIZER, /* $2: one of them, 0: all */
  "SELECT notice_id, secret, secret_hash, inputs, inputs_hash, public_name, at FROM draw_notice"
  " WHERE round_id = $1 AND ($2 = 0 OR notice_id = $2) ORDER BY notice_id")
X(DRAW_SLOT_ADD, BY_ORGANIZER,
  "INSERT INTO draw_slot(draw_id, phach, judge_id)"
  " SELECT $1, $2, judge_id FROM judge WHERE code = $3")
X(DRAW_LATEST, BY_ORGANIZER, /* $2: a state */
  "SELECT max(draw_id) FROM draw WHERE round_id = $1 AND state = $2")
X(DRAW_GET, BY_ORGANIZER,
  "SELECT seed, inputs, inputs_hash, output_hash, proof, state, at, kind, coalesce(notice_id, 0),"
  " coalesce(public_value, ''), coalesce(published_at, 0) FROM draw WHERE draw_id = $1 AND round_id = $2")
X(DRAW_NUMBERS, BY_ORGANIZER, "SELECT draw_id FROM draw WHERE round_id = $1 ORDER BY draw_id")
X(DRAW_COUNT, BY_ORGANIZER, "SELECT count(*) FROM draw WHERE round_id = $1")
X(DRAW_FIRST, BY_ORGANIZER, /* the one whose rules later repairs keep */
  "SELECT min(draw_id) FROM draw WHERE round_id = $1 AND published_at IS NOT NULL")
X(DRAW_PUBLISH, BY_ORGANIZER,
  "UPDATE draw SET state = 'published', published_at = $1 WHERE draw_id = $2")
X(DRAW_REPLACE_OTHERS, BY_ORGANIZER,
  "UPDATE draw SET state = 'replaced' WHERE round_id = $1 AND draw_id <> $2 AND state <> 'replaced'")
X(DRAW_SLOTS, BY_ORGANIZER,
  "SELECT d.phach, j.code FROM draw_slot d JOIN judge j ON j.judge_id = d.judge_id"
  " WHERE d.draw_id = $1 ORDER BY d.phach, j.code")
X(DRAW_LIST, BY_ORGANIZER,
  "SELECT d.draw_id, d.at, d.state, d.per_entry,"
  " (SELECT count(*) FROM draw_slot s WHERE s.draw_id = d.draw_id), lower(hex(d.output_hash)),"
  " lower(hex(d.inputs_hash)), d.proof FROM draw d WHERE d.round_id = $1 ORDER BY d.draw_id")
X(PARCEL_SHEETS, BY_ORGANIZER, /* recused ones no longer weigh */
  "SELECT s.sheet_id, s.judge_id, coalesce(b.word_count, 0), s.parcel FROM sheet s"
  " JOIN blind b ON b.phach = s.phach"
  " WHERE s.round_id = $1 AND s.state NOT IN ('lost', 'recused') ORDER BY s.judge_id, s.phach")
X(PARCEL_PUT, BY_ORGANIZER, "UPDATE sheet SET parcel = $1 WHERE sheet_id = $2 AND parcel <> $1")
X(PARCEL_LIST, BY_ORGANIZER, /* of one judge */
  "SELECT s.parcel, s.phach, b.title, t.name, b.word_count FROM sheet s"
  " JOIN blind b ON b.phach = s.phach JOIN track t ON t.track_id = b.track_id"
  " WHERE s.round_id = $1 AND s.judge_id = $2 AND s.state NOT IN ('lost', 'recused')"
  " ORDER BY s.parcel, s.phach")
X(ASSIGN_LIST, BY_ORGANIZER, /* $2: judge's code or '' for all */
  "SELECT j.code, s.phach, t.key, b.word_count, s.state, s.parcel FROM sheet s"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN blind b ON b.phach = s.phach"
  " JOIN track t ON t.track_id = b.track_id"
  " WHERE s.round_id = $1 AND s.state <> 'lost' AND ($2 = '' OR j.code = $2)"
  " ORDER BY j.code, s.parcel, s.phach")
X(ASSIGN_AUDITED, BY_ORGANIZER, /* the audit row of a draw */
  "SELECT count(*) FROM audit WHERE action IN ('assign.plan', 'assign.repair', 'assign.extra') AND object = $1"
  " AND after = $2")
