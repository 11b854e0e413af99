-- The spool on PostgreSQL, version 4: mail that a node has taken for the one that leads. Its entries
-- are arriving: next_attempt and left_probes are both NULL until they are in their queues.

CREATE INDEX entry_arriving ON entry (message)
  WHERE next_attempt IS NULL AND left_probes IS NULL;
