-- What players want of tickets that say nothing of their own, as JSON text.
CREATE TABLE preferences (
  player_id text COLLATE "C" PRIMARY KEY,
  preferences text COLLATE "C" NOT NULL,
  updated_at bigint NOT NULL
);
