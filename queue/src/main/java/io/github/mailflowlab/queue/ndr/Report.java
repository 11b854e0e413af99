package io.github.mailflowlab.queue.ndr;

import java.util.List;

/**
 * What an NDR is about.
 *
 * @param attempts how often it was tried
 * @param recipients at least one
 */
public record Report(Cover cover, int attempts, List<ReturnedRecipient> recipients) {
  public Report {
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
  }
}
