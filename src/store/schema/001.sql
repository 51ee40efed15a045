-- chamthi schema 1. One file holds all years.
--
-- Tables named identity_* say who somebody is. A connection that serves judges or the public cannot
-- read them: store/access.c lists the tables each role may touch, and SQLite refuses the rest.
-- Times are UTC seconds, dates ISO text, points integers in hundredths, hashes BLAKE2b-256.

CREATE TABLE schema_version (version INTEGER PRIMARY KEY, applied_at INTEGER NOT NULL) STRICT;

-- ---- audit: every change, chained ----
CREATE TABLE audit (
  seq INTEGER PRIMARY KEY,               -- 1, 2, 3 … without a gap
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,                   -- who: 'cli:login', 'user:name', 'judge:code'
  action TEXT NOT NULL,                  -- what: 'import', 'finding.rule' …
  object TEXT NOT NULL,                  -- on what: 'entry 2024-00017'
  before TEXT, after TEXT,               -- never personal data: keys, states, hashes
  hash BLOB NOT NULL CHECK (length(hash) = 32)
) STRICT;
CREATE TABLE audit_head (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  seq INTEGER NOT NULL, hash BLOB NOT NULL
) STRICT;
INSERT INTO audit_head VALUES (1, 0, zeroblob(32));

-- ---- accounts ----
CREATE TABLE user (
  user_id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  role TEXT NOT NULL CHECK (role IN ('organizer','judge','printer','auditor')),
  judge_id INTEGER REFERENCES judge (judge_id),
  password TEXT NOT NULL,                -- Argon2id string
  disabled_at INTEGER,
  created_at INTEGER NOT NULL
) STRICT;
CREATE TABLE session (
  token_hash BLOB PRIMARY KEY,
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  created_at INTEGER NOT NULL, seen_at INTEGER NOT NULL, expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE login_failure (
  failure_id INTEGER PRIMARY KEY, name TEXT NOT NULL, address TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;

-- ---- contests, units, judges ----
CREATE TABLE contest (
  year INTEGER PRIMARY KEY CHECK (year BETWEEN 2000 AND 2100),
  name TEXT NOT NULL,
  definition TEXT NOT NULL,              -- the YAML as loaded: the source of all rules
  definition_hash BLOB NOT NULL,
  loaded_at INTEGER NOT NULL
) STRICT;
CREATE TABLE track (
  track_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  key TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
  UNIQUE (year, key)
) STRICT;
CREATE TABLE round (
  round_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  key TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
  per_entry INTEGER NOT NULL CHECK (per_entry BETWEEN 1 AND 9),
  state TEXT NOT NULL DEFAULT 'planned' CHECK (state IN ('planned','open','closed')),
  UNIQUE (year, key)
) STRICT;
CREATE TABLE criterion (
  criterion_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  key TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL DEFAULT '',
  position INTEGER NOT NULL,
  points_min INTEGER NOT NULL, points_max INTEGER NOT NULL, points_step INTEGER NOT NULL,
  UNIQUE (round_id, key),
  CHECK (points_min <= points_max AND points_step > 0)
) STRICT;
CREATE TABLE prize (
  prize_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  track_id INTEGER REFERENCES track (track_id), -- NULL: any track
  key TEXT NOT NULL, name TEXT NOT NULL, position INTEGER NOT NULL,
  quota INTEGER,                          -- NULL: unknown (historical years)
  points_least INTEGER,                   -- an entry below it gets no prize
  UNIQUE (year, track_id, key)
) STRICT;
CREATE TABLE unit (
  unit_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, full_name TEXT NOT NULL,
  parent_code TEXT, valid_from TEXT NOT NULL DEFAULT '', valid_to TEXT NOT NULL DEFAULT '',
  name_fold TEXT NOT NULL, full_name_fold TEXT NOT NULL,
  UNIQUE (code, valid_from)
) STRICT;
CREATE INDEX unit_by_full_name ON unit (full_name_fold);
CREATE INDEX unit_by_name ON unit (name_fold);
CREATE TABLE judge (
  judge_id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  unit_id INTEGER REFERENCES unit (unit_id),
  cap INTEGER,                            -- most entries in one round, NULL: no limit
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))
) STRICT;
CREATE TABLE judge_contest (
  judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  year INTEGER NOT NULL REFERENCES contest (year),
  tracks TEXT NOT NULL DEFAULT '',        -- keys, ';' between; empty: all
  PRIMARY KEY (judge_id, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE judge_conflict (
  judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  reference TEXT NOT NULL,                -- a unit code or a receipt number
  PRIMARY KEY (judge_id, reference)
) STRICT, WITHOUT ROWID;
CREATE TABLE identity_judge (
  judge_id INTEGER PRIMARY KEY REFERENCES judge (judge_id),
  name TEXT NOT NULL, name_fold TEXT NOT NULL, birth_year INTEGER
) STRICT;
CREATE TABLE identity_barred (            -- organizers, secretaries, and by choice their relatives
  barred_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  name TEXT NOT NULL, name_fold TEXT NOT NULL, role TEXT NOT NULL,
  birth_year INTEGER, phone TEXT, unit TEXT
) STRICT;

-- ---- entries ----
CREATE TABLE identity_blob (               -- original bytes, never altered
  hash BLOB PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB NOT NULL
) STRICT;
CREATE TABLE entry (
  entry_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  receipt TEXT NOT NULL UNIQUE,           -- '2024-00017', never reused
  track_id INTEGER NOT NULL REFERENCES track (track_id),
  title TEXT NOT NULL, title_fold TEXT NOT NULL,
  unit_id INTEGER REFERENCES unit (unit_id),      -- the unit that collected it
  sent_by TEXT NOT NULL DEFAULT '',               -- that unit as the manifest wrote it
  received_at INTEGER NOT NULL,           -- of the present version
  first_received_at INTEGER NOT NULL,     -- never changes
  published_on TEXT, publisher TEXT, url TEXT,    -- press works
  word_count INTEGER, syllable_count INTEGER,
  word_count_source TEXT NOT NULL DEFAULT 'machine'
    CHECK (word_count_source IN ('machine','declared','pages','none')),
  duration_seconds INTEGER,
  encoding TEXT NOT NULL DEFAULT '',
  state TEXT NOT NULL DEFAULT 'received'
    CHECK (state IN ('received','withdrawn','disqualified')),
  row_key BLOB NOT NULL,                  -- hash of the manifest row's meaning: same row, same entry
  row_hash BLOB NOT NULL DEFAULT x''      -- hash of all it says: another one, something was corrected
) STRICT;
CREATE INDEX entry_by_year ON entry (year, entry_id);
CREATE UNIQUE INDEX entry_by_row ON entry (year, row_key);
CREATE TABLE receipt_counter (year INTEGER PRIMARY KEY REFERENCES contest (year),
  last INTEGER NOT NULL) STRICT;
CREATE TABLE identity_text (
  entry_id INTEGER PRIMARY KEY REFERENCES entry (entry_id),
  display TEXT NOT NULL,                  -- Unicode NFC, the only text people see
  key_hash BLOB NOT NULL                  -- hash of the matching key: equal for exact copies
) STRICT;
CREATE INDEX text_by_key ON identity_text (key_hash);
CREATE TABLE identity_file (
  file_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  version INTEGER NOT NULL,               -- 1, 2 … ; the highest is the present one
  name TEXT NOT NULL,                     -- as the unit called it; never used as a path
  hash BLOB NOT NULL REFERENCES identity_blob (hash),
  received_at INTEGER NOT NULL,
  UNIQUE (entry_id, version)
) STRICT;
CREATE INDEX file_by_hash ON identity_file (hash);
CREATE TABLE identity_author (
  author_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,                     -- as written, for printing
  name_key TEXT NOT NULL, name_fold TEXT NOT NULL,
  birth_year INTEGER, address TEXT NOT NULL DEFAULT '', phone TEXT NOT NULL DEFAULT '',
  phone_key TEXT NOT NULL DEFAULT '', email TEXT NOT NULL DEFAULT '',
  unit TEXT NOT NULL DEFAULT '', unit_id INTEGER REFERENCES unit (unit_id),
  UNIQUE (entry_id, position)
) STRICT;
CREATE INDEX author_by_name ON identity_author (name_fold);
CREATE TABLE subject (
  subject_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL UNIQUE REFERENCES entry (entry_id),
  name TEXT NOT NULL, name_fold TEXT NOT NULL,
  kind TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '', unit TEXT NOT NULL DEFAULT '',
  occupation_group TEXT NOT NULL DEFAULT ''
) STRICT;
CREATE TABLE quarantine (                  -- refused for now, with a reason; nothing is dropped
  quarantine_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  source_key BLOB NOT NULL,               -- hash of what was refused: the same again is the same row
  row_number INTEGER, file_name TEXT,
  hash BLOB REFERENCES identity_blob (hash),
  reason TEXT NOT NULL,                   -- a word to branch on: 'file.missing', 'docx.broken' …
  message_vi TEXT NOT NULL, message_en TEXT NOT NULL,
  at INTEGER NOT NULL, resolved_at INTEGER,
  UNIQUE (year, source_key)
) STRICT;

-- ---- checks ----
CREATE TABLE finding (
  finding_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  rule TEXT NOT NULL, source TEXT NOT NULL DEFAULT '',
  severity TEXT NOT NULL CHECK (severity IN ('reject','warn','note')),
  message_vi TEXT NOT NULL, message_en TEXT NOT NULL,
  evidence TEXT NOT NULL DEFAULT '[]',    -- JSON [{start,end,text}], bytes of the display text
  evidence_hash BLOB NOT NULL,
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)), -- 0: the last run no longer found it
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open','accepted','dismissed')),
  reason TEXT, ruled_by TEXT, ruled_at INTEGER,
  UNIQUE (entry_id, rule, evidence_hash)
) STRICT;
CREATE TABLE similarity (
  similarity_id INTEGER PRIMARY KEY,
  entry_a INTEGER NOT NULL REFERENCES entry (entry_id), -- the one received first
  entry_b INTEGER NOT NULL REFERENCES entry (entry_id),
  class TEXT NOT NULL CHECK (class IN ('exact','near','contained','partial','patchwork')),
  share_a INTEGER NOT NULL, share_b INTEGER NOT NULL, -- ten-thousandths of each text
  same_author INTEGER NOT NULL DEFAULT 0 CHECK (same_author IN (0, 1)),
  passages TEXT NOT NULL DEFAULT '[]',
  evidence_hash BLOB NOT NULL,
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open','accepted','dismissed')),
  reason TEXT, ruled_by TEXT, ruled_at INTEGER,
  UNIQUE (entry_a, entry_b),
  CHECK (entry_a <> entry_b)
) STRICT;

-- ---- anonymity ----
CREATE TABLE redaction (
  redaction_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  text_hash BLOB NOT NULL,               -- of the display text; spans of an older text do not apply
  byte_start INTEGER NOT NULL, byte_end INTEGER NOT NULL, -- of the display text
  kind TEXT NOT NULL,
  status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed','accepted','rejected')),
  decided_by TEXT, decided_at INTEGER,
  UNIQUE (entry_id, text_hash, byte_start, byte_end),
  CHECK (byte_start < byte_end)
) STRICT;
CREATE TABLE redaction_review (            -- a person has looked, or chose not to
  entry_id INTEGER PRIMARY KEY REFERENCES entry (entry_id),
  text_hash BLOB NOT NULL,               -- the text that was looked at: a new one needs a new review
  mode TEXT NOT NULL CHECK (mode IN ('reviewed','skipped')),
  by TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE identity_phach (              -- who is behind a code
  phach TEXT PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  UNIQUE (round_id, entry_id)
) STRICT;
CREATE TABLE blind (                       -- all a judge sees of an entry
  phach TEXT PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  track_id INTEGER NOT NULL REFERENCES track (track_id),
  title TEXT NOT NULL, text TEXT NOT NULL, word_count INTEGER
) STRICT;

-- ---- judging ----
CREATE TABLE draw (
  draw_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  seed BLOB NOT NULL,
  inputs TEXT NOT NULL,                   -- canonical: entries by code, judges, what was kept
  inputs_hash BLOB NOT NULL, output_hash BLOB NOT NULL,
  per_entry INTEGER NOT NULL, proof TEXT NOT NULL, -- JSON, interface.md §1 assign deal
  state TEXT NOT NULL CHECK (state IN ('planned','published','replaced')),
  at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX draw_published ON draw (round_id) WHERE state = 'published';
CREATE TABLE draw_slot (                   -- the dealt plan
  draw_id INTEGER NOT NULL REFERENCES draw (draw_id),
  phach TEXT NOT NULL REFERENCES blind (phach),
  judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  PRIMARY KEY (draw_id, phach, judge_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sheet (                       -- one judge's scoring of one entry; made on publishing
  sheet_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  phach TEXT NOT NULL REFERENCES blind (phach),
  judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  state TEXT NOT NULL DEFAULT 'open'
    CHECK (state IN ('open','draft','submitted','returned','recused','lost')),
  rev INTEGER NOT NULL DEFAULT 0,
  comment TEXT NOT NULL DEFAULT '', returned_reason TEXT,
  submitted_at INTEGER, code TEXT,        -- the judge's receipt
  UNIQUE (phach, judge_id)
) STRICT;
CREATE INDEX sheet_by_judge ON sheet (judge_id, round_id);
CREATE TABLE mark (                        -- no row: missing, which is never zero
  sheet_id INTEGER NOT NULL REFERENCES sheet (sheet_id),
  criterion_id INTEGER NOT NULL REFERENCES criterion (criterion_id),
  points INTEGER NOT NULL, rev INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, criterion_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE keyed_mark (                  -- paper sheets: each of two people's keying
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  phach TEXT NOT NULL, judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  criterion_id INTEGER NOT NULL REFERENCES criterion (criterion_id),
  keying INTEGER NOT NULL CHECK (keying IN (1, 2)), points INTEGER,
  PRIMARY KEY (phach, judge_id, criterion_id, keying)
) STRICT, WITHOUT ROWID;
CREATE TABLE result (                      -- the last ranking of a round
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  method TEXT NOT NULL,
  sheet_count INTEGER NOT NULL,           -- complete sheets used
  mean_points INTEGER,                    -- hundredths; NULL: no complete sheet
  adjusted_points INTEGER,                -- by the method; equals the mean for 'mean'
  rank INTEGER, tied INTEGER NOT NULL DEFAULT 0, -- within the track
  PRIMARY KEY (round_id, entry_id)
) STRICT, WITHOUT ROWID;

-- ---- awards and certificates ----
CREATE TABLE award (
  award_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  kind TEXT NOT NULL CHECK (kind IN ('entry','collective','subject')),
  prize_id INTEGER REFERENCES prize (prize_id), prize TEXT NOT NULL, -- name as decided
  entry_id INTEGER REFERENCES entry (entry_id),
  unit_id INTEGER REFERENCES unit (unit_id),
  recipient TEXT NOT NULL,                -- names exactly as decided, '; ' between co-authors
  recipient_fold TEXT NOT NULL,
  recipient_unit TEXT NOT NULL DEFAULT '', title TEXT NOT NULL DEFAULT '',
  track TEXT NOT NULL DEFAULT '',
  issuing_level TEXT NOT NULL DEFAULT 'city', signatory TEXT NOT NULL DEFAULT '',
  decision TEXT, decision_date TEXT,
  source TEXT NOT NULL DEFAULT 'rank' CHECK (source IN ('rank','loaded')),
  state TEXT NOT NULL CHECK (state IN ('proposed','decided','held','revoked')),
  reason TEXT,
  CHECK (state <> 'decided' OR (decision IS NOT NULL AND decision_date IS NOT NULL))
) STRICT;
CREATE UNIQUE INDEX award_by_entry ON award (entry_id) WHERE kind = 'entry' AND state <> 'revoked';
CREATE TABLE register (                    -- số vào sổ: by year and kind, never reused
  year INTEGER NOT NULL, kind TEXT NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY (year, kind)
) STRICT, WITHOUT ROWID;
CREATE TABLE certificate (
  certificate_id INTEGER PRIMARY KEY,
  award_id INTEGER NOT NULL REFERENCES award (award_id),
  serial TEXT NOT NULL UNIQUE,            -- '2024/GCN-017'
  code TEXT NOT NULL UNIQUE,              -- 95 random bits, in the QR
  year INTEGER NOT NULL,
  honorific TEXT NOT NULL DEFAULT '', name TEXT NOT NULL, address TEXT NOT NULL DEFAULT '',
  achievement TEXT NOT NULL DEFAULT '', prize TEXT NOT NULL, title TEXT NOT NULL DEFAULT '',
  decision TEXT NOT NULL, decision_date TEXT NOT NULL,
  qr TEXT NOT NULL,                       -- what the printed QR says
  pdf BLOB NOT NULL, pdf_hash BLOB NOT NULL, -- frozen: never made again
  state TEXT NOT NULL DEFAULT 'issued' CHECK (state IN ('issued','held','revoked','replaced')),
  replaces_id INTEGER REFERENCES certificate (certificate_id),
  reason TEXT, issued_at INTEGER NOT NULL
) STRICT;
CREATE INDEX certificate_by_award ON certificate (award_id);
CREATE INDEX certificate_by_hash ON certificate (pdf_hash);
CREATE TABLE certificate_print (           -- every printing of a frozen certificate
  print_id INTEGER PRIMARY KEY,
  certificate_id INTEGER NOT NULL REFERENCES certificate (certificate_id),
  at INTEGER NOT NULL, actor TEXT NOT NULL
) STRICT;
