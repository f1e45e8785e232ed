-- The log: one row per batch, and what outlives a trim. Texts are compared by their bytes.

CREATE TABLE log_batch (
  first_position bigint PRIMARY KEY,
  last_position bigint NOT NULL,
  at bigint NOT NULL,
  node text COLLATE "C" NOT NULL,
  boot text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  count bigint NOT NULL,
  commands text COLLATE "C" NOT NULL,
  -- How long the commands are, so that an answer can be cut without reading them.
  bytes integer NOT NULL GENERATED ALWAYS AS (octet_length(commands)) STORED,
  UNIQUE (node, boot, sequence),
  CHECK (last_position = first_position + count - 1)
);

-- One row: the last position dropped by a trim and its stamp, 0 and 0 before the first.
CREATE TABLE log_floor (
  id integer PRIMARY KEY CHECK (id = 1),
  position bigint NOT NULL,
  at bigint NOT NULL
);

INSERT INTO log_floor (id, position, at) VALUES (1, 0, 0);

-- The last position and its stamp; a log trimmed to its end has them in the floor.
CREATE FUNCTION log_head() RETURNS TABLE ("position" bigint, at bigint) LANGUAGE sql STABLE AS $$
  SELECT coalesce(last.last_position, log_floor.position), coalesce(last.at, log_floor.at)
  FROM log_floor LEFT JOIN LATERAL (
    SELECT last_position, at FROM log_batch ORDER BY first_position DESC LIMIT 1
  ) AS last ON true
$$;

-- One row, locked by every append until it is committed: whoever has the turn has the next positions. It is never
-- updated, because each version of it would have to be passed over by all later appends for as long as any old
-- transaction, of a backup say, might still want to see that version.
CREATE TABLE log_turn (
  id integer PRIMARY KEY CHECK (id = 1)
);

INSERT INTO log_turn (id) VALUES (1);

-- The last batch of a (node, boot), once that batch was dropped. The digest is SHA-256 of its commands.
CREATE TABLE log_dropped_writer (
  node text COLLATE "C" NOT NULL,
  boot text COLLATE "C" NOT NULL,
  sequence bigint NOT NULL,
  first_position bigint NOT NULL,
  at bigint NOT NULL,
  digest bytea NOT NULL,
  PRIMARY KEY (node, boot)
);

CREATE INDEX log_dropped_writer_age ON log_dropped_writer (first_position);

-- `chunks` is null while the snapshot is being written.
CREATE TABLE log_snapshot (
  snapshot bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  position bigint NOT NULL,
  hash text COLLATE "C" NOT NULL,
  level bigint NOT NULL,
  chunks integer
);

CREATE TABLE log_snapshot_chunk (
  snapshot bigint NOT NULL,
  ordinal integer NOT NULL,
  text text COLLATE "C" NOT NULL,
  PRIMARY KEY (snapshot, ordinal)
);

-- Stores a batch whose sequence is the next of its (node, boot), in one round trip, and does not judge any other.
-- Answers the last sequence there was; and where the batch stands, if it does, and whether with the same commands.
CREATE FUNCTION log_append(
  new_node text, new_boot text, new_sequence bigint, new_count bigint, new_commands text,
  OUT last_sequence bigint, OUT first bigint, OUT stamp bigint, OUT same_commands boolean
) LANGUAGE plpgsql AS $$
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
$$;
