-- What operators did, in the order of the log: lines are added, and neither changed nor dropped. Each hash is SHA-256
-- over the hash of the line before and the line's own content.

CREATE TABLE audit (
  position bigint PRIMARY KEY,
  at bigint NOT NULL,
  actor text COLLATE "C" NOT NULL,
  action text COLLATE "C" NOT NULL,
  object text COLLATE "C" NOT NULL,
  detail text COLLATE "C",
  reason text COLLATE "C" NOT NULL,
  outcome text COLLATE "C" NOT NULL,
  hash text COLLATE "C" NOT NULL
);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit is append-only';
END
$$;

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE OR DELETE ON audit
FOR EACH ROW EXECUTE FUNCTION audit_is_append_only();

CREATE TRIGGER audit_is_not_emptied BEFORE TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();
