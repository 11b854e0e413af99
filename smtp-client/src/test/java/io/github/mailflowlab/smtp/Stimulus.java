package io.github.mailflowlab.smtp;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it takes to make a fault show: for most, one message to one recipient.
 *
 * @param alone whether the attempt needs a host of its own, which nobody else talks to
 * @param before messages to deliver first
 */
record Stimulus(boolean alone, int before, MessageContent content, List<Mailbox> recipients) {
  private static final Stimulus HELLO = new Stimulus(false, 0, Mailing.HELLO, List.of(Mailing.BOB));

  static Stimulus of(String faultId) {
    return switch (faultId) {
      case "smtp.rcpt.mixed" -> HELLO.to("ok", "defer", "unknown");
      case "smtp.rcpt.limit" -> HELLO.to("first", "second", "third");
      case "smtp.rate" -> HELLO.after(2);
      case "tls.offer.sometimes" -> HELLO.after(0);
      case "fw.asa-limits" -> HELLO.toMany(101);
      case "fw.content-cut" -> HELLO.saying("X-Lab-Virus: yes\r\n\r\nHello Bob.\r\n");
      default -> HELLO;
    };
  }

  private Stimulus after(int messages) {
    return new Stimulus(true, messages, content, recipients);
  }

  private Stimulus to(String... localParts) {
    return to(Stream.of(localParts));
  }

  private Stimulus toMany(int recipients) {
    return to(IntStream.range(0, recipients).mapToObj(i -> "bob" + i));
  }

  private Stimulus to(Stream<String> localParts) {
    return new Stimulus(
        alone,
        before,
        content,
        localParts.map(part -> Mailbox.of(part + "@contoso.example")).toList());
  }

  private Stimulus saying(String text) {
    return new Stimulus(alone, before, Mailing.content(text), recipients);
  }

  Mailbox[] to() {
    return recipients.toArray(Mailbox[]::new);
  }
}
