-- What operators did, in the order of the log: lines are added, and neither changed nor dropped. Each hash is SHA-256
-- over the hash of the line before and the line's own content.

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

CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

CREATE TRIGGER audit_is_not_dropped BEFORE DELETE ON audit BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;

-- REPLACE drops a line without asking the trigger above.
CREATE TRIGGER audit_goes_on BEFORE INSERT ON audit
WHEN NEW.position <= (SELECT max(position) FROM audit) BEGIN
  SELECT RAISE(ABORT, 'the audit is append-only');
END;
