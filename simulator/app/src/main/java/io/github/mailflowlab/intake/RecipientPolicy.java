package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Optional;

/** Who may be sent to; asked at each RCPT. */
@FunctionalInterface
public interface RecipientPolicy {
  /**
   * Judges one recipient. Called on threads of the intake; must neither block nor throw.
   *
   * @return the reply that refuses it, or empty when mail for it is taken
   */
  Optional<SmtpReply> refuse(Mailbox recipient);
}
