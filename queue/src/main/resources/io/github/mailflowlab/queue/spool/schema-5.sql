-- Version 5: what waits behind a connector is counted from an index alone, in order of receipt.

DROP INDEX entry_received;
CREATE INDEX entry_received ON entry (queue, received, expires, message, next_attempt)
  WHERE next_attempt IS NOT NULL;

-- Whether a mailbox still shows the body of a message that is deleted.
CREATE INDEX mailbox_body ON mailbox (body);
