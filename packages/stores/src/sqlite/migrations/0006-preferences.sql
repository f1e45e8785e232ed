-- What players want of tickets that say nothing of their own, as JSON text.

CREATE TABLE preferences (
  player_id TEXT PRIMARY KEY,
  preferences TEXT NOT NULL,
  updated_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
