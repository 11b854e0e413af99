package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.retry.RetryPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which reports RFC 3461 demands, allows and forbids, one row per rule: for what became of a
 * recipient and what was asked of it, the actions that its sender is told of, in order.
 */
final class DsnRulesTest {
  private static final Mailbox SENDER = Mailbox.of("sender@elsewhere.example");
  private static final Pattern ACTION = Pattern.compile("\r\nAction: ([a-z]+)\r\n");

  @TempDir Path directory;

  /** What becomes of a recipient. */
  enum Fate {
    TAKEN("bob@contoso.example"),
    TAKEN_WITH_DSN("bob@contoso.example"),
    IN_MAILBOX("alice@contoso.example"),
    REFUSED("bob@contoso.example"),
    WAITING("bob@contoso.example"),
    EXPIRED("bob@contoso.example");

    private final Mailbox recipient;

    Fate(String recipient) {
      this.recipient = Mailbox.of(recipient);
    }
  }

  @ParameterizedTest(name = "RFC 3461 {0}")
  @CsvSource({
    "5.2.1: relayed to who knows DSN: no report of ours,         TAKEN_WITH_DSN, SUCCESS, ''",
    "5.2.1: nor for all that can be asked, TAKEN_WITH_DSN, SUCCESS-FAILURE-DELAY, ''",
    "5.2.2: relayed to who does not: relayed if SUCCESS,         TAKEN, SUCCESS, relayed",
    "5.2.2: relayed beside the others,                           TAKEN, SUCCESS-DELAY, relayed",
    "5.2.2: not unless SUCCESS,                                  TAKEN, FAILURE-DELAY, ''",
    "5.2.2: not when nothing was asked,                          TAKEN, '', ''",
    "5.2.2: not when NEVER,                                      TAKEN, NEVER, ''",
    "5.2.3: delivered here: delivered if SUCCESS,                IN_MAILBOX, SUCCESS, delivered",
    "5.2.3: not unless SUCCESS,                                  IN_MAILBOX, FAILURE-DELAY, ''",
    "5.2.3: not when nothing was asked,                          IN_MAILBOX, '', ''",
    "5.2.3: not when NEVER,                                      IN_MAILBOX, NEVER, ''",
    "5.2.5: late: delayed if DELAY,                              WAITING, DELAY, delayed",
    "5.2.5: may be told when nothing was asked,                  WAITING, '', delayed",
    "5.2.5: not unless DELAY,                                    WAITING, SUCCESS-FAILURE, ''",
    "5.2.5: not when NEVER,                                      WAITING, NEVER, ''",
    "5.2.6: refused: failed if FAILURE,                          REFUSED, FAILURE, failed",
    "5.2.6: failed beside the others,                            REFUSED, SUCCESS-FAILURE, failed",
    "5.2.6: failed when nothing was asked,                       REFUSED, '', failed",
    "5.2.6: not unless FAILURE,                                  REFUSED, SUCCESS-DELAY, ''",
    "5.2.6: not when NEVER,                                      REFUSED, NEVER, ''",
    "5.2.6: expired: failed if FAILURE,                          EXPIRED, FAILURE, failed",
    "5.2.6: expired: told of the delay before,                   EXPIRED, '', delayed-failed",
    "5.2.6: expired: not unless FAILURE,                         EXPIRED, SUCCESS, ''",
    "5.2.6: expired: not when NEVER,                             EXPIRED, NEVER, ''",
  })
  void tellsTheSender(String rule, Fate fate, String asked, String actions) {
    try (Lab lab = lab(fate)) {
      send(lab, fate, envelope(ReversePath.of(SENDER), fate, asked, Optional.empty()));
      assertThat(reports(lab).flatMap(DsnRulesTest::actions).collect(Collectors.joining("-")))
          .isEqualTo(actions);
    }
  }

  @ParameterizedTest(name = "RFC 3461 6.1: {0}: nothing goes to a null reverse-path")
  @CsvSource({"TAKEN", "IN_MAILBOX", "WAITING", "REFUSED", "EXPIRED"})
  void tellsANullReversePathNothing(Fate fate) {
    try (Lab lab = lab(fate)) {
      String all = "SUCCESS-FAILURE-DELAY";
      send(lab, fate, envelope(ReversePath.NULL, fate, all, Optional.empty()));
      assertThat(lab.queue.mailboxes(100, Optional.empty()).items())
          .noneMatch(item -> item.status().isPresent());
    }
  }

  @ParameterizedTest(name = "RFC 3461 4.3: {0}, RET={1}: {2}")
  @CsvSource({
    "REFUSED, FULL, message/rfc822",
    "REFUSED, HDRS, text/rfc822-headers",
    "EXPIRED, FULL, message/rfc822",
    "EXPIRED, HDRS, text/rfc822-headers",
    "TAKEN, FULL, text/rfc822-headers",
    "IN_MAILBOX, FULL, text/rfc822-headers",
    "WAITING, FULL, text/rfc822-headers",
  })
  void returnsTheContentOnlyOfFailedMail(Fate fate, ReturnContent ret, String type) {
    try (Lab lab = lab(fate)) {
      String all = "SUCCESS-FAILURE";
      String asked = fate == Fate.WAITING ? "DELAY" : all;
      send(lab, fate, envelope(ReversePath.of(SENDER), fate, asked, Optional.of(ret)));
      assertThat(reports(lab)).singleElement().asString().contains("Content-Type: " + type);
    }
  }

  @ParameterizedTest(name = "RFC 3461 6.3: {0}: ENVID and ORCPT come back decoded")
  @CsvSource({"TAKEN", "IN_MAILBOX", "REFUSED", "EXPIRED"})
  void givesBackWhatTheSenderGave(Fate fate) {
    try (Lab lab = lab(fate)) {
      String asked = "SUCCESS-FAILURE";
      send(lab, fate, envelope(ReversePath.of(SENDER), fate, asked, Optional.empty()));
      assertThat(reports(lab))
          .singleElement()
          .asString()
          .contains(
              "Original-Envelope-Id: QQ+1\r\n", "Original-Recipient: rfc822;a+b@x.example\r\n")
          .contains("Final-Recipient: rfc822;" + fate.recipient + "\r\n");
    }
  }

  private Lab lab(Fate fate) {
    Lab lab =
        new Lab(
            directory,
            Lab.START,
            RetryPolicy.EXCHANGE.withDelayNotice(Optional.of(Duration.ofHours(4))));
    switch (fate) {
      case TAKEN, IN_MAILBOX -> lab.transport.delivers();
      case TAKEN_WITH_DSN -> lab.transport.answers(DsnRulesTest::takenWithDsn);
      case REFUSED ->
          lab.transport.answers(
              request ->
                  FakeTransport.failed(FakeTransport.replied(Stage.RCPT, 550, "5.1.1 Unknown")));
      case WAITING, EXPIRED -> lab.transport.refusesConnections();
    }
    lab.queue.start();
    return lab;
  }

  private static AttemptReport takenWithDsn(AttemptRequest request) {
    AttemptReport taken = FakeTransport.delivered(request);
    return new AttemptReport(
        taken.destination(),
        taken.delivered(),
        true,
        taken.refused(),
        taken.failure(),
        taken.tls(),
        taken.transcript());
  }

  private static void send(Lab lab, Fate fate, Envelope envelope) {
    lab.submit(envelope, Lab.mail("Hello"));
    switch (fate) {
      case WAITING -> lab.advance(Duration.ofHours(5));
      case EXPIRED -> lab.advance(Duration.ofHours(24));
      case TAKEN, TAKEN_WITH_DSN, IN_MAILBOX, REFUSED -> lab.advance(Duration.ZERO);
    }
  }

  private static Envelope envelope(
      ReversePath from, Fate fate, String asked, Optional<ReturnContent> ret) {
    Set<Notify> notifyOf =
        asked.isEmpty()
            ? Set.of()
            : Stream.of(asked.split("-")).map(Notify::valueOf).collect(Collectors.toSet());
    RecipientDsn dsn =
        new RecipientDsn(notifyOf, OriginalRecipient.parse("rfc822;a+2Bb@x.example"));
    return new Envelope(
        from,
        List.of(fate.recipient),
        BodyType.SEVEN_BIT,
        false,
        new DsnRequest(ret, EnvelopeId.parse("QQ+2B1"), Map.of(fate.recipient, dsn)));
  }

  /** The sender's, the oldest first. */
  private static Stream<String> reports(Lab lab) {
    List<MailboxView> newestFirst = lab.mailbox(SENDER);
    return Stream.iterate(newestFirst.size() - 1, i -> i >= 0, i -> i - 1)
        .map(newestFirst::get)
        .map(item -> Lab.text(lab.queue.mailboxContent(SENDER, item.id()).orElseThrow()));
  }

  private static Stream<String> actions(String report) {
    return ACTION.matcher(report).results().map((MatchResult found) -> found.group(1));
  }
}
