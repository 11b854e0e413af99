package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Optional;

/** What a message demands of a peer. A peer that lacks it is not asked, and nothing is mangled. */
final class Demands {
  private Demands() {}

  /** Why the peer cannot take this message, known before it is asked. */
  static Optional<Failure> unmet(Order.Mail mail, Capabilities offered) {
    Envelope envelope = mail.envelope();
    if (Envelope.hasUtf8Address(envelope.reversePath(), envelope.recipients())
        && !(envelope.smtpUtf8() && offered.offers("SMTPUTF8"))) {
      return unsendable(553, "5.6.7 An address is in UTF-8, and the next hop has no SMTPUTF8");
    }
    if (envelope.smtpUtf8() && !offered.offers("SMTPUTF8")) {
      return unsendable(554, "5.6.9 The header is in UTF-8, and the next hop has no SMTPUTF8");
    }
    if (envelope.bodyType() == BodyType.EIGHT_BIT_MIME && !offered.offers("8BITMIME")) {
      return unsendable(554, "5.6.3 Message needs 8BITMIME, which the next hop does not offer");
    }
    if (offered.isTooSmallFor(mail.size())) {
      return unsendable(
          552, "5.3.4 Message of " + mail.size() + " octets exceeds the next hop's limit");
    }
    return Optional.empty();
  }

  private static Optional<Failure> unsendable(int code, String text) {
    return Optional.of(new Failure.Unsendable(SmtpReply.of(code, text)));
  }
}
