CREATE TABLE archive_cursor (
  id integer NOT NULL,
  "position" bigint NOT NULL,
  CHECK (id = 1),
  PRIMARY KEY (id)
);

CREATE TABLE audit (
  "position" bigint NOT NULL,
  at bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  object text COLLATE "C" NOT NULL,
  detail text COLLATE "C",
  reason text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL,
  PRIMARY KEY ("position")
);

CREATE TABLE event (
  "position" bigint NOT NULL,
  index bigint NOT NULL,
  type text COLLATE "C" NOT NULL,
  match_id text COLLATE "C",
  player_id text COLLATE "C",
  at bigint NOT NULL,
  payload text COLLATE "C" NOT NULL,
  PRIMARY KEY ("position", index)
);

CREATE TABLE log_batch (
  first_position bigint NOT NULL,
  last_position bigint NOT NULL,
  at bigint NOT NULL,
  node text COLLATE "C" NOT NULL,
  boot text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  count bigint NOT NULL,
  commands text COLLATE "C" NOT NULL,
  bytes integer NOT NULL GENERATED ALWAYS AS (octet_length(commands)) STORED,
  CHECK (last_position = (first_position + count - 1)),
  PRIMARY KEY (first_position),
  UNIQUE (node, boot, sequence)
);

CREATE TABLE log_dropped_writer (
  node text COLLATE "C" NOT NULL,
  boot text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  first_position bigint NOT NULL,
  at bigint NOT NULL,
  digest bytea NOT NULL,
  PRIMARY KEY (node, boot)
);

CREATE TABLE log_floor (
  id integer NOT NULL,
  "position" bigint NOT NULL,
  at bigint NOT NULL,
  CHECK (id = 1),
  PRIMARY KEY (id)
);

CREATE TABLE log_kind (
  id integer NOT NULL,
  kind text COLLATE "C" NOT NULL,
  CHECK (id = 1),
  CHECK (kind = ANY (ARRAY['log'::text, 'copy'::text])),
  PRIMARY KEY (id)
);

CREATE TABLE log_snapshot (
  snapshot bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  "position" bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
  level bigint NOT NULL,
  chunks integer,
  PRIMARY KEY (snapshot)
);

CREATE TABLE log_snapshot_chunk (
  snapshot bigint NOT NULL,
  ordinal integer NOT NULL,
  text text COLLATE "C" NOT NULL,
  PRIMARY KEY (snapshot, ordinal)
);

CREATE TABLE log_turn (
  id integer NOT NULL,
  CHECK (id = 1),
  PRIMARY KEY (id)
);

CREATE TABLE match (
  match_id text COLLATE "C" NOT NULL,
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
  "position" bigint NOT NULL,
  PRIMARY KEY (match_id)
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

CREATE TABLE migration (
  number integer NOT NULL,
  name text NOT NULL,
  applied_at timestamp with time zone NOT NULL DEFAULT now(),
  PRIMARY KEY (number)
);

CREATE TABLE player (
  player_id text COLLATE "C" NOT NULL,
  address text COLLATE "C",
  guest boolean NOT NULL,
  first_seen_at bigint NOT NULL,
  last_seen_at bigint NOT NULL,
  PRIMARY KEY (player_id)
);

CREATE TABLE preferences (
  player_id text COLLATE "C" NOT NULL,
  preferences text COLLATE "C" NOT NULL,
  updated_at bigint NOT NULL,
  PRIMARY KEY (player_id)
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

CREATE TABLE rating_change (
  player_id text COLLATE "C" NOT NULL,
  mode text COLLATE "C" NOT NULL,
  match_id text COLLATE "C" NOT NULL,
  before double precision NOT NULL,
  after double precision NOT NULL,
  at bigint NOT NULL,
  "position" bigint NOT NULL,
  PRIMARY KEY (player_id, mode, match_id)
);

CREATE TABLE rules (
  version bigint NOT NULL,
  rules text COLLATE "C" NOT NULL,
  at bigint NOT NULL,
  "position" bigint NOT NULL,
  PRIMARY KEY (version)
);

CREATE TABLE settlement (
  match_id text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  amount text COLLATE "C" NOT NULL,
  tx_hash text COLLATE "C",
  at bigint NOT NULL,
  PRIMARY KEY (match_id, kind)
);

CREATE INDEX log_dropped_writer_age ON log_dropped_writer USING btree (first_position);

CREATE INDEX match_player_history ON match_player USING btree (player_id, match_id);

CREATE INDEX rating_change_history ON rating_change USING btree (player_id, mode, "position", match_id);

CREATE INDEX rating_leaderboard ON rating USING btree (mode, (rating - 2::double precision * deviation) DESC, player_id);

CREATE OR REPLACE FUNCTION audit_is_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END
$function$;

CREATE OR REPLACE FUNCTION log_append(new_node text, new_boot text, new_sequence bigint, new_count bigint, new_commands text, OUT last_sequence bigint, OUT first bigint, OUT stamp bigint, OUT same_commands boolean)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
DECLARE
  head record;
BEGIN
  -- Each statement behind this one sees all that earlier turns have committed. Together they would not: a statement
  -- sees what was committed when it began, and this one may wait.
  PERFORM FROM log_turn FOR UPDATE;

  SELECT coalesce(
    (SELECT sequence FROM log_batch WHERE node = new_node AND boot = new_boot ORDER BY sequence DESC LIMIT 1),
    (SELECT sequence FROM log_dropped_writer WHERE node = new_node AND boot = new_boot),
    0
  ) INTO last_sequence;

  IF new_sequence = last_sequence + 1 THEN
    SELECT * INTO head FROM log_head();
    INSERT INTO log_batch (first_position, last_position, at, node, boot, sequence, count, commands)
    VALUES (
      head.position + 1, head.position + new_count,
      greatest(head.at, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint),
      new_node, new_boot, new_sequence, new_count, new_commands
    )
    RETURNING first_position, at, true INTO first, stamp, same_commands;
    RETURN;
  END IF;

  SELECT first_position, at, commands = new_commands INTO first, stamp, same_commands
  FROM log_batch WHERE node = new_node AND boot = new_boot AND sequence = new_sequence;
  IF NOT FOUND AND new_sequence = last_sequence THEN
    SELECT first_position, at, digest = sha256(convert_to(new_commands, 'UTF8')) INTO first, stamp, same_commands
    FROM log_dropped_writer WHERE node = new_node AND boot = new_boot;
  END IF;
END
$function$;

CREATE OR REPLACE FUNCTION log_head()
 RETURNS TABLE("position" bigint, at bigint)
 LANGUAGE sql
 STABLE
AS $function$
  SELECT coalesce(last.last_position, log_floor.position), coalesce(last.at, log_floor.at)
  FROM log_floor LEFT JOIN LATERAL (
    SELECT last_position, at FROM log_batch ORDER BY first_position DESC LIMIT 1
  ) AS last ON true
$function$;

CREATE TRIGGER audit_is_not_changed BEFORE DELETE OR UPDATE ON audit FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
