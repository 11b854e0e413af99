package io.github.mailflowlab.queue.ndr;

import java.util.List;

/**
 * What a report of success is about; sent only to those who asked for it (RFC 3461 4.1).
 *
 * @param kind RELAYED or DELIVERED
 * @param recipients at least one
 */
public record Receipt(Cover cover, ReportKind kind, List<ReachedRecipient> recipients) {
  public Receipt {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
    if (kind == ReportKind.FAILED || kind == ReportKind.DELAYED) {
      throw new IllegalArgumentException("kind: " + kind + " (expected: a success)");
    }
  }
}
