-- The log: one row per batch, and what outlives a trim.

CREATE TABLE log_batch (
  first_position INTEGER PRIMARY KEY,
  last_position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  count INTEGER NOT NULL,
  commands TEXT NOT NULL,
  UNIQUE (node, boot, sequence),
  CHECK (last_position = first_position + count - 1)
) STRICT;

-- One row: the last position dropped by a trim and its stamp, 0 and 0 before the first.
CREATE TABLE log_floor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

INSERT INTO log_floor (id, position, at) VALUES (1, 0, 0);

-- The last batch of a (node, boot), once that batch was dropped. The digest is SHA-256 of its commands.
CREATE TABLE log_dropped_writer (
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (node, boot)
) STRICT, WITHOUT ROWID;

-- `chunks` is null while the snapshot is being written. Numbers are never reused, so that the chunks of a
-- dropped snapshot, which go in slices, cannot become another's.
CREATE TABLE log_snapshot (
  snapshot INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER NOT NULL,
  hash TEXT NOT NULL,
  level INTEGER NOT NULL,
  chunks INTEGER
) STRICT;

CREATE TABLE log_snapshot_chunk (
  snapshot INTEGER NOT NULL,
  ordinal INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (snapshot, ordinal)
) STRICT;
