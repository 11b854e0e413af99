-- Version 3: what an operator holds back.

-- A suspended entry is open, and not tried; so it is not among what is due.
ALTER TABLE entry ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
DROP INDEX entry_due;
CREATE INDEX entry_due ON entry (queue, next_attempt, message)
  WHERE next_attempt IS NOT NULL AND suspended = 0;
CREATE INDEX entry_suspended ON entry (message) WHERE suspended = 1;

-- scope: queue (name is its number) or connector.
CREATE TABLE suspension (
  scope     TEXT NOT NULL,
  name      TEXT NOT NULL,
  suspended INTEGER NOT NULL,
  PRIMARY KEY (scope, name)
) WITHOUT ROWID;
