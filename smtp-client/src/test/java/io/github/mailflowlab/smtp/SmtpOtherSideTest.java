package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Firewall.Verdict;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Duration;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SMTP faults beyond the one form that the catalogue's table stages: under the limit and over. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmtpOtherSideTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private final Verdicts verdicts = new Verdicts();
  private Lab lab;
  private SmtpTransport patient;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    patient = SmtpTransport.start(Mailing.settings(lab, LONG));
  }

  @AfterAll
  void stop() {
    patient.close();
    lab.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"smtp.banner.late", "smtp.dot.late"})
  void deliversIfWhatIsLateComesWithinTheLimit(String id) {
    try (StagedFault host = lab.stage(id)) {
      assertThat(codeOf(host, patient)).isEqualTo("none");
      assertThat(host.received()).hasSize(1);
    }
  }

  /** {@code smtp.dot.late} beyond the limit: the host has it, we do not know, so it comes twice. */
  @Test
  void makesADuplicateOfWhatWasAcceptedTooLate() {
    Timeouts limits = limits(LONG, Duration.ofMillis(300));
    try (StagedFault host = lab.stage("smtp.dot.late");
        SmtpTransport impatient = SmtpTransport.start(settings(limits))) {
      assertThat(codeOf(host, impatient)).isEqualTo("4.4.318");
      host.repair();
      assertThat(codeOf(host, impatient)).isEqualTo("none");
      assertThat(host.received()).hasSize(2);
    }
  }

  /** {@code smtp.banner.drip}: each byte comes soon enough, and all of them do not. */
  @Test
  void doesNotLetDropsExtendTheLimitOfTheGreeting() {
    try (StagedFault host = lab.stage("smtp.banner.drip");
        SmtpTransport impatient =
            SmtpTransport.start(settings(limits(Duration.ofMillis(300), LONG)))) {
      assertThat(codeOf(host, impatient)).isEqualTo("4.4.317");
    }
  }

  /** The same with every other reply. */
  @ParameterizedTest
  @ValueSource(strings = {"EHLO", "MAIL", "RCPT", "DATA", "DOT"})
  void doesNotLetDropsExtendTheLimitOfAnyReply(Stage stage) {
    Duration limit = Duration.ofMillis(500);
    try (StagedFault host = lab.stage(healthyBut(stage, Action.dripped(limit.dividedBy(5))));
        SmtpTransport impatient = SmtpTransport.start(Mailing.settings(lab, limit))) {
      assertThat(attempt(host, impatient).failureOf(Mailing.BOB))
          .hasValue(new Failure.Silence(stage, stage != Stage.EHLO, limit));
    }
  }

  /** However much a peer says, what is kept of it is little. */
  @ParameterizedTest
  @ValueSource(
      strings = {"250-And one more\r\n", "250-\u00ff\u0001\u0000\u009b2J\r\n", "250 \0", "\0"})
  void keepsLittleOfAReplyWithoutEnd(String chunk) {
    try (StagedFault host = lab.stage(healthyBut(Stage.MAIL, Action.flood(chunk.repeat(50))))) {
      AttemptReport report = attempt(host, patient);

      assertThat(report.failure().orElseThrow()).isInstanceOf(Failure.Nonsense.class);
      assertThat(report.failure().orElseThrow().detail()).hasSizeLessThan(500);
      assertThat(String.join("", report.transcript()))
          .hasSizeLessThan(5_000)
          .matches("\\P{Cntrl}*");
    }
  }

  @ParameterizedTest(name = "smtp.banner.multiline: {0} lines")
  @CsvSource({"2, none", "100, none", "128, none", "129, 4.4.317"})
  void takesAGreetingOfSoManyLines(int lines, String code) {
    Action greet = Action.reworded(text -> "220-And one more\r\n".repeat(lines - 1) + text);
    assertThat(codeAt(Stage.BANNER, greet)).isEqualTo(code);
  }

  @Test
  void givesUpOnAGreetingWithoutEnd() {
    assertThat(codeAt(Stage.BANNER, Action.flood("220-And one more\r\n".repeat(50))))
        .isEqualTo("4.4.317");
  }

  @ParameterizedTest(name = "smtp.banner.foreign: {0}")
  @ValueSource(
      strings = {
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n",
        "+OK POP3 ready\r\n",
        "* OK IMAP ready\r\n",
        "\u0015\u0003\u0001\0\2\2F"
      })
  void knowsThatAnotherProtocolIsNotSmtp(String greeting) {
    assertThat(codeAt(Stage.BANNER, Action.raw(greeting))).isEqualTo("4.4.317");
  }

  /** {@code smtp.banner.then-close}: by FIN in the catalogue's table, by RST here. */
  @Test
  void takesAResetAfterTheGreetingForTheSame() {
    assertThat(codeAt(Stage.BANNER, Action.OBEY.then(Action.RESET))).isEqualTo("4.4.317");
  }

  @ParameterizedTest(name = "shape.out-of-range: {0}")
  @ValueSource(strings = {"199 x", "600 x", "-50 x", "2xx x", "025 x", "25 x", "2500 x", "999"})
  void acceptsNoCodeOutOfRange(String line) {
    assertThat(codeAt(Stage.EHLO, Action.say(line))).isEqualTo("4.4.317");
    assertThat(codeAt(Stage.MAIL, Action.say(line))).isEqualTo("4.4.318");
  }

  @ParameterizedTest(name = "shape.{0} after EHLO")
  @CsvSource(
      delimiter = '|',
      value = {
        "bare-lf      | 250 ok\\n",
        "bare-cr      | 250-ok\\r250 ok\\r\\n",
        "no-separator | 250ok\\r\\n",
        "mixed-codes  | 250-ok\\r\\n550 no\\r\\n",
        "extra        | 250 ok\\r\\n250 ok\\r\\n",
        "extra        | 250 ok\\r\\n550 no\\r\\n",
        "empty        | \\r\\n"
      })
  void callsABrokenReplyInTheTransactionAProtocolError(String shape, String reply) {
    String bytes = reply.replace("\\r", "\r").replace("\\n", "\n");
    for (Stage stage : List.of(Stage.MAIL, Stage.RCPT, Stage.DATA)) {
      assertThat(codeAt(stage, Action.raw(bytes)))
          .as("%s at %s", shape, stage)
          .isEqualTo("4.4.318");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"MAIL", "RCPT", "DATA", "DOT"})
  void givesUpOnAReplyWithoutEndWhereverItComes(Stage stage) {
    assertThat(codeAt(stage, Action.flood("250-And one more\r\n".repeat(50)))).isEqualTo("4.4.318");
    assertThat(codeAt(stage, Action.say("250 " + "x".repeat(100_000)))).isEqualTo("4.4.318");
  }

  /** {@code shape.contradiction}: the three digits count, whatever stands behind them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({"550 4.2.0 Not now, true", "450 5.1.1 Nobody, false"})
  void believesTheThreeDigits(String reply, boolean permanent) {
    try (StagedFault host = lab.stage(healthyBut(Stage.RCPT, Action.say(reply)))) {
      Failure failure = attempt(host, patient).failureOf(Mailing.BOB).orElseThrow();
      assertThat(failure)
          .isInstanceOfSatisfying(
              Failure.Replied.class,
              replied -> assertThat(replied.reply().isPermanent()).isEqualTo(permanent));
    }
  }

  /** {@code 250 5.1.1} is an acceptance. */
  @Test
  void deliversOnA250ThatContradictsItself() {
    assertThat(codeAt(Stage.DOT, Action.TAKE.then(Action.say("250 5.6.0 Refused"))))
        .isEqualTo("none");
  }

  /** {@code smtp.421-anytime}. */
  @ParameterizedTest
  @CsvSource({
    "EHLO, 4.4.317",
    "MAIL, remote",
    "RCPT, remote",
    "DATA, remote",
    "BODY, remote",
    "DOT, remote",
    "QUIT, none"
  })
  void believesA421AtAnyStage(Stage stage, String code) {
    Action closing = Action.say("421 4.3.2 Shutting down").then(Action.END);
    assertThat(codeAt(stage, closing)).isEqualTo(code);
  }

  @ParameterizedTest(name = "smtp.body.drop at {0} %")
  @ValueSource(ints = {0, 50, 99})
  void tellsThatTheConnectionWasClosedWithinTheContent(int percent) {
    MessageContent content = Mailing.content(("x".repeat(98) + "\r\n").repeat(10_000));
    // A chunk begins in the segment of its command, which counts as no content.
    HostBehaviour cut =
        HostBehaviour.HEALTHY
            .without("CHUNKING")
            .behind(
                () -> {
                  long[] left = {content.size() * percent / 100};
                  return (text, isContent) -> {
                    left[0] -= isContent ? text.length() : 0;
                    return isContent && left[0] < 0 ? Verdict.CLOSE : Verdict.PASS;
                  };
                });
    try (StagedFault host = lab.stage(cut)) {
      assertThat(codeOf(host, patient, content, Mailing.BOB)).isEqualTo("4.4.318");
      assertThat(host.received()).isEmpty();
    }
  }

  /** A host that refuses the content and then reads no more: only who reads meanwhile sees it. */
  @Test
  void readsWhileItWrites() {
    MessageContent content = Mailing.content("x".repeat(30_000_000));
    Action refuse = Action.say("552 5.3.4 Message too big").then(Action.HUSH);
    try (StagedFault host = lab.stage(healthyBut(Stage.BODY, refuse))) {
      assertThat(codeOf(host, patient, content, Mailing.BOB)).isEqualTo("remote");
    }
  }

  /** {@code fw.asa-limits}: what is within them passes. */
  @ParameterizedTest(name = "{0} recipients, lines of {1}")
  @CsvSource({"100, 998, none", "101, 998, 4.4.318", "1, 999, 4.4.318"})
  void keepsToTheLimitsOfAFirewallOrIsCutOff(int recipients, int length, String code) {
    MessageContent content =
        Mailing.content("X-Long: " + "x".repeat(length - 8) + "\r\n\r\nHi.\r\n");
    IntFunction<Mailbox> numbered = i -> Mailbox.of("bob" + i + "@contoso.example");
    Mailbox[] to = IntStream.range(0, recipients).mapToObj(numbered).toArray(Mailbox[]::new);
    try (StagedFault host = lab.stage("fw.asa-limits")) {
      assertThat(codeOf(host, patient, content, to)).isEqualTo(code);
    }
  }

  private String codeAt(Stage stage, Action action) {
    try (StagedFault host = lab.stage(healthyBut(stage, action))) {
      return codeOf(host, patient);
    }
  }

  /** With DATA, whose reply is not the last word on the message, as that to a chunk is. */
  private static HostBehaviour healthyBut(Stage stage, Action action) {
    return HostBehaviour.HEALTHY.without("CHUNKING").with(stage, action);
  }

  private String codeOf(StagedFault host, SmtpTransport transport) {
    return verdicts.codeOf(attempt(host, transport), Mailing.BOB);
  }

  private String codeOf(
      StagedFault host, SmtpTransport transport, MessageContent content, Mailbox... to) {
    return verdicts.codeOf(attempt(host, transport, content, to), to);
  }

  private AttemptReport attempt(StagedFault host, SmtpTransport transport) {
    return attempt(host, transport, Mailing.HELLO, Mailing.BOB);
  }

  private AttemptReport attempt(
      StagedFault host, SmtpTransport transport, MessageContent content, Mailbox... to) {
    AttemptRequest request =
        Mailing.request(Mailing.connector(lab, TlsSettings.OPPORTUNISTIC, host), content, to);
    return Mailing.reportOf(transport.start(request));
  }

  private SmtpSettings settings(Timeouts timeouts) {
    return new SmtpSettings(
        "client.example",
        timeouts,
        ConnectionLimits.DEFAULT,
        new DnsSettings(List.of(lab.dns()), LONG, 1),
        Revocation.SOFT,
        Mailing.CLOCK,
        address -> false);
  }

  private static Timeouts limits(Duration banner, Duration finalDot) {
    return new Timeouts(LONG, banner, LONG, LONG, LONG, LONG, LONG, LONG, finalDot);
  }
}
