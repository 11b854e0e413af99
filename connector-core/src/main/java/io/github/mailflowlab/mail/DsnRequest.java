package io.github.mailflowlab.mail;

import java.util.Map;
import java.util.Optional;

/**
 * What the submitter asked of reports about a message (RFC 3461 4).
 *
 * @param ret how much of the message a report returns; absent when not asked
 * @param envid the submitter's own id for the message, in xtext as it came; absent when not given
 * @param recipients what was asked for single recipients; those not in it asked for nothing
 */
public record DsnRequest(
    Optional<ReturnContent> ret,
    Optional<EnvelopeId> envid,
    Map<Mailbox, RecipientDsn> recipients) {
  /** Nothing was asked. */
  public static final DsnRequest NONE =
      new DsnRequest(Optional.empty(), Optional.empty(), Map.of());

  public DsnRequest {
    recipients = Map.copyOf(recipients);
  }

  /** What was asked for this recipient. */
  public RecipientDsn of(Mailbox recipient) {
    return recipients.getOrDefault(recipient, RecipientDsn.NONE);
  }
}
