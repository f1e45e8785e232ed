-- One row, from the first opener on that said so: whether the batches are the log, or the copy of one that is elsewhere.
CREATE TABLE log_kind (
  id integer PRIMARY KEY CHECK (id = 1),
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('log', 'copy'))
);
