-- chamthi schema 2: every change to the tables of schema 1, room by room. Foreign keys are off while an
-- upgrade runs and checked before it is committed, so a table whose constraints change is rebuilt:
-- CREATE TABLE new_x, INSERT INTO new_x SELECT, DROP TABLE x, ALTER TABLE new_x RENAME TO x.

-- ---- accounts and web ----

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

-- ---- check ----

-- ---- similarity ----

-- ---- anonymity ----

-- ---- assign ----
ALTER TABLE draw ADD COLUMN kind TEXT NOT NULL DEFAULT 'plan' CHECK (kind IN ('plan','repair','extra'));
ALTER TABLE draw ADD COLUMN published_at INTEGER; -- stays when a repair takes the draw's place
UPDATE draw SET published_at = at WHERE state = 'published';
CREATE TABLE declared_conflict (           -- why a judge gave one entry back; only organizers read it
  sheet_id INTEGER PRIMARY KEY REFERENCES sheet (sheet_id),
  reason TEXT NOT NULL CHECK (reason IN ('author','relation','other')),
  note TEXT NOT NULL DEFAULT '', at INTEGER NOT NULL
) STRICT;

-- ---- score ----

-- ---- award and print ----
