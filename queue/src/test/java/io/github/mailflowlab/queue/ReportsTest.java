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
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reports a sender gets, by what was asked (RFC 3461 4.1). */
final class ReportsTest {
  private static final Mailbox SENDER = Mailbox.of("sender@elsewhere.example");
  private static final Mailbox BOB = Mailbox.of("bob@contoso.example");
  private static final Mailbox CAROL = Mailbox.of("carol@contoso.example");

  @TempDir Path directory;
  private Lab lab;

  @BeforeEach
  void start() {
    lab = Lab.started(directory);
  }

  @AfterEach
  void close() {
    lab.close();
  }

  @ParameterizedTest(name = "NOTIFY={0}: refused {1}, delivered {2}, next hop knows DSN {3}")
  @CsvSource({
    "'',             Undeliverable: Hello, '',             ''",
    "NEVER,          '',                   '',             ''",
    "FAILURE,        Undeliverable: Hello, '',             ''",
    "DELAY,          '',                   '',             ''",
    "SUCCESS,        '',                   Relayed: Hello, ''",
    "SUCCESS-FAILURE, Undeliverable: Hello, Relayed: Hello, ''",
  })
  void reportsWhatIsWanted(String notifyOf, String refused, String delivered, String passedOn) {
    Envelope envelope = envelope(asking(notifyOf), BOB);

    lab.transport.answers(ReportsTest::refused);
    assertThat(subjectsAfter(envelope)).isEqualTo(refused);

    lab.transport.delivers();
    assertThat(subjectsAfter(envelope)).isEqualTo(delivered);

    lab.transport.answers(request -> knowingDsn(FakeTransport.delivered(request)));
    assertThat(subjectsAfter(envelope)).isEqualTo(passedOn);

    lab.transport.refusesConnections();
    lab.submit(envelope, Lab.mail("Hello"));
    int before = lab.mailbox(SENDER).size();
    lab.advance(Duration.ofHours(24));
    assertThat(lab.mailbox(SENDER).size() - before).isEqualTo(refused.isEmpty() ? 0 : 1);
  }

  @Test
  void passesOnWhatWasAskedAlsoAfterARestart() {
    RecipientDsn asked =
        new RecipientDsn(Set.of(Notify.SUCCESS), OriginalRecipient.parse("rfc822;b@x.example"));
    Envelope envelope =
        new Envelope(
            ReversePath.of(Mailbox.of("jürgen@elsewhere.example")),
            List.of(BOB),
            BodyType.EIGHT_BIT_MIME,
            true,
            new DsnRequest(
                Optional.of(ReturnContent.FULL), EnvelopeId.parse("Q1"), Map.of(BOB, asked)));
    lab.transport.refusesConnections();
    lab.submit(envelope, Lab.mail("Hello"));
    lab.close();
    lab = new Lab(directory, Lab.START.plusSeconds(60));
    lab.queue.start();
    lab.time.settle();

    assertThat(lab.transport.made().get(0).request().envelope()).isEqualTo(envelope);
  }

  @Test
  void tellsOfAllRecipientsOfOneKindInOneReport() {
    lab.transport.answers(FakeTransport::delivered);
    lab.submit(envelope(asking("SUCCESS"), BOB, CAROL, Lab.ALICE), Lab.mail("Hello"));

    List<MailboxView> reports = lab.mailbox(SENDER);
    assertThat(reports)
        .extracting(MailboxView::subject)
        .containsExactlyInAnyOrder("Relayed: Hello", "Delivered: Hello");
    assertThat(reports).noneMatch(MailboxView::ndr);
    assertThat(text("Relayed: Hello"))
        .contains("Final-Recipient: rfc822;bob@", "Final-Recipient: rfc822;carol@")
        .doesNotContain("Final-Recipient: rfc822;alice@")
        .contains("Action: relayed", "Remote-MTA: dns;mail.contoso.example")
        .contains("Content-Type: text/rfc822-headers")
        .contains("Message-ID: <1@contoso.example>")
        .doesNotContain("\r\nHello\r\n");
    assertThat(text("Delivered: Hello"))
        .contains("Final-Recipient: rfc822;alice@", "Action: delivered", "Status: 2.1.5")
        .doesNotContain("Remote-MTA");
  }

  @ParameterizedTest
  @CsvSource({
    "FULL, message/rfc822, true",
    "HDRS, text/rfc822-headers, false",
    ", message/rfc822, true"
  })
  void returnsAsMuchAsWasAsked(ReturnContent ret, String type, boolean body) {
    lab.transport.answers(ReportsTest::refused);
    Envelope envelope =
        new Envelope(
            ReversePath.of(SENDER),
            List.of(BOB),
            BodyType.SEVEN_BIT,
            false,
            new DsnRequest(Optional.ofNullable(ret), EnvelopeId.parse("Q+2B1"), Map.of()));
    lab.submit(envelope, Lab.mail("Hello"));

    assertThat(text("Undeliverable: Hello"))
        .contains("Content-Type: " + type + "\r\n", "Original-Envelope-Id: Q+1\r\n");
    assertThat(text("Undeliverable: Hello").contains("\r\nHello\r\n")).isEqualTo(body);
  }

  @ParameterizedTest(name = "{0} octets beyond the limit")
  @CsvSource({"0, message/rfc822", "1, text/rfc822-headers"})
  void returnsTheHeaderOnlyOfWhatIsTooLarge(int beyond, String type) {
    String header = "Subject: Hello\r\n\r\n";
    String body = "x".repeat((int) Reports.MAX_RETURNED + beyond - header.length());
    lab.transport.answers(ReportsTest::refused);
    Envelope envelope =
        new Envelope(
            ReversePath.of(SENDER),
            List.of(BOB),
            BodyType.SEVEN_BIT,
            false,
            new DsnRequest(Optional.of(ReturnContent.FULL), Optional.empty(), Map.of()));
    lab.submit(envelope, Lab.content(header + body));

    assertThat(text("Undeliverable: Hello")).contains("Content-Type: " + type + "\r\n");
  }

  @Test
  void reportsNothingToANullReversePath() {
    Envelope envelope =
        new Envelope(
            ReversePath.NULL,
            List.of(BOB, Lab.ALICE),
            BodyType.SEVEN_BIT,
            false,
            dsn(asking("SUCCESS"), BOB, Lab.ALICE));
    lab.submit(envelope, Lab.mail("Hello"));

    assertThat(lab.queue.mailboxes(100, Optional.empty()).items())
        .extracting(MailboxView::subject)
        .containsExactly("Hello");
  }

  /** What a further message brings the sender. */
  private String subjectsAfter(Envelope envelope) {
    int before = lab.mailbox(SENDER).size();
    lab.submit(envelope, Lab.mail("Hello"));
    List<MailboxView> now = lab.mailbox(SENDER);
    return String.join(
        ",", now.subList(0, now.size() - before).stream().map(MailboxView::subject).toList());
  }

  private String text(String subject) {
    MailboxView view =
        lab.mailbox(SENDER).stream()
            .filter(one -> one.subject().equals(subject))
            .findFirst()
            .orElseThrow();
    return Lab.text(lab.queue.mailboxContent(SENDER, view.id()).orElseThrow());
  }

  private static AttemptReport refused(AttemptRequest request) {
    return FakeTransport.failed(FakeTransport.replied(Stage.DOT, 554, "5.7.1 No"));
  }

  private static AttemptReport knowingDsn(AttemptReport report) {
    return new AttemptReport(
        report.destination(),
        report.delivered(),
        true,
        report.refused(),
        report.failure(),
        report.tls(),
        report.transcript());
  }

  private static RecipientDsn asking(String keywords) {
    Set<Notify> notifyOf =
        keywords.isEmpty()
            ? Set.of()
            : Set.copyOf(List.of(keywords.split("-")).stream().map(Notify::valueOf).toList());
    return new RecipientDsn(notifyOf, Optional.empty());
  }

  private static Envelope envelope(RecipientDsn asked, Mailbox... recipients) {
    return new Envelope(
        ReversePath.of(SENDER),
        List.of(recipients),
        BodyType.SEVEN_BIT,
        false,
        dsn(asked, recipients));
  }

  private static DsnRequest dsn(RecipientDsn asked, Mailbox... recipients) {
    return new DsnRequest(
        Optional.empty(),
        Optional.empty(),
        List.of(recipients).stream().collect(Collectors.toMap(one -> one, one -> asked)));
  }
}
