package io.github.mailflowlab.smtp;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it takes to make a fault show: for most, one message to one recipient.
 *
 * @param before messages to deliver first
 */
record Stimulus(int before, MessageContent content, List<Mailbox> recipients) {
  private static final Stimulus HELLO = new Stimulus(0, Mailing.HELLO, List.of(Mailing.BOB));

  static Stimulus of(String faultId) {
    return switch (faultId) {
      case "smtp.rcpt.mixed" -> HELLO.to("ok", "defer", "unknown");
      case "smtp.rcpt.limit" -> HELLO.to("first", "second", "third");
      case "smtp.rate", "smtp.session.max-messages" -> HELLO.after(2);
      // Longer than any dialogue, where a fault counts octets.
      case "tcp.cut-after-n" -> HELLO.saying("x".repeat(100_000));
      case "fw.asa-limits" -> HELLO.toMany(101);
      case "fw.content-cut" -> HELLO.saying("X-Lab-Virus: yes\r\n\r\nHello Bob.\r\n");
      default -> HELLO;
    };
  }

  private Stimulus after(int messages) {
    return new Stimulus(messages, content, recipients);
  }

  private Stimulus to(String... localParts) {
    return to(Stream.of(localParts));
  }

  private Stimulus toMany(int recipients) {
    return to(IntStream.range(0, recipients).mapToObj(i -> "bob" + i));
  }

  private Stimulus to(Stream<String> localParts) {
    return new Stimulus(
        before, content, localParts.map(part -> Mailbox.of(part + "@contoso.example")).toList());
  }

  private Stimulus saying(String text) {
    return new Stimulus(before, Mailing.content(text), recipients);
  }

  Mailbox[] to() {
    return recipients.toArray(Mailbox[]::new);
  }
}
