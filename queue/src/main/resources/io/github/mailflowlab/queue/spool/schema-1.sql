-- The spool, version 1. Instants are milliseconds since 1970-01-01T00:00:00Z. The error columns of
-- queue and recipient are one value, the last error: all of them NULL when there is none.

CREATE TABLE setting (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- A next-hop queue. messages counts its open entries.
CREATE TABLE queue (
  number          INTEGER PRIMARY KEY,
  connector       TEXT NOT NULL,
  mx_domain       TEXT,
  retrying        INTEGER NOT NULL,
  probes          INTEGER NOT NULL,
  retry_count     INTEGER NOT NULL,
  messages        INTEGER NOT NULL DEFAULT 0,
  last_retry      INTEGER,
  next_retry      INTEGER,
  error_time      INTEGER,
  error_condition TEXT,
  error_status    TEXT,
  error_reply     TEXT,
  error_detail    TEXT,
  error_server    TEXT,
  error_ip        TEXT,
  error_port      INTEGER
);

-- state: 0 pending, 1 delivered, 2 failed.
CREATE TABLE message (
  id           TEXT PRIMARY KEY,
  message_id   TEXT NOT NULL,
  reverse_path TEXT NOT NULL,
  body_type    TEXT NOT NULL,
  subject      TEXT NOT NULL,
  size         INTEGER NOT NULL,
  received     INTEGER NOT NULL,
  expires      INTEGER NOT NULL,
  state        INTEGER NOT NULL
) WITHOUT ROWID;

CREATE INDEX message_expiry ON message (expires) WHERE state = 0;

-- A message's place in a queue; next_attempt is NULL once it has left, left_probes before.
CREATE TABLE entry (
  message       TEXT NOT NULL,
  queue         INTEGER NOT NULL,
  received      INTEGER NOT NULL,
  expires       INTEGER NOT NULL,
  next_attempt  INTEGER,
  attempts      INTEGER NOT NULL,
  joined_probes INTEGER NOT NULL,
  left_probes   INTEGER,
  PRIMARY KEY (message, queue)
) WITHOUT ROWID;

CREATE INDEX entry_due ON entry (queue, next_attempt, message) WHERE next_attempt IS NOT NULL;
CREATE INDEX entry_received ON entry (queue, received, expires) WHERE next_attempt IS NOT NULL;

-- queue is NULL for a mailbox of the lab; code and text say how it was decided.
CREATE TABLE recipient (
  message         TEXT NOT NULL,
  position        INTEGER NOT NULL,
  address         TEXT NOT NULL,
  queue           INTEGER,
  state           INTEGER NOT NULL,
  failures        INTEGER NOT NULL,
  next_attempt    INTEGER NOT NULL,
  code            TEXT,
  text            TEXT,
  error_time      INTEGER,
  error_condition TEXT,
  error_status    TEXT,
  error_reply     TEXT,
  error_detail    TEXT,
  error_server    TEXT,
  error_ip        TEXT,
  error_port      INTEGER,
  PRIMARY KEY (message, position)
) WITHOUT ROWID;

CREATE INDEX recipient_error ON recipient (queue, error_time)
  WHERE state = 0 AND error_time IS NOT NULL;

-- A body in pieces, each with the CRC32C of its octets.
CREATE TABLE chunk (
  body   TEXT NOT NULL,
  number INTEGER NOT NULL,
  crc    INTEGER NOT NULL,
  octets BLOB NOT NULL
);

CREATE UNIQUE INDEX chunk_body ON chunk (body, number);

CREATE TABLE body (
  id   TEXT PRIMARY KEY,
  size INTEGER NOT NULL
) WITHOUT ROWID;

-- address is in lower case.
CREATE TABLE mailbox (
  id           TEXT PRIMARY KEY,
  address      TEXT NOT NULL,
  body         TEXT NOT NULL,
  reverse_path TEXT NOT NULL,
  subject      TEXT NOT NULL,
  received     INTEGER NOT NULL,
  ndr          INTEGER NOT NULL,
  status       TEXT
) WITHOUT ROWID;

CREATE INDEX mailbox_address ON mailbox (address, id);

-- Either of a message, or of a queue with the number of its probe.
CREATE TABLE event (
  number     INTEGER PRIMARY KEY,
  message    TEXT,
  queue      INTEGER,
  probe      INTEGER,
  time       INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  recipient  TEXT,
  code       TEXT,
  detail     TEXT NOT NULL,
  transcript TEXT NOT NULL
);

CREATE INDEX event_message ON event (message) WHERE message IS NOT NULL;
CREATE INDEX event_queue ON event (queue, probe) WHERE queue IS NOT NULL;
