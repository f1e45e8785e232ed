-- The rules of every version, so that a match can be judged by those it was made under.

CREATE TABLE rules (
  version INTEGER PRIMARY KEY,
  rules TEXT NOT NULL,
  at INTEGER NOT NULL,
  position INTEGER NOT NULL
) STRICT;

INSERT INTO rules (version, rules, at, position)
SELECT json_extract(payload, '$.version'), json_extract(payload, '$.rules'), at, position
FROM event WHERE type = 'rules.configured';
