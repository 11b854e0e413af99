package io.github.mailflowlab.training;

import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** What happens before the learner comes: mail is sent, and waits. */
record Opening(Facts facts, LabClock clock) {
  private static final Mailbox SENDER = new Mailbox("alice", DomainName.of("contoso.example"));

  /** Returns when the time has passed. What is refused is part of the lesson. */
  void play(Lesson lesson) {
    for (Mailbox recipient : lesson.mail().to()) {
      Envelope envelope =
          new Envelope(ReversePath.of(SENDER), List.of(recipient), BodyType.SEVEN_BIT);
      facts
          .queue()
          .submit(envelope, MessageContent.of(compose(recipient, lesson)))
          .toCompletableFuture()
          .join();
    }
    clock.advance(lesson.lead()).toCompletableFuture().join();
  }

  private byte[] compose(Mailbox recipient, Lesson lesson) {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME
            .format(clock.instant().atOffset(ZoneOffset.UTC))
            .replace("GMT", "+0000");
    return String.join(
            "\r\n",
            "From: <" + SENDER + ">",
            "To: <" + recipient + ">",
            "Subject: To " + recipient.localPart(),
            "Date: " + date,
            "Message-ID: <"
                + lesson.id()
                + "."
                + clock.instant().toEpochMilli()
                + "."
                + recipient
                + ">",
            "",
            lesson.mail().line(),
            "")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
