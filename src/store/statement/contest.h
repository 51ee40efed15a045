/* Statements of the room 'contest'. See store.h. */
/* clang-format off */
X(CONTEST_HASH, BY_ORGANIZER, "SELECT definition_hash FROM contest WHERE year = $1")
X(CONTEST_DEFINITION, BY_ORGANIZER,
  "SELECT definition FROM contest WHERE year = $1")
X(CONTEST_LATEST, BY_ORGANIZER | BY_JUDGE | BY_PUBLIC, "SELECT max(year) FROM contest")
X(CONTEST_PUT, BY_ORGANIZER,
  "INSERT INTO contest(year, name, definition, definition_hash, loaded_at)"
  " VALUES($1, $2, $3, $4, $5)"
  " ON CONFLICT(year) DO UPDATE SET name = excluded.name, definition = excluded.definition,"
  " definition_hash = excluded.definition_hash, loaded_at = excluded.loaded_at")
X(CONTEST_LIST, BY_ORGANIZER,
  "SELECT c.year, c.name,"
  " (SELECT count(*) FROM track t WHERE t.year = c.year),"
  " (SELECT count(*) FROM round r WHERE r.year = c.year),"
  " (SELECT count(*) FROM prize p WHERE p.year = c.year),"
  " (SELECT count(*) FROM entry e WHERE e.year = c.year)"
  " FROM contest c ORDER BY c.year")

X(CONTEST_TRACKS, BY_ORGANIZER | BY_JUDGE,
  "SELECT track_id, key, name FROM track WHERE year = $1 ORDER BY position")
X(CONTEST_TRACK_PUT, BY_ORGANIZER,
  "INSERT INTO track(year, key, name, position) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(year, key) DO UPDATE SET name = excluded.name, position = excluded.position")
X(CONTEST_TRACKS_MARK, BY_ORGANIZER, "UPDATE track SET position = -1 WHERE year = $1")
X(CONTEST_TRACKS_DROP, BY_ORGANIZER, "DELETE FROM track WHERE year = $1 AND position < 0")

X(CONTEST_ROUNDS, BY_ORGANIZER | BY_JUDGE,
  "SELECT round_id, key, name FROM round WHERE year = $1 ORDER BY position")
X(CONTEST_ROUNDS_CLOSED, BY_ORGANIZER,
  "SELECT key FROM round WHERE year = $1 AND state = 'closed' ORDER BY position")
X(CONTEST_ROUND_PUT, BY_ORGANIZER,
  "INSERT INTO round(year, key, name, position, per_entry) VALUES($1, $2, $3, $4, $5)"
  " ON CONFLICT(year, key) DO UPDATE SET name = excluded.name, position = excluded.position,"
  " per_entry = excluded.per_entry")
X(CONTEST_ROUNDS_MARK, BY_ORGANIZER, "UPDATE round SET position = -1 WHERE year = $1")
X(CONTEST_ROUNDS_DROP, BY_ORGANIZER, "DELETE FROM round WHERE year = $1 AND position < 0")

X(CONTEST_CRITERION_PUT, BY_ORGANIZER,
  "INSERT INTO criterion(round_id, key, name, description, position, points_min, points_max,"
  " points_step, track_id, weight) SELECT $1, $2, $3, $4, $5, $6, $7, $8,"
  "  (SELECT t.track_id FROM track t WHERE t.year = r.year AND t.key = $9), $10"
  "  FROM round r WHERE r.round_id = $1"
  " ON CONFLICT(round_id, key) DO UPDATE SET name = excluded.name,"
  " description = excluded.description, position = excluded.position,"
  " points_min = excluded.points_min, points_max = excluded.points_max,"
  " points_step = excluded.points_step, track_id = excluded.track_id, weight = excluded.weight")
X(CONTEST_CRITERIA_MARK, BY_ORGANIZER,
  "UPDATE criterion SET position = -1"
  " WHERE round_id IN (SELECT round_id FROM round WHERE year = $1)")
X(CONTEST_CRITERIA_DROP, BY_ORGANIZER,
  "DELETE FROM criterion WHERE position < 0"
  " AND round_id IN (SELECT round_id FROM round WHERE year = $1)")
X(CONTEST_MARKS_OUTSIDE, BY_ORGANIZER,
  "SELECT count(*) FROM mark m JOIN criterion c ON c.criterion_id = m.criterion_id"
  " JOIN round r ON r.round_id = c.round_id WHERE r.year = $1 AND (m.points < c.points_min"
  " OR m.points > c.points_max OR (m.points - c.points_min) % c.points_step <> 0)")

X(CONTEST_PRIZE_FIND, BY_ORGANIZER,
  "SELECT prize_id FROM prize WHERE year = $1 AND key = $2 AND track_id IS NOT DISTINCT FROM"
  " (SELECT track_id FROM track WHERE year = $1 AND key = $3)")
X(CONTEST_PRIZE_ADD, BY_ORGANIZER,
  "INSERT INTO prize(year, key, track_id, name, position, quota, points_least)"
  " VALUES($1, $2, (SELECT track_id FROM track WHERE year = $1 AND key = $3), $4, $5, $6, $7)")
X(CONTEST_PRIZE_CHANGE, BY_ORGANIZER,
  "UPDATE prize SET name = $1, position = $2, quota = $3, points_least = $4 WHERE prize_id = $5")
X(CONTEST_PRIZES_MARK, BY_ORGANIZER, "UPDATE prize SET position = -1 WHERE year = $1")
X(CONTEST_PRIZES_DROP, BY_ORGANIZER, "DELETE FROM prize WHERE year = $1 AND position < 0")

X(CONTEST_BARRED, BY_ORGANIZER,
  "SELECT name, role, birth_year, phone, unit FROM identity_barred WHERE year = $1"
  " ORDER BY barred_id")
X(CONTEST_BARRED_CLEAR, BY_ORGANIZER, "DELETE FROM identity_barred WHERE year = $1")
X(CONTEST_BARRED_ADD, BY_ORGANIZER,
  "INSERT INTO identity_barred(year, name, name_fold, role, birth_year, phone, unit)"
  " VALUES($1, $2, $3, $4, $5, $6, $7)")

X(UNIT_PUT, BY_ORGANIZER,
  "INSERT INTO unit(code, valid_from, kind, name, full_name, parent_code, valid_to, name_fold,"
  " full_name_fold) VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9)"
  " ON CONFLICT(code, valid_from) DO UPDATE SET kind = excluded.kind, name = excluded.name,"
  " full_name = excluded.full_name, parent_code = excluded.parent_code,"
  " valid_to = excluded.valid_to, name_fold = excluded.name_fold,"
  " full_name_fold = excluded.full_name_fold"
  " WHERE unit.kind <> excluded.kind OR unit.name <> excluded.name"
  " OR unit.full_name <> excluded.full_name"
  " OR unit.parent_code IS DISTINCT FROM excluded.parent_code"
  " OR unit.valid_to <> excluded.valid_to OR unit.name_fold <> excluded.name_fold"
  " OR unit.full_name_fold <> excluded.full_name_fold")
X(UNIT_OVERLAPS, BY_ORGANIZER,
  "SELECT a.code FROM unit a JOIN unit b ON b.code = a.code AND b.valid_from > a.valid_from"
  " WHERE a.valid_to = '' OR a.valid_to >= b.valid_from ORDER BY a.code LIMIT 1")
X(UNIT_ORPHANS, BY_ORGANIZER,
  "SELECT u.code FROM unit u WHERE u.parent_code IS NOT NULL"
  " AND NOT EXISTS (SELECT 1 FROM unit p WHERE p.code = u.parent_code) ORDER BY u.code LIMIT 1")
X(UNIT_BY_CODE, BY_ORGANIZER,
  "SELECT unit_id, kind, full_name, code, valid_from, valid_to, parent_code FROM unit"
  " WHERE code = $1 AND valid_from <= $2 AND (valid_to = '' OR valid_to >= $3)")
X(UNIT_BY_FULL_NAME, BY_ORGANIZER,
  "SELECT unit_id, kind, full_name, code, valid_from, valid_to, parent_code FROM unit"
  " WHERE full_name_fold = $1 AND valid_from <= $2 AND (valid_to = '' OR valid_to >= $3)")
X(UNIT_BY_NAME, BY_ORGANIZER,
  "SELECT unit_id, kind, name, code, valid_from, valid_to, parent_code FROM unit"
  " WHERE name_fold = $1 AND valid_from <= $2 AND (valid_to = '' OR valid_to >= $3)")
X(UNIT_CODE, BY_ORGANIZER, "SELECT code FROM unit WHERE unit_id = $1")
X(UNIT_LIST, BY_ORGANIZER,
  "SELECT code, kind, name, full_name, parent_code, valid_from, valid_to FROM unit"
  " WHERE valid_from <= $1 AND (valid_to = '' OR valid_to >= $2) ORDER BY code, valid_from")

X(JUDGE_PUT, BY_ORGANIZER,
  "INSERT INTO judge(code, unit_id, cap, word_cap) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(code) DO UPDATE SET unit_id = excluded.unit_id, cap = excluded.cap, word_cap = excluded.word_cap"
  " WHERE judge.unit_id IS DISTINCT FROM excluded.unit_id"
  " OR judge.cap IS DISTINCT FROM excluded.cap OR judge.word_cap IS DISTINCT FROM excluded.word_cap")
X(JUDGE_ID, BY_ORGANIZER, "SELECT judge_id FROM judge WHERE code = $1")
X(JUDGE_IDENTITY_PUT, BY_ORGANIZER,
  "INSERT INTO identity_judge(judge_id, name, name_fold, birth_year) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(judge_id) DO UPDATE SET name = excluded.name, name_fold = excluded.name_fold,"
  " birth_year = excluded.birth_year WHERE identity_judge.name <> excluded.name"
  " OR identity_judge.name_fold <> excluded.name_fold"
  " OR identity_judge.birth_year IS DISTINCT FROM excluded.birth_year")
X(JUDGE_CONTEST_PUT, BY_ORGANIZER,
  "INSERT INTO judge_contest(judge_id, year, tracks, panel) VALUES($1, $2, $3, $4)"
  " ON CONFLICT(judge_id, year) DO UPDATE SET tracks = excluded.tracks, panel = excluded.panel"
  " WHERE judge_contest.tracks <> excluded.tracks OR judge_contest.panel <> excluded.panel")
X(JUDGE_CONTESTS, BY_ORGANIZER,
  "SELECT j.year, (SELECT count(*) FROM sheet s JOIN round r ON r.round_id = s.round_id"
  " WHERE s.judge_id = j.judge_id AND r.year = j.year)"
  " FROM judge_contest j WHERE j.judge_id = $1 ORDER BY j.year")
X(JUDGE_CONTEST_DROP, BY_ORGANIZER,
  "DELETE FROM judge_contest WHERE judge_id = $1 AND year = $2")
X(JUDGE_RECEIPT_WRONG, BY_ORGANIZER, /* entries of its year, if it is none of them */
  "SELECT count(*) FROM entry WHERE year = $1"
  " AND NOT EXISTS (SELECT 1 FROM entry WHERE receipt = $2)")
X(JUDGE_CONFLICT_ADD, BY_ORGANIZER,
  "INSERT INTO judge_conflict(judge_id, reference) VALUES($1, $2) ON CONFLICT DO NOTHING")
X(JUDGE_CONFLICTS, BY_ORGANIZER,
  "SELECT reference FROM judge_conflict WHERE judge_id = $1 ORDER BY reference")
X(JUDGE_CONFLICT_DROP, BY_ORGANIZER,
  "DELETE FROM judge_conflict WHERE judge_id = $1 AND reference = $2")
X(JUDGE_LIST, BY_ORGANIZER,
  "SELECT j.code, i.name, i.birth_year, coalesce(u.full_name, ''), c.tracks, j.cap,"
  " coalesce((SELECT group_concat(x.reference, ';') FROM (SELECT reference FROM judge_conflict"
  " WHERE judge_id = j.judge_id ORDER BY reference) x), ''), c.year, j.active, j.word_cap, c.panel"
  " FROM judge_contest c JOIN judge j ON j.judge_id = c.judge_id"
  " JOIN identity_judge i ON i.judge_id = j.judge_id LEFT JOIN unit u ON u.unit_id = j.unit_id"
  " WHERE c.year = $1 ORDER BY j.code")
X(CONTEST_TRACK_KEY, BY_ORGANIZER, "SELECT key FROM track WHERE track_id = $1")
