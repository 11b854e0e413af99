-- The spool on PostgreSQL, version 1: the tables of schema-1.sql and schema-2.sql, where their
-- comments are. Text is compared octet by octet, whatever the database's locale says.

CREATE TABLE schema_version (
  version BIGINT NOT NULL
);

INSERT INTO schema_version VALUES (1);

CREATE TABLE setting (
  key   TEXT COLLATE "C" PRIMARY KEY,
  value TEXT NOT NULL
);

-- Its few rows change with each batch, so there is room for the next version of a row beside it.
CREATE TABLE queue (
  number          BIGINT PRIMARY KEY,
  connector       TEXT COLLATE "C" NOT NULL,
  mx_domain       TEXT COLLATE "C",
  retrying        BIGINT NOT NULL,
  probes          BIGINT NOT NULL,
  retry_count     BIGINT NOT NULL,
  messages        BIGINT NOT NULL DEFAULT 0,
  last_retry      BIGINT,
  next_retry      BIGINT,
  error_time      BIGINT,
  error_condition TEXT,
  error_status    TEXT,
  error_reply     TEXT,
  error_detail    TEXT,
  error_server    TEXT,
  error_ip        TEXT,
  error_port      BIGINT
) WITH (fillfactor = 10);

CREATE TABLE message (
  id           TEXT COLLATE "C" PRIMARY KEY,
  message_id   TEXT NOT NULL,
  reverse_path TEXT COLLATE "C" NOT NULL,
  body_type    TEXT NOT NULL,
  subject      TEXT NOT NULL,
  size         BIGINT NOT NULL,
  received     BIGINT NOT NULL,
  expires      BIGINT NOT NULL,
  state        BIGINT NOT NULL,
  smtp_utf8    BIGINT NOT NULL,
  ret          TEXT,
  envid        TEXT
);

CREATE INDEX message_expiry ON message (expires, id) WHERE state = 0;

CREATE TABLE entry (
  message       TEXT COLLATE "C" NOT NULL,
  queue         BIGINT NOT NULL,
  received      BIGINT NOT NULL,
  expires       BIGINT NOT NULL,
  next_attempt  BIGINT,
  attempts      BIGINT NOT NULL,
  joined_probes BIGINT NOT NULL,
  left_probes   BIGINT,
  PRIMARY KEY (message, queue)
);

CREATE INDEX entry_due ON entry (queue, next_attempt, message) WHERE next_attempt IS NOT NULL;
CREATE INDEX entry_received ON entry (queue, received, expires, message)
  WHERE next_attempt IS NOT NULL;

CREATE TABLE recipient (
  message         TEXT COLLATE "C" NOT NULL,
  position        BIGINT NOT NULL,
  address         TEXT COLLATE "C" NOT NULL,
  queue           BIGINT,
  state           BIGINT NOT NULL,
  failures        BIGINT NOT NULL,
  next_attempt    BIGINT NOT NULL,
  code            TEXT,
  text            TEXT,
  error_time      BIGINT,
  error_condition TEXT,
  error_status    TEXT,
  error_reply     TEXT,
  error_detail    TEXT,
  error_server    TEXT,
  error_ip        TEXT,
  error_port      BIGINT,
  notify          TEXT,
  orcpt           TEXT,
  PRIMARY KEY (message, position)
);

CREATE INDEX recipient_error ON recipient (queue, error_time)
  WHERE state = 0 AND error_time IS NOT NULL;

CREATE TABLE chunk (
  body   TEXT COLLATE "C" NOT NULL,
  number BIGINT NOT NULL,
  crc    BIGINT NOT NULL,
  octets BYTEA NOT NULL,
  PRIMARY KEY (body, number)
);

-- Mail is written once and read once: compressing it would cost more than it saves.
ALTER TABLE chunk ALTER COLUMN octets SET STORAGE EXTERNAL;

CREATE TABLE body (
  id   TEXT COLLATE "C" PRIMARY KEY,
  size BIGINT NOT NULL
);

CREATE TABLE mailbox (
  id           TEXT COLLATE "C" PRIMARY KEY,
  address      TEXT COLLATE "C" NOT NULL,
  body         TEXT COLLATE "C" NOT NULL,
  reverse_path TEXT COLLATE "C" NOT NULL,
  subject      TEXT NOT NULL,
  received     BIGINT NOT NULL,
  ndr          BIGINT NOT NULL,
  status       TEXT
);

CREATE INDEX mailbox_address ON mailbox (address, id);

CREATE TABLE event (
  number     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  message    TEXT COLLATE "C",
  queue      BIGINT,
  probe      BIGINT,
  time       BIGINT NOT NULL,
  kind       TEXT NOT NULL,
  recipient  TEXT,
  code       TEXT,
  detail     TEXT NOT NULL,
  transcript TEXT NOT NULL
);

CREATE INDEX event_message ON event (message) WHERE message IS NOT NULL;
CREATE INDEX event_queue ON event (queue, probe) WHERE queue IS NOT NULL;
