-- The spool on PostgreSQL, version 5: as schema-5.sql, where the comments are.

DROP INDEX entry_received;
CREATE INDEX entry_received ON entry (queue, received, expires, message, next_attempt)
  WHERE next_attempt IS NOT NULL;
CREATE INDEX mailbox_body ON mailbox (body);
