package io.github.mailflowlab.mail;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What stands outside DATA.
 *
 * @param reversePath where reports go
 * @param recipients the forward-paths, at least one, each once, in the order given
 * @param bodyType what the content needs
 */
public record Envelope(ReversePath reversePath, List<Mailbox> recipients, BodyType bodyType) {
  public Envelope {
    recipients = List.copyOf(new LinkedHashSet<>(recipients));
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
  }

  /** The same envelope for some of its recipients. */
  public Envelope withRecipients(List<Mailbox> some) {
    return new Envelope(reversePath, some, bodyType);
  }
}
