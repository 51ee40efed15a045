-- chamthi schema 2: every change to the tables of schema 1, room by room. Foreign keys are off while an
-- upgrade runs and checked before it is committed, so a table whose constraints change is rebuilt:
-- CREATE TABLE new_x, INSERT INTO new_x SELECT, DROP TABLE x, ALTER TABLE new_x RENAME TO x.

-- ---- accounts and web ----

-- ---- contests, units, judges ----

-- ---- intake ----

-- ---- check ----

-- ---- similarity ----

-- ---- anonymity ----

-- ---- assign ----

-- ---- score ----

-- ---- award and print ----
