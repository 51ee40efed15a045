/* What judges' and public pages read, and what judges write. Every judge statement binds the judge's
 * id, which comes from the session. See store.h. */
/* clang-format off */
X(DESK_QUEUE, BY_JUDGE,
  "SELECT r.round_id, r.year, r.name, c.name, s.phach, b.title, b.word_count, s.state, t.name,"
  " s.parcel, coalesce(r.due, '') FROM sheet s JOIN round r ON r.round_id = s.round_id JOIN contest c ON c.year = r.year"
  " JOIN blind b ON b.phach = s.phach JOIN track t ON t.track_id = b.track_id"
  " WHERE s.judge_id = $1 AND s.state <> 'lost' AND r.state = 'open'"
  " ORDER BY r.year, r.position, s.parcel, s.phach")
X(DESK_SHEET, BY_JUDGE,
  "SELECT s.sheet_id, s.state, s.rev, s.comment, s.returned_reason, s.submitted_at, s.code,"
  " b.title, b.text, b.word_count, r.name, r.year, r.state, t.name, coalesce(n.text, ''),"
  " coalesce(n.highlights, ''), (SELECT count(*) FROM blind_page g WHERE g.phach = s.phach),"
  " coalesce(r.due, '')"
  " FROM sheet s JOIN round r ON r.round_id = s.round_id JOIN blind b ON b.phach = s.phach"
  " JOIN track t ON t.track_id = b.track_id LEFT JOIN sheet_note n ON n.sheet_id = s.sheet_id"
  " WHERE s.phach = $1 AND s.judge_id = $2 AND s.state <> 'lost' AND r.state <> 'planned'")
X(DESK_PAGE, BY_JUDGE,
  "SELECT g.type, g.bytes FROM blind_page g JOIN sheet s ON s.phach = g.phach"
  " JOIN round r ON r.round_id = s.round_id WHERE g.phach = $1 AND g.page = $2 AND s.judge_id = $3"
  " AND s.state NOT IN ('lost', 'recused') AND r.state <> 'planned'")
X(DESK_CRITERIA, BY_JUDGE,
  "SELECT c.criterion_id, c.key, c.name, c.description, c.points_min, c.points_max, c.points_step,"
  " m.points, c.weight FROM rubric c"
  " LEFT JOIN mark m ON m.sheet_id = c.sheet_id AND m.criterion_id = c.criterion_id"
  " WHERE c.sheet_id = $1 AND c.judge_id = $2 ORDER BY c.position")
X(DESK_SHEET_PUT, BY_JUDGE,
  "UPDATE sheet SET state = $1, rev = rev + 1, comment = $2, submitted_at = $3, code = $4"
  " WHERE sheet_id = $5 AND judge_id = $6 AND rev = $7 AND state IN ('open', 'draft', 'returned')"
  " AND EXISTS (SELECT 1 FROM round r WHERE r.round_id = sheet.round_id AND r.state = 'open')")
X(DESK_MARK_PUT, BY_JUDGE,
  "INSERT INTO mark(sheet_id, criterion_id, points, rev)"
  " SELECT s.sheet_id, c.criterion_id, $1, s.rev FROM sheet s"
  " JOIN rubric c ON c.sheet_id = s.sheet_id"
  " WHERE s.sheet_id = $2 AND s.judge_id = $3 AND c.criterion_id = $4"
  " ON CONFLICT(sheet_id, criterion_id) DO UPDATE SET points = excluded.points, rev = excluded.rev"
  " WHERE mark.points <> excluded.points")
X(DESK_MARK_DROP, BY_JUDGE,
  "DELETE FROM mark WHERE sheet_id = $1 AND criterion_id = $2 AND EXISTS"
  " (SELECT 1 FROM sheet s WHERE s.sheet_id = mark.sheet_id AND s.judge_id = $3)")
X(DESK_ABSTAIN, BY_JUDGE, /* read, and no points given: the sheet's marks are kept in its history only */
  "UPDATE sheet SET state = 'abstained', rev = rev + 1"
  " WHERE sheet_id = $1 AND judge_id = $2 AND rev = $3 AND state IN ('open', 'draft', 'returned')"
  " AND EXISTS (SELECT 1 FROM round r WHERE r.round_id = sheet.round_id AND r.state = 'open')")
X(DESK_KEEP, BY_JUDGE,
  "INSERT INTO sheet_revision(sheet_id, rev, at, by, state, comment, reason)"
  " SELECT sheet_id, rev, $1, $2, state, comment, $3 FROM sheet WHERE sheet_id = $4 AND judge_id = $5")
X(DESK_KEEP_MARKS, BY_JUDGE,
  "INSERT INTO mark_revision(sheet_id, rev, criterion_id, points)"
  " SELECT m.sheet_id, s.rev, m.criterion_id, m.points FROM mark m"
  " JOIN sheet s ON s.sheet_id = m.sheet_id WHERE m.sheet_id = $1 AND s.judge_id = $2")
X(DESK_HISTORY, BY_JUDGE, /* the judge's own sheet; who handed it back stays with the organizers */
  "SELECT v.rev, v.at, CASE WHEN v.state = 'returned' THEN 'returned' ELSE 'judge' END, v.state,"
  " v.comment, v.reason, c.key, m.points"
  " FROM sheet_revision v JOIN sheet s ON s.sheet_id = v.sheet_id"
  " JOIN rubric c ON c.sheet_id = s.sheet_id"
  " LEFT JOIN mark_revision m ON m.sheet_id = v.sheet_id AND m.rev = v.rev"
  "  AND m.criterion_id = c.criterion_id"
  " WHERE s.phach = $1 AND s.judge_id = $2 ORDER BY v.rev, c.position")
X(DESK_NOTE_PUT, BY_JUDGE,
  "INSERT INTO sheet_note(sheet_id, text, highlights) SELECT s.sheet_id, $1, $2 FROM sheet s"
  " WHERE s.sheet_id = $3 AND s.judge_id = $4"
  " ON CONFLICT(sheet_id) DO UPDATE SET text = excluded.text, highlights = excluded.highlights")
X(DESK_SUSPECT, BY_JUDGE,
  "INSERT INTO suspicion(sheet_id, text, at) SELECT s.sheet_id, $1, $2 FROM sheet s"
  " JOIN round r ON r.round_id = s.round_id WHERE s.sheet_id = $3 AND s.judge_id = $4"
  " AND r.state = 'open' AND s.state NOT IN ('lost', 'recused')"
  " AND NOT EXISTS (SELECT 1 FROM suspicion x WHERE x.sheet_id = s.sheet_id AND x.text = $1)")
X(DESK_MINE, BY_JUDGE, /* what the judge has given, in rounds that are open or closed */
  "SELECT r.round_id, r.year, r.name, s.phach, b.title, s.submitted_at, s.code, coalesce(sum(m.points), 0),"
  " (SELECT coalesce(sum(c.points_max * c.weight / 100), 0) FROM rubric c WHERE c.sheet_id = s.sheet_id)"
  " FROM sheet s JOIN round r ON r.round_id = s.round_id JOIN blind b ON b.phach = s.phach"
  " LEFT JOIN weighed_mark m ON m.sheet_id = s.sheet_id"
  " WHERE s.judge_id = $1 AND s.state = 'submitted' AND r.state <> 'planned'"
  " GROUP BY s.sheet_id, r.round_id, r.year, r.name, s.phach, b.title, s.submitted_at, s.code,"
  "  r.position, s.round_id ORDER BY r.year DESC, r.position DESC, s.submitted_at, s.phach")
X(SUSPICION_LIST, BY_ORGANIZER,
  "SELECT e.receipt, x.phach, j.code, p.text, p.at FROM suspicion p"
  " JOIN sheet s ON s.sheet_id = p.sheet_id JOIN judge j ON j.judge_id = s.judge_id"
  " JOIN identity_phach x ON x.phach = s.phach JOIN entry e ON e.entry_id = x.entry_id"
  " WHERE e.year = $1 ORDER BY p.at, p.suspicion_id")
X(PUBLIC_CONTESTS, BY_PUBLIC,
  "SELECT c.year, c.name, b.rules_at IS NOT NULL, b.results_at IS NOT NULL FROM contest c"
  " LEFT JOIN publication b ON b.year = c.year ORDER BY c.year DESC")
X(PUBLIC_CONTEST, BY_PUBLIC,
  "SELECT c.name, b.rules_at, b.results_at, b.methods IS NOT NULL FROM contest c"
  " LEFT JOIN publication b ON b.year = c.year WHERE c.year = $1")
X(PUBLIC_RULES, BY_PUBLIC,
  "SELECT part, vi, en, source FROM public_rule WHERE year = $1 ORDER BY position")
X(PUBLIC_RESULTS, BY_PUBLIC,
  "SELECT kind, prize, track, recipient, recipient_unit FROM public_result WHERE year = $1"
  " ORDER BY CASE kind WHEN 'entry' THEN 0 WHEN 'subject' THEN 1 ELSE 2 END, track, position, prize,"
  " recipient")
X(PUBLIC_DRAWS, BY_PUBLIC,
  "SELECT draw_id, round, kind, state, per_entry, at, inputs_hash, output_hash, seed FROM public_draw"
  " WHERE year = $1 ORDER BY position, draw_id")
X(PUBLIC_DRAW_INPUTS, BY_PUBLIC,
  "SELECT inputs FROM public_draw WHERE draw_id = $1 AND inputs IS NOT NULL")
X(PUBLIC_METHODS, BY_PUBLIC,
  "SELECT methods FROM publication WHERE year = $1 AND results_at IS NOT NULL AND methods IS NOT NULL")
X(PUBLIC_CERTIFICATE, BY_PUBLIC,
  "SELECT c.serial, c.code, c.honorific, c.name, c.address, c.achievement, c.prize, c.title,"
  " c.decision, c.decision_date, c.state, t.name"
  " FROM certificate c JOIN contest t ON t.year = c.year WHERE c.code = $1 OR c.pdf_hash = $2")
X(PUBLICATION_ADD, BY_ORGANIZER,
  "INSERT INTO publication(year) VALUES($1) ON CONFLICT(year) DO NOTHING")
X(PUBLICATION_RULES, BY_ORGANIZER, "UPDATE publication SET rules_at = $1 WHERE year = $2")
X(PUBLICATION_RESULTS, BY_ORGANIZER,
  "UPDATE publication SET results_at = $1, methods = $2 WHERE year = $3")
X(PUBLIC_RULES_CLEAR, BY_ORGANIZER, "DELETE FROM public_rule WHERE year = $1")
X(PUBLIC_RULE_ADD, BY_ORGANIZER,
  "INSERT INTO public_rule(year, position, part, vi, en, source) VALUES($1, $2, $3, $4, $5, $6)")
X(PUBLIC_DECIDED, BY_ORGANIZER, "SELECT count(*) FROM award WHERE year = $1 AND state = 'decided'")
