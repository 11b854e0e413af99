package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.smtp.dialogue.Outcome.Sequel;
import io.github.mailflowlab.status.SmtpReply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one message of a dialogue: the commands it needs, whose turn it is, and what became of each
 * recipient. Confined to the dialogue.
 */
final class Transaction {
  private final Optional<Order.Mail> mail;
  private final List<Mailbox> recipients;
  private final List<Mailbox> accepted = new ArrayList<>();
  private final Map<Mailbox, SmtpReply> delivered = new HashMap<>();
  private final Map<Mailbox, Failure> refused = new HashMap<>();
  private int current = -1;

  /** Without mail: a connectivity check, which has an outcome all the same. */
  Transaction(Optional<Order.Mail> mail) {
    this.mail = mail;
    this.recipients = mail.map(given -> given.envelope().recipients()).orElse(List.of());
  }

  /** Why the peer cannot take this message, known before it is asked. */
  Optional<Failure> unsendable(Capabilities capabilities) {
    if (needsEightBits() && !capabilities.offers("8BITMIME")) {
      return Optional.of(
          new Failure.Unsendable(
              SmtpReply.of(
                  554, "5.6.3 Message needs 8BITMIME, which the next hop does not offer")));
    }
    long size = mail.map(Order.Mail::size).orElse(0L);
    if (capabilities.isTooSmallFor(size)) {
      return Optional.of(
          new Failure.Unsendable(
              SmtpReply.of(
                  552, "5.3.4 Message of " + size + " octets exceeds the next hop's limit")));
    }
    return Optional.empty();
  }

  String mailCommand(Capabilities capabilities) {
    Order.Mail given = mail.orElseThrow();
    String size = capabilities.offers("SIZE") ? " SIZE=" + given.size() : "";
    String body = needsEightBits() ? " BODY=" + BodyType.EIGHT_BIT_MIME.keyword() : "";
    return "MAIL FROM:<" + given.envelope().reversePath() + ">" + size + body;
  }

  private boolean needsEightBits() {
    return mail.filter(given -> given.envelope().bodyType() == BodyType.EIGHT_BIT_MIME).isPresent();
  }

  /** Turns to the next recipient, if there is one more. */
  boolean advance() {
    current++;
    return current < recipients.size();
  }

  String rcptCommand() {
    return "RCPT TO:<" + recipients.get(current) + ">";
  }

  /** The recipient whose turn it is may be sent the content. */
  void accept() {
    accepted.add(recipients.get(current));
  }

  /** The recipient whose turn it is gets nothing. */
  void refuse(Failure why) {
    refused.put(recipients.get(current), why);
  }

  boolean hasAccepted() {
    return !accepted.isEmpty();
  }

  /** The peer took responsibility for all accepted recipients. */
  void deliver(SmtpReply reply) {
    accepted.forEach(mailbox -> delivered.put(mailbox, reply));
  }

  Outcome outcome(Optional<Failure> failure, Sequel sequel) {
    return new Outcome(delivered, refused, failure, sequel);
  }
}
