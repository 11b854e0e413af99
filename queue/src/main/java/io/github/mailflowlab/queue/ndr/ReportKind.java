package io.github.mailflowlab.queue.ndr;

/** What a report tells of its recipients (RFC 3464 2.3.3). */
public enum ReportKind {
  /** They will not get the message. */
  FAILED("failed", "Undeliverable"),
  /** They do not have the message yet. */
  DELAYED("delayed", "Delivery delayed"),
  /** The message went on to a server that reports nothing. */
  RELAYED("relayed", "Relayed"),
  /** The message is in their mailboxes. */
  DELIVERED("delivered", "Delivered");

  private final String action;
  private final String prefix;

  ReportKind(String action, String prefix) {
    this.action = action;
    this.prefix = prefix;
  }

  /** The value of the field {@code Action}. */
  String action() {
    return action;
  }

  /** The subject of the report on a message with this subject. */
  public String subject(String original) {
    return (prefix + ": " + original).strip();
  }
}
