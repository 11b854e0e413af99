package io.github.mailflowlab.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.status.SmtpReply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntakeSessionTest {
  private static final String A = "RCPT TO:<a@corp.example>";

  private final SessionDriver client = new SessionDriver();

  @Test
  void pausesAfterEachMailWhileItIsSlowed() {
    client.under(Level.SLOWED).lines("EHLO client.example", "MAIL FROM:<>", A, "DATA", ".");
    assertThat(client.codes()).endsWith("250 2.1.0", "250 2.1.5", "354", "250 2.6.0");
    assertThat(client.pauses()).isEqualTo(1);
    client.under(Level.OPEN).lines("MAIL FROM:<>");
    assertThat(client.pauses()).isEqualTo(1);
  }

  @Test
  void putsOffNewMailWhileItIsClosedAndTakesWhatHasBegun() {
    client.lines("EHLO client.example", "MAIL FROM:<>", A);
    client.under(Level.CLOSED).lines("DATA", ".");
    assertThat(client.reply()).startsWith("250 2.6.0 ");

    client.lines("MAIL FROM:<>");
    assertThat(client.reply()).isEqualTo("452 4.3.1 Insufficient system storage");
    client.lines(A);
    assertThat(client.reply()).startsWith("503 5.5.1 ");

    client.under(Level.OPEN).lines("MAIL FROM:<>", A, "DATA", ".");
    assertThat(client.reply()).startsWith("250 2.6.0 ");
  }

  @Test
  void neverEndsASessionForWhatItPutsOff() {
    client.under(Level.CLOSED).lines("EHLO client.example");
    for (int i = 0; i < 2 * IntakeSession.MAX_BAD_COMMANDS; i++) {
      client.lines("MAIL FROM:<>");
    }
    assertThat(client.isClosed()).isFalse();
  }

  @Test
  void advertisesOnlyWhatItCarries() {
    client.lines("EHLO client.example");

    assertThat(client.replies())
        .containsExactly(
            "220 lab.contoso.example ESMTP Mail Flow Lab",
            "250-lab.contoso.example 250-PIPELINING 250-SIZE 2000 250-8BITMIME"
                + " 250-ENHANCEDSTATUSCODES 250-DSN 250-CHUNKING 250 SMTPUTF8");
  }

  @Test
  void submitsWhatItWasGivenAndPassesTheReplyOn() {
    client.lines("EHLO client.example", "MAIL FROM:<s@x.example>", A, "RCPT TO:<b@corp.example>");
    client.lines("DATA", "Subject: Hi", "", "..dot", ".");

    assertThat(client.reply())
        .isEqualTo("250 2.6.0 <1@client.example> [InternalId=m1] Queued mail for delivery");
    assertThat(client.codes())
        .containsExactly("220", "250", "250 2.1.0", "250 2.1.5", "250 2.1.5", "354", "250 2.6.0");
    assertThat(client.envelopes.get(0).reversePath())
        .isEqualTo(ReversePath.of(Mailbox.of("s@x.example")));
    assertThat(client.envelopes.get(0).recipients())
        .containsExactly(Mailbox.of("a@corp.example"), Mailbox.of("b@corp.example"));
    assertThat(client.contents)
        .containsExactly(
            """
            Received: from client.example ([127.0.0.1])\r
             by lab.contoso.example with ESMTP;\r
             Thu, 5 Mar 2026 06:07:08 +0000\r
            Subject: Hi\r
            \r
            .dot\r
            """);
  }

  @Test
  void saysSmtpInTheTraceLineAfterHelo() {
    client.lines("HELO [192.0.2.1]", "MAIL FROM:<>", A, "DATA", ".");

    assertThat(client.contents.get(0))
        .startsWith("Received: from [192.0.2.1] (")
        .contains("with SMTP;");
    assertThat(client.envelopes.get(0).reversePath().isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          NOOP                                       | 250 2.0.0
          NOOP anything                              | 250 2.0.0
          RSET                                       | 250 2.0.0
          RSET now                                   | 501 5.5.4
          VRFY a                                     | 252 2.1.5
          HELP                                       | 214 2.0.0
          EHLO                                       | 501 5.5.4
          EHLO two words                             | 501 5.5.4
          STARTTLS                                   | 502 5.5.1
          BDAT                                       | 521 5.5.4
          BDAT LAST                                  | 521 5.5.4
          BDAT -1                                    | 521 5.5.4
          BDAT 1 FIRST                               | 521 5.5.4
          BDAT 9999999999999999999                   | 521 5.5.4
          BDAT 0 LAST                                | 503 5.5.1
          EHLO zürich.example                        | 501 5.5.4
          AUTH PLAIN                                 | 502 5.5.1
          XYZZY                                      | 500 5.5.1
          RCPT TO:<a@corp.example>                   | 503 5.5.1
          DATA                                       | 503 5.5.1
          mail from:<s@x.example>                    | 250 2.1.0
          MAIL FROM: <s@x.example>                   | 250 2.1.0
          MAIL FROM:<@r.example:s@x.example>         | 250 2.1.0
          MAIL FROM:<"a>b c"@x.example>              | 250 2.1.0
          MAIL FROM:s@x.example                      | 501 5.5.4
          MAIL FROM:<s@x.example                     | 501 5.5.4
          MAIL TO:<s@x.example>                      | 501 5.5.4
          MAIL FROM:<s@x.example>SIZE=1              | 501 5.5.4
          MAIL FROM:<s>                              | 501 5.1.7
          MAIL FROM:<s@x..example>                   | 501 5.1.7
          MAIL FROM:<s\u0007@x.example>              | 501 5.1.7
          MAIL FROM:<s\u00e9@x.example>              | 553 5.6.7
          MAIL FROM:<s@x\u00e9.example>              | 553 5.6.7
          MAIL FROM:<s\u00e9@x.example> SMTPUTF8     | 250 2.1.0
          MAIL FROM:<s@x\u00e9.example> SMTPUTF8     | 250 2.1.0
          MAIL FROM:<s@x.example> smtputf8           | 250 2.1.0
          MAIL FROM:<s\u202e@x.example> SMTPUTF8     | 501 5.1.7
          MAIL FROM:<s@x.example> SMTPUTF8=          | 501 5.5.4
          MAIL FROM:<s@x.example> SMTPUTF8=YES       | 501 5.5.4
          MAIL FROM:<> SIZE=2000                     | 250 2.1.0
          MAIL FROM:<> SIZE=2001                     | 552 5.3.4
          MAIL FROM:<> SIZE=99999999999999999999     | 552 5.3.4
          MAIL FROM:<> SIZE=999999999999999999999    | 501 5.5.4
          MAIL FROM:<> SIZE=                         | 501 5.5.4
          MAIL FROM:<> SIZE=1 SIZE=1                 | 501 5.5.4
          MAIL FROM:<> body=8bitmime                 | 250 2.1.0
          MAIL FROM:<> BODY=BINARYMIME               | 501 5.5.4
          MAIL FROM:<> BODY                          | 501 5.5.4
          MAIL FROM:<> RET=HDRS                      | 250 2.1.0
          MAIL FROM:<> ret=full ENVID=a+2Bb          | 250 2.1.0
          MAIL FROM:<> RET=HALF                      | 501 5.5.4
          MAIL FROM:<> RET                           | 501 5.5.4
          MAIL FROM:<> ENVID=                        | 501 5.5.4
          MAIL FROM:<> ENVID=a+b                     | 501 5.5.4
          MAIL FROM:<> ENVID=a ENVID=b               | 501 5.5.4
          MAIL FROM:<> NOTIFY=NEVER                  | 555 5.5.4
          MAIL FROM:<> AUTH=<>                       | 555 5.5.4
          MAIL FROM:<> =1                            | 501 5.5.4
          """)
  void answersACommandAfterEhlo(String line, String code) {
    client.lines("EHLO client.example").replies();

    client.utf8(line);

    assertThat(client.codes()).containsExactly(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          RCPT TO:<a@corp.example>                   | 250 2.1.5
          rcpt to:<A@CORP.example>                   | 250 2.1.5
          RCPT TO:<@r1.example,@r2.example:a@corp.example> | 250 2.1.5
          RCPT TO:<Postmaster>                       | 250 2.1.5
          RCPT TO:<nobody@corp.example>              | 550 5.4.1
          RCPT TO:<>                                 | 501 5.1.3
          RCPT TO:<a>                                | 501 5.1.3
          RCPT TO:<a@b@corp.example>                 | 501 5.1.3
          RCPT TO:<a\u001b@corp.example>             | 501 5.1.3
          RCPT TO:<a@corp\u00e9.example>             | 553 5.6.7
          RCPT TO:<a@corp.example> NOTIFY=NEVER      | 250 2.1.5
          RCPT TO:<a@corp.example> notify=success,FAILURE,delay | 250 2.1.5
          RCPT TO:<a@corp.example> NOTIFY=NEVER,DELAY | 501 5.5.4
          RCPT TO:<a@corp.example> NOTIFY=           | 501 5.5.4
          RCPT TO:<a@corp.example> NOTIFY            | 501 5.5.4
          RCPT TO:<a@corp.example> NOTIFY=SUCCESS,   | 501 5.5.4
          RCPT TO:<a@corp.example> NOTIFY=ALWAYS     | 501 5.5.4
          RCPT TO:<a@corp.example> ORCPT=rfc822;b+3Dc@x.example | 250 2.1.5
          RCPT TO:<a@corp.example> ORCPT=utf-8;\\x{E9}@x.example | 250 2.1.5
          RCPT TO:<a@corp.example> ORCPT=utf-8;\u00e9@x.example | 501 5.5.4
          RCPT TO:<a@corp.example> ORCPT=b@x.example | 501 5.5.4
          RCPT TO:<a@corp.example> ORCPT=rfc822;b=c  | 501 5.5.4
          RCPT TO:<a@corp.example> RET=HDRS          | 555 5.5.4
          RCPT                                       | 501 5.5.4
          MAIL FROM:<s@x.example>                    | 503 5.5.1
          DATA                                       | 554 5.5.1
          DATA now                                   | 501 5.5.4
          """)
  void answersACommandAfterMail(String line, String code) {
    client.lines("EHLO client.example", "MAIL FROM:<s@x.example>").replies();

    client.utf8(line);

    assertThat(client.codes()).containsExactly(code);
  }

  @Test
  void wantsAHelloBeforeMail() {
    client.lines("MAIL FROM:<s@x.example>");

    assertThat(client.codes()).containsExactly("220", "503 5.5.1");
  }

  @Test
  void forgetsTheTransactionAtEhloAndRset() {
    for (String forgetting : List.of("EHLO client.example", "RSET")) {
      client.lines("EHLO client.example", "MAIL FROM:<s@x.example>", A, forgetting).replies();

      client.lines("DATA");

      assertThat(client.codes()).as(forgetting).containsExactly("503 5.5.1");
    }
  }

  @Test
  void takesAsManyRecipientsAsAllowedAndDefersTheNext() {
    client.lines("EHLO client.example", "MAIL FROM:<s@x.example>").replies();

    client.lines(A, "RCPT TO:<b@c.example>", "RCPT TO:<c@c.example>", "RCPT TO:<d@c.example>");

    assertThat(client.codes()).containsExactly("250 2.1.5", "250 2.1.5", "250 2.1.5", "452 4.5.3");
    client.lines("DATA", ".");
    assertThat(client.envelopes.get(0).recipients()).hasSize(3);
  }

  @Test
  void submitsOnlyRecipientsThatWereNotRefused() {
    client.lines("EHLO c.example", "MAIL FROM:<>", "RCPT TO:<nobody@c.example>", "DATA");

    assertThat(client.codes()).endsWith("550 5.4.1", "554 5.5.1");

    client.lines(A, "DATA", ".");

    assertThat(client.envelopes.get(0).recipients()).containsExactly(Mailbox.of("a@corp.example"));
  }

  @Test
  void takesTheBodyTypeFromDeclarationOrContent() {
    client.lines("EHLO c.example", "MAIL FROM:<> BODY=8BITMIME", A, "DATA", "ascii", ".");
    client.lines("MAIL FROM:<> BODY=7BIT", A, "DATA", "caf\u00e9", ".");
    client.lines("MAIL FROM:<>", A, "DATA", "ascii", ".");

    assertThat(client.envelopes)
        .extracting(envelope -> envelope.bodyType())
        .containsExactly(BodyType.EIGHT_BIT_MIME, BodyType.EIGHT_BIT_MIME, BodyType.SEVEN_BIT);
  }

  @Test
  void answersPipelinedCommandsInOrder() {
    client.send(
        "EHLO c.example\r\nMAIL FROM:<>\r\nRCPT TO:<nobody@c.example>\r\n"
            + A
            + "\r\nDATA\r\nx\r\n.\r\nNOOP\r\nQUIT\r\nNOOP\r\n");

    assertThat(client.codes())
        .containsExactly(
            "220",
            "250",
            "250 2.1.0",
            "550 5.4.1",
            "250 2.1.5",
            "354",
            "250 2.6.0",
            "250 2.0.0",
            "221 2.0.0");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void refusesALineThatIsTooLongAndGoesOn() {
    client.send("NOOP " + "x".repeat(2041) + "\r\n").send("NOOP " + "x".repeat(2042) + "\r\n");
    client.lines("NOOP");

    assertThat(client.codes()).containsExactly("220", "250 2.0.0", "500 5.5.2", "250 2.0.0");
  }

  @Test
  void refusesALineThatIsNotUtf8AndGoesOn() {
    client.send("NOOP \u00e9\r\n").send("NOOP \u00c0\u00af\r\n").utf8("NOOP \u00e9");

    assertThat(client.codes()).containsExactly("220", "500 5.5.2", "500 5.5.2", "250 2.0.0");
  }

  @Test
  void passesOnWhatWasAskedOfReports() {
    client.lines("EHLO c.example", "MAIL FROM:<s@x.example> RET=HDRS ENVID=QQ+2B1");
    client.lines(A + " NOTIFY=SUCCESS,DELAY ORCPT=rfc822;b@x.example", "RCPT TO:<b@c.example>");
    client.lines(A + " NOTIFY=NEVER", "DATA", ".");

    assertThat(client.envelopes.get(0).dsn())
        .isEqualTo(
            new DsnRequest(
                Optional.of(ReturnContent.HDRS),
                EnvelopeId.parse("QQ+2B1"),
                Map.of(
                    Mailbox.of("a@corp.example"),
                    new RecipientDsn(
                        Set.of(Notify.SUCCESS, Notify.DELAY),
                        OriginalRecipient.parse("rfc822;b@x.example")),
                    Mailbox.of("b@c.example"),
                    RecipientDsn.NONE)));
  }

  @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
  @CsvSource({
    "MAIL FROM:<s@x.example> SMTPUTF8, RCPT TO:<a@c.example>, Subject: hi, false",
    "MAIL FROM:<s@x.example> SMTPUTF8, RCPT TO:<a@zürich.example>, Subject: hi, false",
    "MAIL FROM:<s@x.example> SMTPUTF8, RCPT TO:<ä@c.example>, Subject: hi, true",
    "MAIL FROM:<ä@x.example> SMTPUTF8, RCPT TO:<a@c.example>, Subject: hi, true",
    "MAIL FROM:<s@x.example> SMTPUTF8, RCPT TO:<a@c.example>, Subject: hä, true",
    "MAIL FROM:<> SMTPUTF8, RCPT TO:<a@c.example>, Subject: hä, true",
    "MAIL FROM:<s@x.example>, RCPT TO:<a@c.example>, Subject: hä, false"
  })
  void needsSmtpUtf8WhenItWasDeclaredAndSomethingIsInUtf8(
      String mail, String rcpt, String header, boolean needed) {
    client.utf8("EHLO c.example", mail, rcpt, "DATA", header, "", "bä", ".");

    assertThat(client.envelopes.get(0).smtpUtf8()).isEqualTo(needed);
    assertThat(client.contents.get(0))
        .contains(mail.endsWith("SMTPUTF8") ? "with UTF8SMTP;" : "with ESMTP;");
  }

  @Test
  void refusesCommandsWithBareCrOrNul() {
    client.send("NOOP a\rb\r\n").send("NOOP \0\r\n").send("NOOP\r\r\n").lines("NOOP");

    assertThat(client.codes())
        .containsExactly("220", "500 5.5.2", "500 5.5.2", "500 5.5.2", "250 2.0.0");
  }

  @Test
  void endsTheSessionAtABareLfSoThatNothingBehindItIsRead() {
    client.send("NOOP\nMAIL FROM:<>\r\nNOOP\r\n");

    assertThat(client.codes()).containsExactly("220", "521 5.5.2");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void endsTheSessionOfAWebBrowser() {
    client.send("POST / HTTP/1.1\r\nHost: localhost\r\n\r\nEHLO x.example\r\n");

    assertThat(client.codes()).containsExactly("220", "521 5.5.1");
  }

  @Test
  void endsTheSessionAfterTooManyBadCommands() {
    for (int i = 1; i < IntakeSession.MAX_BAD_COMMANDS; i++) {
      client.lines("XYZZY");
    }
    assertThat(client.isClosed()).isFalse();

    client.lines("XYZZY");

    assertThat(client.reply()).startsWith("421 4.7.0 ");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void doesNotCountRefusedRecipientsAsBadCommands() {
    client.lines("EHLO c.example", "MAIL FROM:<>");
    for (int i = 0; i < 50; i++) {
      client.lines("RCPT TO:<nobody@c.example>");
    }

    assertThat(client.isClosed()).isFalse();
  }

  @Test
  void passesOnARefusalOfTheSubmission() {
    client.holdingSubmissions().lines("EHLO c.example", "MAIL FROM:<>", A, "DATA", ".");
    SmtpReply full = SmtpReply.of(452, "4.3.1 Insufficient system storage");

    client.perform(
        client.session().onSubmitted(new Submission.Result(Optional.empty(), full, Map.of())));

    assertThat(client.reply()).isEqualTo("452 4.3.1 Insufficient system storage");
    assertThat(client.lines("MAIL FROM:<>").reply()).startsWith("250 2.1.0");
  }

  @Test
  void asksToTryAgainWhenTheSubmissionBreaks() {
    client.holdingSubmissions().lines("EHLO c.example", "MAIL FROM:<>", A, "DATA", ".");

    client.perform(client.session().onSubmissionBroken());

    assertThat(client.reply()).startsWith("451 4.3.0 ");
  }

  @Test
  void saysGoodbyeWhenIdleButNotWhileSubmitting() {
    client.holdingSubmissions().lines("EHLO c.example", "MAIL FROM:<>", A, "DATA", ".");
    assertThat(client.session().onIdle()).isEmpty();

    client.perform(client.session().onSubmitted(SessionDriver.stored()));
    client.perform(client.session().onIdle());

    assertThat(client.codes()).endsWith("250 2.6.0", "421 4.4.2");
    assertThat(client.isClosed()).isTrue();
  }

  @Test
  void shutsDownAtOnceWithoutATransactionAndElseAfterIt() {
    client.lines("EHLO c.example", "MAIL FROM:<>", A);
    client.perform(client.session().onShutdown());
    assertThat(client.isClosed()).isFalse();

    client.lines("DATA", "x", ".");

    assertThat(client.codes()).endsWith("354", "250 2.6.0", "421 4.3.2");

    SessionDriver idle = new SessionDriver();
    idle.perform(idle.session().onShutdown());
    assertThat(idle.codes()).containsExactly("220", "421 4.3.2");
  }
}
