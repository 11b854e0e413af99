-- The spool on PostgreSQL, version 3: as schema-4.sql, where the comments are.

ALTER TABLE message ADD COLUMN delay_due BIGINT;
CREATE INDEX message_delay ON message (delay_due) WHERE state = 0 AND delay_due IS NOT NULL;
