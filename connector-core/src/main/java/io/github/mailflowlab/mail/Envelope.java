package io.github.mailflowlab.mail;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

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

  /** An envelope that asks for nothing special, but SMTPUTF8 when an address is in UTF-8. */
  public Envelope(ReversePath reversePath, List<Mailbox> recipients, BodyType bodyType) {
    this(
        reversePath,
        recipients,
        bodyType,
        hasUtf8Address(reversePath, recipients),
        DsnRequest.NONE);
  }

  /** Whether one of these addresses is beyond ASCII. */
  public static boolean hasUtf8Address(ReversePath reversePath, Collection<Mailbox> recipients) {
    return !Stream.concat(reversePath.mailbox().stream(), recipients.stream())
        .allMatch(Mailbox::isAscii);
  }

  /** The same envelope for some of its recipients. */
  public Envelope withRecipients(List<Mailbox> some) {
    return new Envelope(reversePath, some, bodyType, smtpUtf8, dsn);
  }
}
