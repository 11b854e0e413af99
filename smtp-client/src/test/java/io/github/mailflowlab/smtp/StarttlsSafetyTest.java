package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.StagedFault;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever stands in between and wants the mail in clear, or his own words taken for the peer's. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StarttlsSafetyTest {
  private static final List<TlsSettings> DEMANDING =
      Stream.of(TlsSettings.values()).filter(TlsSettings::demandsTls).toList();

  /** Replies that would carry a message to its end, for a client that believes them. */
  private static final String INJECTED =
      "250-evil.example\r\n250 8BITMIME\r\n250 ok\r\n250 ok\r\n354 go\r\n250 ok\r\n";

  private Lab lab;
  private SmtpTransport transport;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    transport = SmtpTransport.start(Mailing.settings(lab, Duration.ofSeconds(1)));
  }

  @AfterAll
  void stop() {
    transport.close();
    lab.close();
  }

  /** Every fault of the offer and of the handshake that leaves the session without TLS. */
  static Stream<String> downgrades() {
    return Lab.implementedFaultIds().stream()
        .filter(id -> id.startsWith("tls.offer.") || id.startsWith("tls.hs."))
        .filter(id -> !id.equals("tls.hs.huge-chain"));
  }

  @ParameterizedTest
  @MethodSource("downgrades")
  void sendsNoOctetOfMailToWhoeverTakesTlsAway(String id) {
    for (TlsSettings settings : DEMANDING) {
      try (StagedFault host = lab.stage(id)) {
        AttemptReport report =
            Mailing.reportOf(
                transport.start(
                    Mailing.request(
                        Mailing.connector(lab, settings, host), Mailing.HELLO, Mailing.BOB)));

        assertThat(report.failure().orElseThrow())
            .as("%s", settings)
            .isInstanceOf(Failure.Tls.class);
        assertThat(host.received()).isEmpty();
        assertThat(host.sessions())
            .as("%s", settings)
            .isNotEmpty()
            .allSatisfy(StarttlsSafetyTest::requireNoMail);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = "OPPORTUNISTIC", mode = EnumSource.Mode.EXCLUDE)
  void believesNothingThatCameInOneSegmentWithTheReplyToStarttls(TlsSettings settings) {
    Queue<String> commands = new ConcurrentLinkedQueue<>();
    try (TinyHost host =
        TinyHost.start(
            session -> {
              upToStarttls(session, commands);
              session.say("220 go ahead\r\n" + INJECTED.strip());
              listen(session, commands);
            })) {
      assertThat(failure(settings, host))
          .isEqualTo(
              new Failure.Tls(
                  Stage.TLS, TlsProblem.INJECTED, "451 4.4.0 Security status IllegalMessage"));
    }
    assertThat(commands).noneMatch(command -> command.contains("MAIL"));
  }

  @ParameterizedTest
  @EnumSource(names = "OPPORTUNISTIC", mode = EnumSource.Mode.EXCLUDE)
  void believesNothingThatCameInALaterSegmentBeforeTheHandshake(TlsSettings settings) {
    Queue<String> commands = new ConcurrentLinkedQueue<>();
    try (TinyHost host =
        TinyHost.start(
            session -> {
              upToStarttls(session, commands);
              session.say("220 go ahead");
              // The first octet of the ClientHello: the reply has been read.
              commands.add("octet " + session.in().read());
              session.say(INJECTED.strip());
              listen(session, commands);
            })) {
      assertThat(failure(settings, host))
          .isEqualTo(
              new Failure.Tls(
                  Stage.TLS, TlsProblem.HANDSHAKE, "451 4.4.0 Security status IllegalMessage"));
    }
    assertThat(commands).contains("octet 22").noneMatch(command -> command.contains("MAIL"));
  }

  private static void requireNoMail(SessionRecord session) {
    assertThat(session.tls()).isFalse();
    assertThat(session.transcript().stream().filter(line -> line.startsWith("C: ")))
        .isSubsetOf("C: EHLO client.example", "C: STARTTLS", "C: QUIT");
  }

  private Failure failure(TlsSettings settings, TinyHost host) {
    SmartHost address = host.smartHost();
    return Mailing.reportOf(
            transport.start(
                Mailing.request(
                    Mailing.connector(Optional.empty(), settings, address),
                    Mailing.HELLO,
                    Mailing.BOB)))
        .failure()
        .orElseThrow();
  }

  private static void upToStarttls(TinyHost.Session session, Queue<String> commands)
      throws IOException {
    session.say("220 tiny.example");
    commands.add(session.in().readLine());
    session.say("250-tiny.example\r\n250 STARTTLS");
    commands.add(session.in().readLine());
  }

  /** To the end; what comes may be TLS. */
  private static void listen(TinyHost.Session session, Queue<String> commands) throws IOException {
    for (String line = session.in().readLine(); line != null; line = session.in().readLine()) {
      commands.add(line);
    }
  }
}
