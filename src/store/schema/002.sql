-- chamthi schema 2: every change to the tables of schema 1, room by room. Foreign keys are off while an
-- upgrade runs and checked before it is committed, so a table whose constraints change is rebuilt:
-- CREATE TABLE new_x, INSERT INTO new_x SELECT, DROP TABLE x, ALTER TABLE new_x RENAME TO x.

-- ---- accounts and web ----
-- What everybody may see of a contest: nothing until the organizers publish it.
CREATE TABLE publication (
  year INTEGER PRIMARY KEY REFERENCES contest (year),
  rules_at INTEGER, results_at INTEGER,  -- NULL: not public
  methods BLOB                           -- the note on how entries were judged, a PDF frozen with the results
) STRICT;
CREATE TABLE public_rule (                -- the rules as they are told to the public, frozen on publishing
  year INTEGER NOT NULL REFERENCES publication (year),
  position INTEGER NOT NULL,
  part TEXT NOT NULL CHECK (part IN ('general','track','round','prize')),
  vi TEXT NOT NULL, en TEXT NOT NULL, source TEXT NOT NULL DEFAULT '',
  PRIMARY KEY (year, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE second_factor (              -- of an organizer's account: TOTP, RFC 6238
  user_id INTEGER PRIMARY KEY REFERENCES user (user_id),
  secret BLOB NOT NULL CHECK (length(secret) = 20),
  last_step INTEGER NOT NULL DEFAULT 0    -- the last one used: none is taken twice
) STRICT;
CREATE TABLE recovery_code (              -- on paper, for a lost telephone; each once
  user_id INTEGER NOT NULL REFERENCES user (user_id),
  hash BLOB NOT NULL, used_at INTEGER,
  PRIMARY KEY (user_id, hash)
) STRICT, WITHOUT ROWID;
CREATE TABLE sheet_note (                 -- a judge's own notes beside an essay: nobody else's to read
  sheet_id INTEGER PRIMARY KEY REFERENCES sheet (sheet_id),
  text TEXT NOT NULL,
  highlights TEXT NOT NULL DEFAULT ''     -- passages of the blind text, see web/highlight.h
) STRICT;
CREATE TABLE suspicion (                  -- a judge thinks an essay is copied; the sheet stays with him
  suspicion_id INTEGER PRIMARY KEY,
  sheet_id INTEGER NOT NULL REFERENCES sheet (sheet_id),
  text TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
ALTER TABLE round ADD COLUMN due TEXT;    -- 2024-05-31: by the end of that day judges hand in; NULL: none said

-- ---- contests, units, judges ----

-- ---- intake ----
CREATE TABLE identity_attachment (         -- further files of an entry: photos, scanned pages, the published page
  attachment_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  name TEXT NOT NULL,                     -- as the unit called it; never used as a path
  hash BLOB NOT NULL REFERENCES identity_blob (hash),
  received_at INTEGER NOT NULL,
  replaced_at INTEGER                     -- NULL: belongs to the present version
) STRICT;
CREATE UNIQUE INDEX attachment_present ON identity_attachment (entry_id, hash) WHERE replaced_at IS NULL;
CREATE TABLE identity_trace (              -- what a file says of who made it and where: for checks only
  hash BLOB NOT NULL REFERENCES identity_blob (hash) ON DELETE CASCADE,
  kind TEXT NOT NULL,                     -- 'creator', 'company', 'path', 'comment', 'header' …
  value TEXT NOT NULL,
  PRIMARY KEY (hash, kind, value)
) STRICT, WITHOUT ROWID;
CREATE TABLE identity_scan (               -- text read off a picture by a machine: nobody's until confirmed
  hash BLOB PRIMARY KEY REFERENCES identity_blob (hash) ON DELETE CASCADE,
  suggested TEXT NOT NULL,
  confirmed TEXT,                         -- what a person confirmed, perhaps corrected
  confirmed_by TEXT, confirmed_at INTEGER,
  CHECK ((confirmed IS NULL) = (confirmed_at IS NULL) AND (confirmed IS NULL) = (confirmed_by IS NULL))
) STRICT;
CREATE TABLE identity_refused_row (        -- what a quarantined row says, so that it can be tried again
  quarantine_id INTEGER PRIMARY KEY REFERENCES quarantine (quarantine_id),
  cells TEXT NOT NULL,                    -- JSON: the keys of a list, what the row says
  sheet TEXT NOT NULL DEFAULT '',
  meaning BLOB NOT NULL                   -- hash of sender, title and authors: the same row, mended
) STRICT;
CREATE TABLE identity_refused_file (       -- its further files
  quarantine_id INTEGER NOT NULL REFERENCES quarantine (quarantine_id),
  position INTEGER NOT NULL,
  name TEXT NOT NULL,
  hash BLOB NOT NULL REFERENCES identity_blob (hash),
  PRIMARY KEY (quarantine_id, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE match_proposal (              -- a quarantined file that may be a quarantined row's
  proposal_id INTEGER PRIMARY KEY,
  year INTEGER NOT NULL REFERENCES contest (year),
  row_source BLOB NOT NULL, file_source BLOB NOT NULL, -- quarantine.source_key of the two
  evidence TEXT NOT NULL CHECK (evidence IN ('title','author','both')),
  status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed','accepted','rejected')),
  decided_by TEXT, decided_at INTEGER,
  UNIQUE (year, row_source, file_source)
) STRICT;
CREATE TABLE identity_same_person (        -- authors of two entries who may be one person; a person decides
  pair_id INTEGER PRIMARY KEY,
  entry_a INTEGER NOT NULL REFERENCES entry (entry_id), position_a INTEGER NOT NULL, -- received first
  entry_b INTEGER NOT NULL REFERENCES entry (entry_id), position_b INTEGER NOT NULL,
  name_a TEXT NOT NULL, name_b TEXT NOT NULL, -- keys then: of a corrected name nothing is decided
  evidence TEXT NOT NULL,                 -- 'birth', 'phone', 'unit', ',' between
  status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed','accepted','rejected')),
  decided_by TEXT, decided_at INTEGER,
  UNIQUE (entry_a, position_a, entry_b, position_b)
) STRICT;
CREATE INDEX same_person_by_b ON identity_same_person (entry_b);
CREATE INDEX author_by_key ON identity_author (name_key);

-- ---- check ----
ALTER TABLE finding ADD COLUMN other_id INTEGER REFERENCES entry (entry_id); -- the other entry, if any
CREATE INDEX finding_by_entry ON finding (entry_id, rule);
CREATE TABLE commendation (                -- of an entry's subject, by the level that has the authority
  commendation_id INTEGER PRIMARY KEY,
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  form TEXT NOT NULL,                      -- Giấy khen, Bằng khen …
  level TEXT NOT NULL CHECK (level IN ('unit','city')), authority TEXT NOT NULL,
  decision TEXT, decision_date TEXT,       -- NULL: only proposed
  UNIQUE (entry_id, form),
  CHECK ((decision IS NULL) = (decision_date IS NULL))
) STRICT;

-- ---- similarity ----
CREATE TABLE reference_text (              -- no entry: a text to compare with, or one that does not count
  reference_id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL CHECK (kind IN ('compare','library')),
  title TEXT NOT NULL,
  year INTEGER NOT NULL,                  -- in which it was published
  display TEXT NOT NULL, key_hash BLOB NOT NULL,
  UNIQUE (kind, title)
) STRICT;
CREATE TABLE new_similarity (
  similarity_id INTEGER PRIMARY KEY,
  entry_a INTEGER REFERENCES entry (entry_id), -- the one received first,
  reference_a INTEGER REFERENCES reference_text (reference_id), -- or a reference text
  entry_b INTEGER NOT NULL REFERENCES entry (entry_id),
  class TEXT NOT NULL
    CHECK (class IN ('exact','near','contained','partial','patchwork','paraphrase')),
  share_a INTEGER NOT NULL, share_b INTEGER NOT NULL, -- ten-thousandths of each text
  same_author INTEGER NOT NULL DEFAULT 0 CHECK (same_author IN (0, 1)),
  passages TEXT NOT NULL DEFAULT '[]',
  evidence_hash BLOB NOT NULL,
  current INTEGER NOT NULL DEFAULT 1 CHECK (current IN (0, 1)),
  status TEXT NOT NULL DEFAULT 'open' CHECK (status IN ('open','accepted','dismissed')),
  reason TEXT, ruled_by TEXT, ruled_at INTEGER,
  CHECK ((entry_a IS NULL) <> (reference_a IS NULL)),
  CHECK (entry_a IS NOT entry_b)
) STRICT;
INSERT INTO new_similarity(similarity_id, entry_a, entry_b, class, share_a, share_b, same_author,
  passages, evidence_hash, current, status, reason, ruled_by, ruled_at) SELECT similarity_id, entry_a,
  entry_b, class, share_a, share_b, same_author, passages, evidence_hash, current, status, reason,
  ruled_by, ruled_at FROM similarity;
DROP TABLE similarity;
ALTER TABLE new_similarity RENAME TO similarity;
CREATE UNIQUE INDEX similarity_pair ON similarity (coalesce(entry_a, -reference_a), entry_b);
CREATE INDEX similarity_by_later ON similarity (entry_b);
CREATE TABLE similarity_seen (             -- texts that have been compared, as they were
  entry_id INTEGER PRIMARY KEY REFERENCES entry (entry_id),
  key_hash BLOB NOT NULL,
  left_over INTEGER NOT NULL DEFAULT 0    -- likenesses that were too many to be compared word by word
) STRICT;
CREATE TABLE similarity_mass (             -- text that very many entries share, as the last run of the year saw it
  year INTEGER PRIMARY KEY,
  list TEXT NOT NULL                      -- JSON [{receipt,start,end,texts,who,text}], bytes of the display text
) STRICT;

-- ---- anonymity ----
CREATE TABLE redacted_page (               -- of a handwritten entry; a person has covered the names
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id), page INTEGER NOT NULL,
  type TEXT NOT NULL, bytes BLOB NOT NULL, -- the picture and nothing else
  by TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY (entry_id, page)
) STRICT;
CREATE TABLE blind_page (                  -- what judges see of them
  phach TEXT NOT NULL REFERENCES blind (phach), page INTEGER NOT NULL,
  type TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (phach, page)
) STRICT;

-- ---- assign ----
ALTER TABLE judge ADD COLUMN word_cap INTEGER; -- most words to read in one round, NULL: no limit
ALTER TABLE judge_contest ADD COLUMN panel TEXT NOT NULL DEFAULT ''; -- tiểu ban; '': of none
ALTER TABLE draw ADD COLUMN kind TEXT NOT NULL DEFAULT 'plan' CHECK (kind IN ('plan','repair','extra'));
ALTER TABLE draw ADD COLUMN published_at INTEGER; -- stays when a repair takes the draw's place
UPDATE draw SET published_at = at WHERE state = 'published';
CREATE TABLE draw_notice (                 -- posted before a public draw
  notice_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  secret BLOB NOT NULL,                   -- told when the round is closed
  secret_hash BLOB NOT NULL,
  inputs TEXT NOT NULL, inputs_hash BLOB NOT NULL, -- as in draw
  public_name TEXT NOT NULL,              -- what nobody knows yet: 'giải đặc biệt xổ số … ngày …'
  at INTEGER NOT NULL
) STRICT;
ALTER TABLE draw ADD COLUMN notice_id INTEGER REFERENCES draw_notice (notice_id); -- NULL: no public draw
ALTER TABLE draw ADD COLUMN public_value TEXT; -- what the public value turned out to be
CREATE TABLE declared_conflict (           -- why a judge gave one entry back; only organizers read it
  sheet_id INTEGER PRIMARY KEY REFERENCES sheet (sheet_id),
  reason TEXT NOT NULL CHECK (reason IN ('author','relation','other')),
  note TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;

-- ---- score ----
-- A judge who recuses must not mark this entry; one who abstains has read it and gives no points. What
-- a reading is for is the organizers' business: judges' connections cannot read `purpose`.
CREATE TABLE new_sheet (
  sheet_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  phach TEXT NOT NULL REFERENCES blind (phach),
  judge_id INTEGER NOT NULL REFERENCES judge (judge_id),
  state TEXT NOT NULL DEFAULT 'open' CHECK (state IN
    ('open','draft','submitted','returned','recused','abstained','lost')),
  purpose TEXT NOT NULL DEFAULT 'draw'
    CHECK (purpose IN ('draw','third','line','check','calibration','link')),
  parcel INTEGER NOT NULL DEFAULT 0,      -- túi bài of this judge, from 1
  rev INTEGER NOT NULL DEFAULT 0,
  comment TEXT NOT NULL DEFAULT '', returned_reason TEXT,
  submitted_at INTEGER, code TEXT,        -- the judge's receipt
  UNIQUE (phach, judge_id)
) STRICT;
INSERT INTO new_sheet(sheet_id, round_id, phach, judge_id, state, rev, comment, returned_reason,
  submitted_at, code) SELECT sheet_id, round_id, phach, judge_id, state, rev, comment,
  returned_reason, submitted_at, code FROM sheet;
DROP TABLE sheet;
ALTER TABLE new_sheet RENAME TO sheet;
CREATE INDEX sheet_by_judge ON sheet (judge_id, round_id);
CREATE TABLE sheet_revision (              -- every version of a sheet with its marks, the present one too
  sheet_id INTEGER NOT NULL REFERENCES sheet (sheet_id),
  rev INTEGER NOT NULL,
  at INTEGER NOT NULL, by TEXT NOT NULL,
  state TEXT NOT NULL, comment TEXT NOT NULL DEFAULT '',
  reason TEXT,                             -- why it was returned, recused or amended
  PRIMARY KEY (sheet_id, rev)
) STRICT, WITHOUT ROWID;
CREATE TABLE mark_revision (
  sheet_id INTEGER NOT NULL, rev INTEGER NOT NULL,
  criterion_id INTEGER NOT NULL REFERENCES criterion (criterion_id),
  points INTEGER NOT NULL,
  PRIMARY KEY (sheet_id, rev, criterion_id),
  FOREIGN KEY (sheet_id, rev) REFERENCES sheet_revision (sheet_id, rev)
) STRICT, WITHOUT ROWID;
ALTER TABLE keyed_mark ADD COLUMN by TEXT NOT NULL DEFAULT ''; -- who keyed it
ALTER TABLE criterion ADD COLUMN track_id INTEGER REFERENCES track (track_id); -- NULL: every track
ALTER TABLE criterion ADD COLUMN weight INTEGER NOT NULL DEFAULT 100 CHECK (weight > 0); -- hundredths
CREATE INDEX criterion_by_position ON criterion (round_id, position);
CREATE VIEW rubric AS                      -- the criteria by which a sheet is marked
  SELECT s.sheet_id, s.judge_id, c.* FROM sheet s JOIN blind b ON b.phach = s.phach
  JOIN criterion c ON c.round_id = s.round_id AND (c.track_id IS NULL OR c.track_id = b.track_id);
CREATE VIEW weighed_mark AS                -- what each mark adds to the points of its sheet
  SELECT m.sheet_id, m.criterion_id, m.points * c.weight / 100 AS points
  FROM mark m JOIN criterion c ON c.criterion_id = m.criterion_id;
CREATE TABLE reading_order (               -- further readings asked for; a sheet made for the entry fills it
  order_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  phach TEXT NOT NULL REFERENCES blind (phach),
  purpose TEXT NOT NULL CHECK (purpose IN ('third','line','check','calibration','link')),
  readings INTEGER NOT NULL, at INTEGER NOT NULL,
  UNIQUE (phach, purpose)
) STRICT;
CREATE TABLE calibration (                 -- an entry whose marks the panel has agreed on beforehand
  phach TEXT PRIMARY KEY REFERENCES blind (phach),
  points INTEGER NOT NULL, tolerance INTEGER NOT NULL, -- of the whole sheet
  by TEXT NOT NULL, at INTEGER NOT NULL
) STRICT;
CREATE TABLE tie_vote (                    -- the panel's vote between entries that stand level
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  votes INTEGER NOT NULL, reason TEXT NOT NULL,
  PRIMARY KEY (round_id, entry_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE tie_lot (                     -- a lot drawn in public: the order follows from what was drawn
  round_id INTEGER PRIMARY KEY REFERENCES round (round_id),
  drawn TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
ALTER TABLE result ADD COLUMN tie_rule TEXT; -- what put this entry before or behind its equals
CREATE TABLE ranking (                     -- every ranking of a round, so that none is ever lost
  ranking_id INTEGER PRIMARY KEY,
  round_id INTEGER NOT NULL REFERENCES round (round_id),
  at INTEGER NOT NULL, by TEXT NOT NULL, method TEXT NOT NULL,
  reason TEXT                              -- of the amendment that brought it
) STRICT;
CREATE TABLE ranking_row (
  ranking_id INTEGER NOT NULL REFERENCES ranking (ranking_id),
  entry_id INTEGER NOT NULL REFERENCES entry (entry_id),
  sheet_count INTEGER NOT NULL, mean_points INTEGER, adjusted_points INTEGER,
  rank INTEGER, tied INTEGER NOT NULL,
  PRIMARY KEY (ranking_id, entry_id)
) STRICT, WITHOUT ROWID;

-- ---- award and print ----
ALTER TABLE award ADD COLUMN authority TEXT NOT NULL DEFAULT '';      -- who commends, of issuing_level; '': the organizer
ALTER TABLE award ADD COLUMN signatory_name TEXT NOT NULL DEFAULT ''; -- signatory holds the title
ALTER TABLE award ADD COLUMN honorific TEXT NOT NULL DEFAULT '';
ALTER TABLE award ADD COLUMN achievement TEXT NOT NULL DEFAULT '';    -- '': as the template says it
ALTER TABLE award ADD COLUMN money_note TEXT NOT NULL DEFAULT '';     -- of a revoked award: what became of the money
ALTER TABLE award ADD COLUMN since INTEGER;                           -- an honour for the years since then; NULL: of this contest
CREATE TABLE certificate_template (        -- the layouts that certificates were issued with, as they were
  template_id INTEGER PRIMARY KEY,
  hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, yaml BLOB NOT NULL
) STRICT;
-- Everything printed stands in the register. A certificate of schema 1 has no template_id: it was made by
-- the only template of that time, with the names of its contest.
ALTER TABLE certificate ADD COLUMN template_id INTEGER REFERENCES certificate_template (template_id);
ALTER TABLE certificate ADD COLUMN kind TEXT NOT NULL DEFAULT 'GCN';
ALTER TABLE certificate ADD COLUMN contest TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN organizer TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN authority TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN place TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN signatory_title TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate ADD COLUMN signatory_name TEXT NOT NULL DEFAULT '';
ALTER TABLE certificate_print ADD COLUMN way TEXT NOT NULL DEFAULT 'complete' CHECK (way IN ('complete','overprint','file'));
CREATE TABLE signing_key (                 -- Ed25519; the newest one signs, all of them verify
  key_id INTEGER PRIMARY KEY,
  public BLOB NOT NULL UNIQUE, secret BLOB NOT NULL,
  made_at INTEGER NOT NULL
) STRICT;

-- ---- what the public's connection reads of awards and draws: nothing else of them ----
-- Last, because no table can be renamed while a view lacks a column.
CREATE VIEW public_result AS
  SELECT a.year, a.kind, coalesce(p.position, 1000) AS position, a.prize, a.track, a.recipient, a.recipient_unit
  FROM award a JOIN publication b ON b.year = a.year LEFT JOIN prize p ON p.prize_id = a.prize_id
  WHERE a.state = 'decided' AND a.since IS NULL AND b.results_at IS NOT NULL;
CREATE VIEW public_draw AS                -- its hashes at once; seed and inputs, which name units, with the results
  SELECT d.draw_id, r.year, r.position, r.name AS round, d.kind, d.state, d.per_entry, d.at, d.inputs_hash,
    d.output_hash, d.proof,
    CASE WHEN b.results_at IS NOT NULL THEN d.seed END AS seed,
    CASE WHEN b.results_at IS NOT NULL THEN d.inputs END AS inputs
  FROM draw d JOIN round r ON r.round_id = d.round_id LEFT JOIN publication b ON b.year = r.year
  WHERE d.state <> 'planned';
