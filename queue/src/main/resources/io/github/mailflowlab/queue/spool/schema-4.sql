-- Version 4: when the sender is told of a delay; NULL when never, or when it is done.

ALTER TABLE message ADD COLUMN delay_due INTEGER;
CREATE INDEX message_delay ON message (delay_due) WHERE state = 0 AND delay_due IS NOT NULL;
