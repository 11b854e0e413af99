package io.github.mailflowlab.queue.spool;

/**
 * What the writer says to the database, in the order in which a transaction says it: first what is
 * made, then what changes, last what follows from all that.
 */
enum WriteSql {
  STORE_QUEUE(
      """
      INSERT INTO queue (number, connector, mx_domain, retrying, probes, retry_count, last_retry,
        next_retry, error_time, error_condition, error_status, error_reply, error_detail,
        error_server, error_ip, error_port)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO UPDATE SET
        retrying = excluded.retrying, probes = excluded.probes,
        retry_count = excluded.retry_count, last_retry = excluded.last_retry,
        next_retry = excluded.next_retry, error_time = excluded.error_time,
        error_condition = excluded.error_condition, error_status = excluded.error_status,
        error_reply = excluded.error_reply, error_detail = excluded.error_detail,
        error_server = excluded.error_server, error_ip = excluded.error_ip,
        error_port = excluded.error_port"""),

  ADD_QUEUE(
      """
      INSERT INTO queue (number, connector, mx_domain, retrying, probes, retry_count, last_retry,
        next_retry, error_time, error_condition, error_status, error_reply, error_detail,
        error_server, error_ip, error_port)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (number) DO NOTHING"""),

  NEW_MESSAGE(
      """
      INSERT INTO message (id, message_id, reverse_path, body_type, subject, size, received,
        expires, state, smtp_utf8, ret, envid)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""),

  NEW_RECIPIENT(
      """
      INSERT INTO recipient (queue, state, failures, next_attempt, code, text, error_time,
        error_condition, error_status, error_reply, error_detail, error_server, error_ip,
        error_port, message, position, address, notify, orcpt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""),

  NEW_ENTRY(
      """
      INSERT INTO entry (next_attempt, attempts, left_probes, suspended, message, queue, received,
        expires, joined_probes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""),

  JOIN_ENTRY(
      """
      INSERT INTO entry (next_attempt, attempts, left_probes, suspended, message, queue, received,
        expires, joined_probes)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (message, queue) DO UPDATE SET
        next_attempt = excluded.next_attempt, attempts = excluded.attempts,
        left_probes = excluded.left_probes, suspended = excluded.suspended,
        joined_probes = excluded.joined_probes"""),

  NEW_CHUNK("INSERT INTO chunk (body, number, crc, octets) VALUES (?, ?, ?, ?)"),

  NEW_BODY("INSERT INTO body (id, size) VALUES (?, ?)"),

  UPDATE_RECIPIENT(
      """
      UPDATE recipient SET queue = ?, state = ?, failures = ?, next_attempt = ?, code = ?,
        text = ?, error_time = ?, error_condition = ?, error_status = ?, error_reply = ?,
        error_detail = ?, error_server = ?, error_ip = ?, error_port = ?
      WHERE message = ? AND position = ?"""),

  /** Open is what has not left. Asked for by next_attempt, PostgreSQL would take another index. */
  MOVE_ENTRY(
      """
      UPDATE entry SET next_attempt = ?, attempts = ?, left_probes = ?, suspended = ?
      WHERE message = ? AND queue = ? AND left_probes IS NULL"""),

  /** After {@link #MOVE_ENTRY}, which shows how many have left. */
  COUNT_MESSAGES("UPDATE queue SET messages = messages + ? WHERE number = ?"),

  PLAN_DELAY_NOTICE("UPDATE message SET delay_due = ? WHERE id = ?"),

  SETTLE(
      """
      UPDATE message
      SET state = (SELECT max(state) FROM recipient WHERE message = id)
      WHERE id = ? AND NOT EXISTS (SELECT 1 FROM recipient WHERE message = id AND state = 0)"""),

  NEW_MAILBOX_ITEM(
      """
      INSERT INTO mailbox (id, address, body, reverse_path, subject, received, ndr, status)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""),

  NEW_EVENT(
      """
      INSERT INTO event (message, queue, probe, time, kind, recipient, code, detail, transcript)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""),

  DELETE_EVENTS_OF_MESSAGE("DELETE FROM event WHERE message = ?"),

  DELETE_RECIPIENTS("DELETE FROM recipient WHERE message = ?"),

  DELETE_ENTRIES("DELETE FROM entry WHERE message = ?"),

  DELETE_CHUNKS(
      """
      DELETE FROM chunk WHERE body = ?
        AND NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.body = chunk.body)"""),

  DELETE_BODY(
      """
      DELETE FROM body WHERE id = ?
        AND NOT EXISTS (SELECT 1 FROM mailbox WHERE mailbox.body = body.id)"""),

  DELETE_MESSAGE("DELETE FROM message WHERE id = ?"),

  DELETE_EVENTS(
      """
      DELETE FROM event
      WHERE number < (SELECT min(number) FROM event) + ? AND time < ?"""),

  DELETE_EVENTS_OF_QUEUE("DELETE FROM event WHERE queue = ?"),

  DELETE_QUEUE("DELETE FROM queue WHERE number = ?"),

  SUSPEND(
      """
      INSERT INTO suspension (scope, name, suspended) VALUES (?, ?, ?)
      ON CONFLICT (scope, name) DO UPDATE SET suspended = excluded.suspended"""),

  PUT_SETTING(
      """
      INSERT INTO setting (key, value) VALUES (?, ?)
      ON CONFLICT (key) DO UPDATE SET value = excluded.value""");

  private final String text;

  WriteSql(String text) {
    this.text = text;
  }

  String text() {
    return text;
  }
}
