package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Optional;

/** RCPT, read and checked. */
sealed interface RcptCommand {
  /** It names a recipient. */
  record Accepted(Mailbox recipient) implements RcptCommand {}

  /** It does not. */
  record Refused(SmtpReply reply) implements RcptCommand {}

  /**
   * Reads what follows the verb.
   *
   * @param postmaster who is meant by {@code <postmaster>} (RFC 5321 4.5.1)
   */
  static RcptCommand read(String argument, Mailbox postmaster) {
    Optional<PathArgument> path = PathArgument.parse("TO:", argument);
    if (path.isEmpty()) {
      return new Refused(IntakeReplies.BAD_ARGUMENT);
    }
    if (path.get().isOutsideAscii()) {
      return new Refused(IntakeReplies.RECIPIENT_NOT_ASCII);
    }
    if (!path.get().parameters().isEmpty()) {
      return new Refused(IntakeReplies.UNKNOWN_PARAMETER);
    }
    String address = path.get().address();
    if (address.equalsIgnoreCase("postmaster")) {
      return new Accepted(postmaster);
    }
    return Mailbox.parse(address)
        .<RcptCommand>map(Accepted::new)
        .orElseGet(() -> new Refused(IntakeReplies.BAD_RECIPIENT));
  }
}
