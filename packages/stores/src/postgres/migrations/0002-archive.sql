-- The archive: the projection of the log, with its cursor. Amounts are decimal strings, times unix ms. Texts are
-- compared and ordered by their bytes, as by the other archives, whatever the database's own order is.

CREATE TABLE archive_cursor (
  id integer PRIMARY KEY CHECK (id = 1),
  position bigint NOT NULL
);

INSERT INTO archive_cursor (id, position) VALUES (1, 0);

CREATE TABLE player (
  player_id text COLLATE "C" PRIMARY KEY,
  address text COLLATE "C",
  guest boolean NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL
);

CREATE TABLE rating (
  player_id text COLLATE "C" NOT NULL,
  mode text COLLATE "C" NOT NULL,
  rating double precision NOT NULL,
  deviation double precision NOT NULL,
  volatility double precision NOT NULL,
  games bigint NOT NULL,
  wins bigint NOT NULL,
  mean_wpm double precision NOT NULL,
  updated_at bigint NOT NULL,
  PRIMARY KEY (player_id, mode)
);

-- Leaderboards go by what a player can be trusted to be at least: two deviations below the rating.
CREATE INDEX rating_leaderboard ON rating (mode, (rating - 2 * deviation) DESC, player_id);

CREATE TABLE rating_change (
  player_id text COLLATE "C" NOT NULL,
  mode text COLLATE "C" NOT NULL,
  match_id text COLLATE "C" NOT NULL,
  before double precision NOT NULL,
  after double precision NOT NULL,
  at bigint NOT NULL,
  position bigint NOT NULL,
  PRIMARY KEY (player_id, mode, match_id)
);

CREATE INDEX rating_change_history ON rating_change (player_id, mode, position, match_id);

CREATE TABLE match (
  match_id text COLLATE "C" PRIMARY KEY,
  mode text COLLATE "C" NOT NULL,
  tier text COLLATE "C",
  state text COLLATE "C" NOT NULL,
  created_at bigint NOT NULL,
  started_at bigint,
  ended_at bigint,
  end_reason text COLLATE "C",
  winners text COLLATE "C" NOT NULL,
  pot text COLLATE "C" NOT NULL,
  burned text COLLATE "C" NOT NULL,
  rules_version bigint NOT NULL,
  quality text COLLATE "C" NOT NULL,
  position bigint NOT NULL
);

CREATE TABLE match_player (
  match_id text COLLATE "C" NOT NULL,
  player_id text COLLATE "C" NOT NULL,
  team bigint NOT NULL,
  outcome text COLLATE "C",
  payout text COLLATE "C",
  stats text COLLATE "C",
  rating_before double precision,
  rating_after double precision,
  PRIMARY KEY (match_id, player_id)
);

CREATE INDEX match_player_history ON match_player (player_id, match_id);

CREATE TABLE settlement (
  match_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  amount text COLLATE "C" NOT NULL,
  tx_hash text COLLATE "C",
  at bigint NOT NULL,
  PRIMARY KEY (match_id, kind)
);

-- The rules of every version, so that a match can be judged by those it was made under.
CREATE TABLE rules (
  version bigint PRIMARY KEY,
  rules text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  position bigint NOT NULL
);

CREATE TABLE event (
  position bigint NOT NULL,
  index bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  match_id text COLLATE "C",
  player_id text COLLATE "C",
  at bigint NOT NULL,
  payload text COLLATE "C" NOT NULL,
  PRIMARY KEY (position, index)
);
