CREATE TABLE archive_cursor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE audit (
  position INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  actor TEXT NOT NULL,
  action TEXT NOT NULL,
  object TEXT NOT NULL,
  detail TEXT,
  reason TEXT NOT NULL,
  outcome TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;

CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
WHEN NEW.position <= (SELECT max(position) FROM audit) BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_is_not_dropped BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TABLE event (
  position INTEGER NOT NULL,
  "index" INTEGER NOT NULL,
  type TEXT NOT NULL,
  match_id TEXT,
  player_id TEXT,
  at INTEGER NOT NULL,
  payload TEXT NOT NULL,
  PRIMARY KEY (position, "index")
) STRICT, WITHOUT ROWID;

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

CREATE TABLE log_dropped_writer (
  node TEXT NOT NULL,
  boot TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  first_position INTEGER NOT NULL,
  at INTEGER NOT NULL,
  digest TEXT NOT NULL,
  PRIMARY KEY (node, boot)
) STRICT, WITHOUT ROWID;

CREATE TABLE log_floor (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  position INTEGER NOT NULL,
  at INTEGER NOT NULL
) STRICT;

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

CREATE TABLE match (
  match_id TEXT PRIMARY KEY,
  mode TEXT NOT NULL,
  tier TEXT,
  state TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  end_reason TEXT,
  winners TEXT NOT NULL,
  pot TEXT NOT NULL,
  burned TEXT NOT NULL,
  rules_version INTEGER NOT NULL,
  quality TEXT NOT NULL,
  position INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE match_player (
  match_id TEXT NOT NULL,
  player_id TEXT NOT NULL,
  team INTEGER NOT NULL,
  outcome TEXT,
  payout TEXT,
  stats TEXT,
  rating_before REAL,
  rating_after REAL,
  PRIMARY KEY (match_id, player_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX match_player_history ON match_player (player_id, match_id);

CREATE TABLE player (
  player_id TEXT PRIMARY KEY,
  address TEXT,
  guest INTEGER NOT NULL CHECK (guest IN (0, 1)),
  first_seen_at INTEGER NOT NULL,
  last_seen_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE preferences (
  player_id TEXT PRIMARY KEY,
  preferences TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE rating (
  player_id TEXT NOT NULL,
  mode TEXT NOT NULL,
  rating REAL NOT NULL,
  deviation REAL NOT NULL,
  volatility REAL NOT NULL,
  games INTEGER NOT NULL,
  wins INTEGER NOT NULL,
  mean_wpm REAL NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (player_id, mode)
) STRICT, WITHOUT ROWID;

CREATE TABLE rating_change (
  player_id TEXT NOT NULL,
  mode TEXT NOT NULL,
  match_id TEXT NOT NULL,
  before REAL NOT NULL,
  after REAL NOT NULL,
  at INTEGER NOT NULL,
  position INTEGER NOT NULL,
  PRIMARY KEY (player_id, mode, match_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX rating_change_history ON rating_change (player_id, mode, position);

CREATE INDEX rating_leaderboard ON rating (mode, (rating - 2 * deviation) DESC, player_id);

CREATE TABLE rules (
  version INTEGER PRIMARY KEY,
  rules TEXT NOT NULL,
  at INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

CREATE TABLE settlement (
  match_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  amount TEXT NOT NULL,
  tx_hash TEXT,
  at INTEGER NOT NULL,
  PRIMARY KEY (match_id, kind)
) STRICT, WITHOUT ROWID;
