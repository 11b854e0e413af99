package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.RecipientDsn;
import java.util.stream.Collectors;

/** The commands for one message, with the parameters of what the peer offers. */
record MailCommands(Order.Mail mail, Capabilities capabilities) {
  String mailFrom() {
    Envelope envelope = mail.envelope();
    StringBuilder command = new StringBuilder(80);
    command.append("MAIL FROM:<").append(envelope.reversePath()).append('>');
    if (capabilities.offers("SIZE")) {
      command.append(" SIZE=").append(mail.size());
    }
    if (envelope.bodyType() == BodyType.EIGHT_BIT_MIME) {
      command.append(" BODY=").append(BodyType.EIGHT_BIT_MIME.keyword());
    }
    if (envelope.smtpUtf8()) {
      command.append(" SMTPUTF8");
    }
    if (passesOnDsn()) {
      DsnRequest dsn = envelope.dsn();
      dsn.ret().ifPresent(ret -> command.append(" RET=").append(ret));
      dsn.envid().ifPresent(envid -> command.append(" ENVID=").append(envid.xtext()));
    }
    return command.toString();
  }

  String rcptTo(Mailbox recipient) {
    StringBuilder command = new StringBuilder(60);
    command.append("RCPT TO:<").append(recipient).append('>');
    if (passesOnDsn()) {
      RecipientDsn dsn = mail.envelope().dsn().of(recipient);
      if (!dsn.notifyOf().isEmpty()) {
        command.append(" NOTIFY=").append(listed(dsn));
      }
      dsn.orcpt().ifPresent(orcpt -> command.append(" ORCPT=").append(orcpt.value()));
    }
    return command.toString();
  }

  /** The content as one chunk, the last one (RFC 3030). */
  String bdat() {
    return "BDAT " + mail.size() + " LAST";
  }

  /** Whether the peer reports what was asked for. */
  boolean passesOnDsn() {
    return capabilities.offers("DSN");
  }

  private static String listed(RecipientDsn dsn) {
    return dsn.notifyOf().stream().sorted().map(Notify::name).collect(Collectors.joining(","));
  }
}
