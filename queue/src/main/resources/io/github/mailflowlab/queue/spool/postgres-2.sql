-- The spool on PostgreSQL, version 2: as schema-3.sql, where the comments are.

ALTER TABLE entry ADD COLUMN suspended BIGINT NOT NULL DEFAULT 0;
DROP INDEX entry_due;
CREATE INDEX entry_due ON entry (queue, next_attempt, message)
  WHERE next_attempt IS NOT NULL AND suspended = 0;
CREATE INDEX entry_suspended ON entry (message) WHERE suspended = 1;

CREATE TABLE suspension (
  scope     TEXT NOT NULL,
  name      TEXT COLLATE "C" NOT NULL,
  suspended BIGINT NOT NULL,
  PRIMARY KEY (scope, name)
);
