package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.RecipientDsn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An envelope while it is being given. */
final class IntakeTransaction {
  private final MailCommand.Accepted mail;
  private final Map<Mailbox, RecipientDsn> recipients = new LinkedHashMap<>();

  IntakeTransaction(MailCommand.Accepted mail) {
    this.mail = mail;
  }

  /** Adds a recipient; who is there already stays as first given. */
  void add(RcptCommand.Accepted recipient) {
    recipients.putIfAbsent(recipient.recipient(), recipient.dsn());
  }

  int recipientCount() {
    return recipients.size();
  }

  /** Whether MAIL declared that addresses and header may be in UTF-8. */
  boolean mayBeUtf8() {
    return mail.smtpUtf8();
  }

  /** The envelope; what was found in the content counts as well as what was declared. */
  Envelope envelope(ContentOutcome.Received content) {
    return new Envelope(
        mail.reversePath(),
        List.copyOf(recipients.keySet()),
        mail.declared() == BodyType.EIGHT_BIT_MIME ? mail.declared() : content.found(),
        mail.smtpUtf8()
            && (content.eightBitHeader()
                || Envelope.hasUtf8Address(mail.reversePath(), recipients.keySet())),
        new DsnRequest(mail.ret(), mail.envid(), recipients));
  }
}
