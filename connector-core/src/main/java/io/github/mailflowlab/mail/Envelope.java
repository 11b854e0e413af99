package io.github.mailflowlab.mail;

import java.util.LinkedHashSet;
import java.util.List;

/**
 * What stands outside DATA.
 *
 * @param reversePath where reports go
 * @param recipients the forward-paths, at least one, each once, in the order given
 * @param bodyType what the content needs
 * @param smtpUtf8 whether an address or the header is in UTF-8, so that every server on the way has
 *     to know SMTPUTF8 (RFC 6531)
 * @param dsn what was asked of reports
 */
public record Envelope(
    ReversePath reversePath,
    List<Mailbox> recipients,
    BodyType bodyType,
    boolean smtpUtf8,
    DsnRequest dsn) {
  public Envelope {
    recipients = List.copyOf(new LinkedHashSet<>(recipients));
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("recipients: none (expected: at least one)");
    }
  }

  /** An envelope that asks for nothing special. */
  public Envelope(ReversePath reversePath, List<Mailbox> recipients, BodyType bodyType) {
    this(reversePath, recipients, bodyType, false, DsnRequest.NONE);
  }

  /** The same envelope for some of its recipients. */
  public Envelope withRecipients(List<Mailbox> some) {
    return new Envelope(reversePath, some, bodyType, smtpUtf8, dsn);
  }
}
