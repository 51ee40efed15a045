/* Statements of the room 'award', and what its reports count. See store.h. */
/* clang-format off */
#ifndef PRIZE_ORDER
/* Best first: the usual ladder, then the contest's own order. */
#define PRIZE_ORDER                                                                                \
  "CASE WHEN a.prize LIKE '%Đặc biệt%' THEN 0 WHEN a.prize LIKE '%Nhất%' THEN 1"                   \
  " WHEN a.prize LIKE '%Nhì%' THEN 2 WHEN a.prize LIKE '%Ba%' THEN 3"                              \
  " WHEN a.prize LIKE '%Khuyến khích%' THEN 4 ELSE 10 + coalesce(p.position, 990) END"
#endif
/* ---- proposing ---- */
X(AWARD_LAST_ROUND, BY_ORGANIZER,
  "SELECT round_id FROM round WHERE year = $1 ORDER BY position DESC LIMIT 1")
X(AWARD_PRIZES, BY_ORGANIZER,
  "SELECT p.prize_id, p.key, p.name, p.quota, p.points_least, p.track_id, coalesce(t.name, '')"
  " FROM prize p LEFT JOIN track t ON t.track_id = p.track_id WHERE p.year = $1 ORDER BY p.position")
X(AWARD_CANDIDATES, BY_ORGANIZER,
  "SELECT e.entry_id, e.receipt, e.track_id, t.name, e.title, e.state, r.adjusted_points,"
  " (SELECT min(f.rule) FROM finding f WHERE f.entry_id = e.entry_id AND f.current = 1"
  "  AND f.severity = 'reject' AND f.status = 'accepted'),"
  " (SELECT count(*) FROM finding f WHERE f.entry_id = e.entry_id AND f.current = 1"
  "  AND f.severity = 'reject' AND f.status = 'open'),"
  " (SELECT min(coalesce(o.receipt, 'R' || s.reference_a)) FROM similarity s LEFT JOIN entry o"
  "  ON o.entry_id = CASE WHEN s.entry_a = e.entry_id THEN s.entry_b ELSE s.entry_a END"
  "  WHERE (s.entry_a = e.entry_id OR s.entry_b = e.entry_id) AND s.current = 1"
  "  AND s.class = 'exact' AND s.status = 'open'),"
  " (SELECT min(coalesce(o.receipt, 'R' || s.reference_a)) FROM similarity s"
  "  LEFT JOIN entry o ON o.entry_id = s.entry_a"
  "  WHERE s.entry_b = e.entry_id AND s.current = 1 AND s.status = 'accepted'),"
  " (SELECT min(coalesce(o.receipt, 'R' || s.reference_a)) FROM similarity s LEFT JOIN entry o"
  "  ON o.entry_id = CASE WHEN s.entry_a = e.entry_id THEN s.entry_b ELSE s.entry_a END"
  "  WHERE (s.entry_a = e.entry_id OR s.entry_b = e.entry_id) AND s.current = 1"
  "  AND s.status = 'open' AND s.class <> 'paraphrase'), coalesce(r.rank, 0)"
  " FROM result r JOIN entry e ON e.entry_id = r.entry_id JOIN track t ON t.track_id = e.track_id"
  " WHERE r.round_id = $1 ORDER BY r.adjusted_points DESC, r.rank, e.receipt")
X(AWARD_OF_ENTRIES, BY_ORGANIZER,
  "SELECT award_id, entry_id, prize_id, state, reason, prize, recipient FROM award"
  " WHERE year = $1 AND kind = 'entry' AND entry_id IS NOT NULL ORDER BY award_id")
X(AWARD_AUTHORS, BY_ORGANIZER,
  "SELECT name, unit FROM identity_author WHERE entry_id = $1 ORDER BY position")
X(AWARD_ADD, BY_ORGANIZER,
  "INSERT INTO award(year, kind, prize_id, prize, entry_id, recipient, recipient_fold,"
  " recipient_unit, title, track, signatory, decision, decision_date, source, state, reason,"
  " issuing_level, authority, signatory_name, honorific, achievement, unit_id, since)"
  " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
  " $21, $22, $23)")
X(AWARD_FORGET_PROPOSALS, BY_ORGANIZER,
  "DELETE FROM award WHERE year = $1 AND state = 'proposed' AND source = 'rank' AND reason IS NULL")
X(AWARD_FORGET_PROPOSAL, BY_ORGANIZER,
  "DELETE FROM award WHERE entry_id = $1 AND kind = 'entry' AND state = 'proposed' AND source = 'rank'")
X(AWARD_ENTRY, BY_ORGANIZER,
  "SELECT e.entry_id, e.year, e.title, t.name, e.track_id, e.state FROM entry e"
  " JOIN track t ON t.track_id = e.track_id WHERE e.receipt = $1")

/* ---- deciding ---- */
X(AWARD_GET, BY_ORGANIZER,
  "SELECT year, state, decision, decision_date, prize, money_note FROM award WHERE award_id = $1")
X(AWARD_PROPOSED_IDS, BY_ORGANIZER,
  "SELECT award_id FROM award WHERE year = $1 AND state = 'proposed' ORDER BY award_id")
X(AWARD_DECIDE, BY_ORGANIZER,
  "UPDATE award SET state = 'decided', decision = $1, decision_date = $2, issuing_level = $3,"
  " authority = $4, signatory = $5, signatory_name = $6 WHERE award_id = $7"
  " AND state IN ('proposed', 'decided') AND coalesce(decision, '') = ''")
X(AWARD_SAME_DECISION, BY_ORGANIZER, /* another decision of that number and day, by somebody else */
  "SELECT issuing_level, authority, signatory, signatory_name FROM award WHERE decision = $1"
  " AND decision_date = $2 AND state <> 'proposed' AND (issuing_level, authority, signatory,"
  " signatory_name) <> ($3, $4, $5, $6) LIMIT 1")
X(AWARD_STATE, BY_ORGANIZER,
  "UPDATE award SET state = $1, reason = $2, money_note = $3 WHERE award_id = $4")
X(AWARD_CERTIFICATE_STATE, BY_ORGANIZER,
  "UPDATE certificate SET state = $1, reason = $2 WHERE award_id = $3 AND state = $4")
X(AWARD_RENAME, BY_ORGANIZER,
  "UPDATE award SET recipient = $1, recipient_fold = $2 WHERE award_id = $3")
X(AWARD_LIST, BY_ORGANIZER,
  "SELECT a.award_id, a.year, a.kind, a.prize, a.track, a.recipient, a.recipient_unit, a.title,"
  " coalesce(e.receipt, ''), a.decision, a.decision_date, a.state, a.reason,"
  " (SELECT c.serial FROM certificate c WHERE c.award_id = a.award_id"
  "  AND c.state IN ('issued', 'held') ORDER BY c.certificate_id DESC LIMIT 1),"
  " a.issuing_level, a.authority, a.signatory, a.money_note"
  " FROM award a LEFT JOIN entry e ON e.entry_id = a.entry_id"
  " LEFT JOIN prize p ON p.prize_id = a.prize_id"
  " WHERE ($1 = 0 OR a.year = $1) AND ($2 = '' OR a.state = $2)"
  " ORDER BY a.year, " PRIZE_ORDER ", a.award_id")
X(AWARD_TRACK_NAME, BY_ORGANIZER, "SELECT name FROM track WHERE track_id = $1")
X(AWARD_PRIZE_LIKE, BY_ORGANIZER,
  "SELECT p.prize_id, p.key, p.name FROM prize p"
  " LEFT JOIN track t ON t.track_id = p.track_id"
  " WHERE p.year = $1 AND (t.track_id IS NULL OR $2 = '' OR t.name = $2)"
  " ORDER BY t.track_id IS NULL, p.position")
X(AWARD_SAME, BY_ORGANIZER, /* proposed for that already */
  "SELECT count(*) FROM award WHERE year = $1 AND kind = $2 AND recipient = $3"
  " AND prize = $4 AND recipient_unit = $5 AND title = '' AND state = 'proposed'")
X(AWARD_LIKE, BY_ORGANIZER, /* the one with the same decision before one without any */
  "SELECT award_id, coalesce(decision, '') = '' FROM award w WHERE year = $1 AND kind = $2"
  " AND (recipient = $3"
  "  OR EXISTS (SELECT 1 FROM certificate c WHERE c.award_id = w.award_id AND c.name = $3))"
  " AND title = $4 AND prize = $5 AND recipient_unit = $6 AND ($7 = ''"
  " OR coalesce(decision, '') = '' OR (decision = $7 AND decision_date = $8)) ORDER BY 2 LIMIT 1")
X(AWARD_UNIT, BY_ORGANIZER, /* as it was in that year */
  "SELECT unit_id, full_name FROM unit WHERE code = $1 AND (valid_from = '' OR valid_from <= $2)"
  " AND (valid_to = '' OR valid_to >= $3) ORDER BY valid_from DESC LIMIT 1")
X(AWARD_SUBJECT, BY_ORGANIZER, /* the person or collective an entry was written about */
  "SELECT e.year, e.entry_id, s.name, coalesce(nullif(s.unit, ''), s.address) FROM entry e"
  " JOIN subject s ON s.entry_id = e.entry_id WHERE e.receipt = $1")
X(AWARD_ENTRY_LIKE, BY_ORGANIZER,
  "SELECT min(e.entry_id) FROM entry e JOIN identity_author a ON a.entry_id = e.entry_id"
  " WHERE e.year = $1 AND e.title_fold = $2 AND a.name_fold = $3"
  " AND NOT EXISTS (SELECT 1 FROM award w WHERE w.entry_id = e.entry_id AND w.kind = 'entry')"
  " HAVING count(DISTINCT e.entry_id) = 1")

/* ---- certificates ---- */
X(CERTIFICATE_DUE, BY_ORGANIZER,
  "SELECT a.award_id, a.year, a.recipient, a.recipient_unit, a.prize, a.title, a.decision,"
  " a.decision_date, a.kind, a.honorific, a.achievement, a.authority, a.signatory, a.signatory_name,"
  " coalesce(a.since, 0) FROM award a LEFT JOIN prize p ON p.prize_id = a.prize_id"
  " WHERE a.year = $1 AND a.state = 'decided'"
  " AND NOT EXISTS (SELECT 1 FROM certificate c WHERE c.award_id = a.award_id)"
  " ORDER BY a.kind <> 'entry', a.kind, " PRIZE_ORDER ", a.award_id")
X(REGISTER_NEXT, BY_ORGANIZER,
  "INSERT INTO register(year, kind, last) VALUES($1, $2, 1)"
  " ON CONFLICT(year, kind) DO UPDATE SET last = register.last + 1 RETURNING last")
X(CERTIFICATE_ADD, BY_ORGANIZER,
  "INSERT INTO certificate(award_id, serial, code, year, honorific, name, address, achievement,"
  " prize, title, decision, decision_date, qr, pdf, pdf_hash, replaces_id, issued_at, template_id,"
  " kind, contest, organizer, authority, place, signatory_title, signatory_name)"
  " VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,"
  " $21, $22, $23, $24, $25)")
X(CERTIFICATE_LIST, BY_ORGANIZER,
  "SELECT c.certificate_id, c.award_id, c.year, c.serial, c.code, c.qr, c.honorific, c.name,"
  " c.address, c.achievement, c.prize, c.title, c.decision, c.decision_date, c.state,"
  " coalesce(c.reason, ''),"
  " coalesce((SELECT o.serial FROM certificate o WHERE o.certificate_id = c.replaces_id), ''),"
  " coalesce((SELECT n.serial FROM certificate n WHERE n.replaces_id = c.certificate_id), ''),"
  " c.template_id, c.kind, c.contest, c.organizer, c.authority, c.place, c.signatory_title,"
  " c.signatory_name, (SELECT a.kind FROM award a WHERE a.award_id = c.award_id),"
  " (SELECT count(*) FROM certificate_print q WHERE q.certificate_id = c.certificate_id)"
  " FROM certificate c WHERE ($1 = 0 OR c.year = $1) AND ($2 = '' OR c.serial = $2)"
  " AND ($3 = '' OR c.code = $3) AND ($4 IS NULL OR c.pdf_hash = $4)"
  " ORDER BY c.year, c.kind, length(c.serial), c.serial")
X(CERTIFICATE_PDF, BY_ORGANIZER, "SELECT pdf FROM certificate WHERE certificate_id = $1")
X(CERTIFICATE_PRINTED, BY_ORGANIZER,
  "INSERT INTO certificate_print(certificate_id, at, actor, way) VALUES($1, $2, $3, $4)")
X(CERTIFICATE_PRINTINGS, BY_ORGANIZER,
  "SELECT at, actor, way FROM certificate_print WHERE certificate_id = $1 ORDER BY print_id")
X(CERTIFICATE_TEMPLATE_PUT, BY_ORGANIZER,
  "INSERT INTO certificate_template(hash, name, yaml) VALUES($1, $2, $3) ON CONFLICT(hash) DO NOTHING")
X(CERTIFICATE_TEMPLATE_ID, BY_ORGANIZER, "SELECT template_id FROM certificate_template WHERE hash = $1")
X(CERTIFICATE_TEMPLATE_GET, BY_ORGANIZER,
  "SELECT name, yaml FROM certificate_template WHERE template_id = $1")
X(SIGNING_KEY_ADD, BY_ORGANIZER,
  "INSERT INTO signing_key(public, secret, made_at) VALUES($1, $2, $3)")
X(SIGNING_KEY_LAST, BY_ORGANIZER, "SELECT secret FROM signing_key ORDER BY key_id DESC LIMIT 1")
X(SIGNING_KEYS_PUBLIC, BY_ORGANIZER, "SELECT public FROM signing_key ORDER BY key_id DESC")
X(CERTIFICATE_STATE, BY_ORGANIZER,
  "UPDATE certificate SET state = $1, reason = $2 WHERE certificate_id = $3")

/* ---- reports ---- */
X(REPORT_YEAR, BY_ORGANIZER,
  "SELECT (SELECT count(*) FROM entry e WHERE e.year = $1),"
  " (SELECT count(DISTINCT a.name_key) FROM identity_author a"
  "  JOIN entry e ON e.entry_id = a.entry_id WHERE e.year = $1),"
  " (SELECT count(DISTINCT e.unit_id) FROM entry e WHERE e.year = $1),"
  " (SELECT count(DISTINCT e.track_id) FROM entry e WHERE e.year = $1),"
  " (SELECT count(*) FROM award w WHERE w.year = $1 AND w.kind = 'entry' AND w.since IS NULL"
  "  AND w.state IN ('decided', 'held')),"
  " (SELECT count(*) FROM award w WHERE w.year = $1 AND w.kind = 'collective' AND w.since IS NULL"
  "  AND w.state IN ('decided', 'held')),"
  " (SELECT count(*) FROM certificate c WHERE c.year = $1 AND c.state = 'issued')")
X(REPORT_PRIZES, BY_ORGANIZER, /* names of prizes, best first */
  "SELECT a.prize FROM award a LEFT JOIN prize p ON p.prize_id = a.prize_id"
  " WHERE a.kind = 'entry' AND a.since IS NULL AND a.state IN ('decided', 'held')"
  " AND a.year BETWEEN $1 AND $2 GROUP BY a.prize ORDER BY min(" PRIZE_ORDER "), a.prize")
X(REPORT_PRIZE_COUNT, BY_ORGANIZER,
  "SELECT count(*) FROM award a WHERE a.year = $1 AND a.prize = $2 AND a.kind = 'entry'"
  " AND a.since IS NULL AND a.state IN ('decided', 'held')")
X(REPORT_WINNERS, BY_ORGANIZER, /* without the honours for several years */
  "SELECT a.year, a.prize, a.recipient, a.title, a.recipient_unit, a.track, a.decision,"
  " a.decision_date, a.kind FROM award a LEFT JOIN prize p ON p.prize_id = a.prize_id"
  " LEFT JOIN track t ON t.year = a.year AND t.name = a.track"
  " WHERE a.year BETWEEN $1 AND $2 AND a.since IS NULL AND a.state IN ('decided', 'held')"
  " ORDER BY a.year, a.kind <> 'entry', a.kind, coalesce(t.position, 0), " PRIZE_ORDER ", a.award_id")
X(REPORT_REPEATED, BY_ORGANIZER,
  "SELECT a.recipient, count(*), min(a.year), max(a.year) FROM award a"
  " WHERE a.kind = 'entry' AND a.since IS NULL AND a.state IN ('decided', 'held')"
  " AND a.year BETWEEN $1 AND $2 GROUP BY a.recipient HAVING count(DISTINCT a.year) > 1 ORDER BY 2 DESC, a.recipient_fold")
X(REPORT_UNITS, BY_ORGANIZER,
  "SELECT u.full_name, count(*), count(DISTINCT e.year),"
  " (SELECT count(*) FROM award w JOIN entry x ON x.entry_id = w.entry_id"
  "  JOIN unit v ON v.unit_id = x.unit_id WHERE v.full_name = u.full_name AND w.kind = 'entry'"
  "  AND w.state IN ('decided', 'held') AND w.year BETWEEN $1 AND $2)"
  " FROM entry e JOIN unit u ON u.unit_id = e.unit_id WHERE e.year BETWEEN $1 AND $2"
  " GROUP BY u.full_name ORDER BY 2 DESC, u.full_name LIMIT 15")
X(REPORT_LAST_DECISION, BY_ORGANIZER,
  "SELECT coalesce(max(decision_date), '') FROM award WHERE year = $1"
  " AND state IN ('decided', 'held')")
X(MINUTES_JUDGES, BY_ORGANIZER,
  "SELECT i.name, coalesce(u.full_name, ''), j.code, count(*),"
  " sum(CASE WHEN s.state = 'submitted' THEN 1 ELSE 0 END)"
  " FROM sheet s JOIN judge j ON j.judge_id = s.judge_id"
  " JOIN identity_judge i ON i.judge_id = j.judge_id LEFT JOIN unit u ON u.unit_id = j.unit_id"
  " WHERE s.round_id = $1 AND s.state <> 'lost' GROUP BY j.judge_id ORDER BY j.code")
X(MINUTES_RESULTS, BY_ORGANIZER,
  "SELECT t.name, r.rank, r.tied, coalesce(p.phach, ''), e.receipt, e.title, r.sheet_count,"
  " r.mean_points, r.adjusted_points, r.method, e.entry_id,"
  " coalesce((SELECT w.prize FROM award w WHERE w.entry_id = e.entry_id AND w.kind = 'entry'"
  "  AND w.state IN ('proposed', 'decided', 'held')), '')"
  " FROM result r JOIN entry e ON e.entry_id = r.entry_id JOIN track t ON t.track_id = e.track_id"
  " LEFT JOIN identity_phach p ON p.round_id = r.round_id AND p.entry_id = r.entry_id"
  " WHERE r.round_id = $1 ORDER BY t.position, r.rank IS NULL, r.rank, e.receipt")
X(ROUND_NAME, BY_ORGANIZER, "SELECT name, key FROM round WHERE round_id = $1")
X(RECEIPT_SENDERS, BY_ORGANIZER, /* $2: one unit, 0 for all */
  "SELECT coalesce(e.unit_id, 0), coalesce(u.full_name, e.sent_by), count(*) FROM entry e"
  " LEFT JOIN unit u ON u.unit_id = e.unit_id WHERE e.year = $1 AND ($2 = 0 OR e.unit_id = $2)"
  " GROUP BY 1, 2 ORDER BY 1 = 0, 2")
X(RECEIPT_ENTRIES, BY_ORGANIZER,
  "SELECT e.receipt, e.title, t.name, e.first_received_at, e.word_count, e.entry_id, e.state"
  " FROM entry e JOIN track t ON t.track_id = e.track_id LEFT JOIN unit u ON u.unit_id = e.unit_id"
  " WHERE e.year = $1 AND coalesce(e.unit_id, 0) = $2 AND coalesce(u.full_name, e.sent_by) = $3"
  " ORDER BY e.receipt")
X(PAPER_JUDGES, BY_ORGANIZER, /* $2: one judge's code, '' for all */
  "SELECT j.judge_id, j.code, i.name, coalesce(c.panel, '') FROM sheet s"
  " JOIN round r ON r.round_id = s.round_id"
  " JOIN judge j ON j.judge_id = s.judge_id JOIN identity_judge i ON i.judge_id = j.judge_id"
  " LEFT JOIN judge_contest c ON c.judge_id = s.judge_id AND c.year = r.year"
  " WHERE s.round_id = $1 AND s.state NOT IN ('lost', 'recused', 'abstained') AND ($2 = '' OR j.code = $2)"
  " GROUP BY j.judge_id ORDER BY j.code")
X(PAPER_SHEETS, BY_ORGANIZER,
  "SELECT s.phach, b.title, b.track_id FROM sheet s JOIN blind b ON b.phach = s.phach"
  " JOIN track t ON t.track_id = b.track_id WHERE s.round_id = $1 AND s.judge_id = $2"
  " AND s.state NOT IN ('lost', 'recused', 'abstained') ORDER BY s.parcel, s.phach")
X(PAPER_CRITERIA, BY_ORGANIZER,
  "SELECT name, points_min, points_max, weight, coalesce(track_id, 0) FROM criterion"
  " WHERE round_id = $1 ORDER BY position")
X(METHODS_ENTRIES, BY_ORGANIZER, "SELECT count(*) FROM blind WHERE round_id = $1")
X(METHODS_DRAW, BY_ORGANIZER,
  "SELECT (SELECT count(*) FROM draw a WHERE a.round_id = d.round_id), d.inputs_hash, d.output_hash,"
  " d.per_entry FROM draw d WHERE d.round_id = $1 AND d.state = 'published'")
X(METHODS_JUDGES, BY_ORGANIZER,
  "SELECT code, count(*), sum(complete), sum(complete * points) FROM"
  " (SELECT j.code AS code, coalesce(sum(m.points), 0) AS points,"
  "   CASE WHEN s.state = 'submitted' AND count(m.criterion_id) ="
  "    (SELECT count(*) FROM rubric k WHERE k.sheet_id = s.sheet_id) THEN 1 ELSE 0 END AS complete"
  "  FROM sheet s JOIN judge j ON j.judge_id = s.judge_id LEFT JOIN weighed_mark m ON m.sheet_id = s.sheet_id"
  "  WHERE s.round_id = $1 AND s.state <> 'lost' GROUP BY s.sheet_id, j.code, s.state, s.round_id)"
  " GROUP BY code ORDER BY code")
