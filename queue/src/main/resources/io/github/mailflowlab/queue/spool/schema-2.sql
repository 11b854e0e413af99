-- Version 2: what the envelope says of SMTPUTF8 (RFC 6531) and of reports (RFC 3461).

ALTER TABLE message ADD COLUMN smtp_utf8 INTEGER NOT NULL DEFAULT 0;

-- ret: FULL, HDRS or NULL; envid in xtext.
ALTER TABLE message ADD COLUMN ret TEXT;
ALTER TABLE message ADD COLUMN envid TEXT;

-- notify: NULL when nothing was asked, else keywords between commas; orcpt as in RCPT.
ALTER TABLE recipient ADD COLUMN notify TEXT;
ALTER TABLE recipient ADD COLUMN orcpt TEXT;
