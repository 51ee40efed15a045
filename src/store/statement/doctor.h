/* Invariants: each statement counts the rows that break one. See store.h. */
/* clang-format off */
X(DOCTOR_RECEIPTS, BY_ORGANIZER,
  "SELECT count(*) FROM entry e LEFT JOIN receipt_counter c ON c.year = e.year"
  " WHERE c.last IS NULL OR CAST(substr(e.receipt, 6) AS INTEGER) > c.last")
X(DOCTOR_ENTRY_AUTHOR, BY_ORGANIZER,
  "SELECT count(*) FROM entry e WHERE NOT EXISTS"
  " (SELECT 1 FROM identity_author a WHERE a.entry_id = e.entry_id AND a.position = 1)")
X(DOCTOR_BLIND, BY_ORGANIZER,
  "SELECT (SELECT count(*) FROM blind b WHERE NOT EXISTS"
  "  (SELECT 1 FROM identity_phach p WHERE p.phach = b.phach AND p.round_id = b.round_id))"
  " + (SELECT count(*) FROM identity_phach p WHERE NOT EXISTS"
  "  (SELECT 1 FROM blind b WHERE b.phach = p.phach))")
X(DOCTOR_SHEETS, BY_ORGANIZER,
  "SELECT count(*) FROM sheet s JOIN draw d ON d.round_id = s.round_id AND d.state = 'published'"
  " WHERE s.state NOT IN ('lost', 'recused', 'abstained') AND NOT EXISTS (SELECT 1 FROM draw_slot t"
  "  WHERE t.draw_id = d.draw_id AND t.phach = s.phach AND t.judge_id = s.judge_id)")
X(DOCTOR_PARCELS, BY_ORGANIZER,
  "SELECT count(*) FROM (SELECT 1 FROM sheet WHERE parcel > 0 AND state NOT IN ('lost', 'recused')"
  " GROUP BY round_id, judge_id, parcel HAVING count(*) > 20)")
X(DOCTOR_MARKS, BY_ORGANIZER,
  "SELECT count(*) FROM mark m JOIN sheet s ON s.sheet_id = m.sheet_id"
  " JOIN criterion c ON c.criterion_id = m.criterion_id"
  " WHERE NOT EXISTS (SELECT 1 FROM rubric k WHERE k.sheet_id = m.sheet_id"
  "  AND k.criterion_id = m.criterion_id) OR m.points NOT BETWEEN c.points_min AND c.points_max"
  " OR (m.points - c.points_min) % c.points_step <> 0")
X(DOCTOR_REVISIONS, BY_ORGANIZER, /* the newest version kept of a sheet that was submitted is the sheet */
  "SELECT count(*) FROM sheet s JOIN rubric c ON c.sheet_id = s.sheet_id"
  " LEFT JOIN mark m ON m.sheet_id = s.sheet_id AND m.criterion_id = c.criterion_id"
  " LEFT JOIN mark_revision v ON v.sheet_id = s.sheet_id AND v.criterion_id = c.criterion_id"
  "  AND v.rev = (SELECT max(r.rev) FROM sheet_revision r WHERE r.sheet_id = s.sheet_id)"
  " WHERE s.state = 'submitted' AND m.points IS DISTINCT FROM v.points"
  " AND EXISTS (SELECT 1 FROM sheet_revision r WHERE r.sheet_id = s.sheet_id)")
X(DOCTOR_RULINGS, BY_ORGANIZER,
  "SELECT count(*) FROM similarity WHERE (status = 'open') <> (ruled_by IS NULL)"
  " OR (status <> 'open' AND coalesce(reason, '') = '')")
X(DOCTOR_RANKINGS, BY_ORGANIZER, /* the result of a round is its newest ranking */
  "SELECT count(*) FROM result r WHERE EXISTS (SELECT 1 FROM ranking k WHERE k.round_id = r.round_id)"
  " AND NOT EXISTS (SELECT 1 FROM ranking_row w WHERE w.entry_id = r.entry_id AND w.ranking_id ="
  "  (SELECT max(k.ranking_id) FROM ranking k WHERE k.round_id = r.round_id)"
  "  AND w.rank IS NOT DISTINCT FROM r.rank"
  "  AND w.adjusted_points IS NOT DISTINCT FROM r.adjusted_points)")
X(DOCTOR_CERTIFICATES, BY_ORGANIZER,
  "SELECT count(*) FROM certificate c JOIN award a ON a.award_id = c.award_id"
  " WHERE c.state = 'issued' AND a.state <> 'decided'")
X(DOCTOR_CERTIFICATE_NUMBERS, BY_ORGANIZER, /* each register holds the numbers 1 to its last, once */
  "SELECT (SELECT count(*) FROM register r WHERE r.last <> (SELECT count(*) FROM certificate c"
  "  WHERE c.year = r.year AND c.kind = r.kind))"
  " + (SELECT count(*) FROM certificate c WHERE NOT EXISTS"
  "  (SELECT 1 FROM register r WHERE r.year = c.year AND r.kind = c.kind"
  "   AND CAST(substr(c.serial, length(r.year || '/' || r.kind || '-') + 1) AS INTEGER)"
  "   BETWEEN 1 AND r.last))")
X(DOCTOR_DECISIONS, BY_ORGANIZER, /* one decision, one authority of one level, one signatory */
  "SELECT count(*) FROM (SELECT 1 FROM award WHERE decision IS NOT NULL AND state <> 'proposed'"
  " GROUP BY year, decision, decision_date HAVING count(DISTINCT issuing_level || ';' || authority"
  "  || ';' || signatory || ';' || signatory_name) > 1)")
X(DOCTOR_HONOURS, BY_ORGANIZER,
  "SELECT count(*) FROM award WHERE since > year OR (since IS NOT NULL AND entry_id IS NOT NULL)")
X(DOCTOR_COUNTED, BY_ORGANIZER,
  "SELECT count(*) FROM entry e WHERE e.word_count_source = 'machine' AND NOT EXISTS"
  " (SELECT 1 FROM identity_text t WHERE t.entry_id = e.entry_id)")
X(DOCTOR_ORIGINALS, BY_ORGANIZER, "SELECT count(*) FROM identity_blob WHERE length(bytes) <> size")
X(DOCTOR_REFUSED, BY_ORGANIZER,
  "SELECT count(*) FROM identity_refused_row r JOIN quarantine q ON q.quarantine_id = r.quarantine_id"
  " WHERE q.resolved_at IS NOT NULL")
