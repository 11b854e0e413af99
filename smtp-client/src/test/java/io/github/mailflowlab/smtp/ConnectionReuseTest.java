package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Turn;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that carry more than one message, and those that are left. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ConnectionReuseTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofMillis(200);

  private static final Mailbox NOBODY = Mailbox.of("nobody@contoso.example");

  private final AtomicReference<Instant> now = new AtomicReference<>(Mailing.CLOCK.instant());
  private Lab lab;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource
  void carriesOneMessageAfterTheOther(TlsSettings setting) {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, LONG)) {
      AttemptReport last = deliver(transport, connector(setting, host), 3);

      assertThat(sessions(host)).containsExactly(1, 1, 1);
      assertThat(last.transcript().get(0))
          .matches("=== Connected to .* before, message 3 on this connection");
      assertThat(last.tls()).isPresent();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PIPELINING", "CHUNKING", "SIZE", "ENHANCEDSTATUSCODES"})
  void carriesMessagesOctetByOctetWithoutThisExtension(String keyword) {
    byte[] octets = "..A line.\r\n.\r\n".repeat(20_000).getBytes(StandardCharsets.US_ASCII);
    try (StagedFault host = lab.stageHealthyWithout(keyword);
        SmtpTransport transport = transport(20, LONG)) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      for (MessageContent content : List.of(MessageContent.of(octets), Mailing.HELLO)) {
        AttemptReport report =
            Mailing.reportOf(transport.start(Mailing.request(connector, content, Mailing.BOB)));
        assertThat(report.failure()).isEmpty();
      }

      assertThat(sessions(host)).containsExactly(1, 1);
      assertThat(host.received().get(0).content()).isEqualTo(octets);
    }
  }

  @ParameterizedTest(name = "{0} at a time: {1}")
  @CsvSource({"1, 1 2 3", "2, 1 1 2", "3, 1 1 1"})
  void opensANewOneWhenThatManyWereCarried(int limit, String expected) {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(limit, LONG)) {
      deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 3);

      assertThat(String.join(" ", sessions(host).stream().map(String::valueOf).toList()))
          .isEqualTo(expected);
    }
  }

  @Test
  void saysQuitWhenNobodyWantsItAnyMore() {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, SHORT)) {
      deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 1);

      await().until(() -> host.sessions().get(0).closed());
      assertThat(host.sessions().get(0).transcript()).anyMatch(line -> line.endsWith("QUIT"));
      deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 1);
      assertThat(sessions(host)).containsExactly(1, 2);
    }
  }

  @Test
  void leavesOneThatWaitedTooLongByTheLabsClock() {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, LONG)) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      deliver(transport, connector, 1);
      now.updateAndGet(before -> before.plus(LONG));
      deliver(transport, connector, 1);
      now.updateAndGet(before -> before.plus(LONG).plusMillis(1));
      deliver(transport, connector, 1);

      assertThat(sessions(host)).containsExactly(1, 1, 2);
    }
  }

  @Test
  void opensANewOneWhenTheConnectorWasChanged() {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, LONG)) {
      deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 1);
      deliver(transport, connector(TlsSettings.DOMAIN_VALIDATION, host), 1);

      assertThat(sessions(host)).containsExactly(1, 2);
    }
  }

  @Test
  void goesOverANewOneWhenTheOldIsGone() {
    try (StagedFault host = lab.stage("smtp.session.max-messages");
        SmtpTransport transport = transport(20, LONG)) {
      AttemptReport last = deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 3);

      assertThat(last.failure()).isEmpty();
      assertThat(sessions(host)).containsExactly(1, 1, 2);
      assertThat(last.transcript())
          .anyMatch(line -> line.contains("421"))
          .contains("=== This connection is used up: what is left goes over a new one");
    }
  }

  /** A refused recipient leaves an envelope, so the next message begins with RSET. */
  @ParameterizedTest(name = "smtp.{0}.rset")
  @ValueSource(strings = {"stall", "drop", "rst"})
  void goesOverANewOneWhenTheOldCannotBeReset(String how) {
    Action fault =
        switch (how) {
          case "stall" -> Action.HUSH;
          case "drop" -> Action.END;
          default -> Action.RESET;
        };
    HostBehaviour behaviour =
        HostBehaviour.HEALTHY.with(Stage.RSET, fault).with(Stage.RCPT, this::refuseNobody);
    try (StagedFault host = lab.stage(behaviour);
        SmtpTransport transport = transport(20, Duration.ofSeconds(1), Duration.ofSeconds(2))) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      Attempt first = transport.start(Mailing.request(connector, Mailing.HELLO, NOBODY));
      assertThat(Mailing.reportOf(first).refused()).containsKey(NOBODY);

      AttemptReport report = deliver(transport, connector, 1);

      assertThat(report.failure()).isEmpty();
      assertThat(report.transcript()).anyMatch(line -> line.endsWith("> RSET"));
      assertThat(sessions(host)).containsExactly(2);
    }
  }

  private void refuseNobody(Turn turn) {
    boolean nobody = turn.command().contains(NOBODY.localPart());
    (nobody ? Action.say("550 5.1.1 No such user") : Action.OBEY).perform(turn);
  }

  @Test
  void usesNoMoreConnectionsThanThereAreMessagesAtOnce() {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, LONG)) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      for (int round = 0; round < 5; round++) {
        IntStream.range(0, 4)
            .mapToObj(i -> transport.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB)))
            .toList()
            .forEach(attempt -> assertThat(Mailing.reportOf(attempt).failure()).isEmpty());
      }

      assertThat(host.received()).hasSize(20);
      assertThat(host.sessionCount()).isEqualTo(4);
    }
  }

  /** Or a crash could have two messages of one connection sent again. */
  @Test
  void carriesNothingBeforeTheLastOutcomeIsRecorded() {
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport transport = transport(20, LONG)) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      Attempt first = transport.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB));
      assertThat(first.report().toCompletableFuture().join().delivered()).isNotEmpty();
      deliver(transport, connector, 1);
      first.recorded();
      deliver(transport, connector, 2);

      assertThat(sessions(host)).containsExactly(1, 2, 1, 1);
    }
  }

  @Test
  void leavesNoConnectionBehindWhenClosed() {
    try (StagedFault host = lab.stageHealthy()) {
      try (SmtpTransport transport = transport(20, LONG)) {
        deliver(transport, connector(TlsSettings.OPPORTUNISTIC, host), 1);
      }

      await().until(() -> host.sessions().get(0).closed());
    }
  }

  private AttemptReport deliver(SmtpTransport transport, Connector connector, int messages) {
    AttemptReport last = null;
    for (int i = 0; i < messages; i++) {
      last =
          Mailing.reportOf(transport.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB)));
      assertThat(last.delivered()).as("%s", last.transcript()).containsKey(Mailing.BOB);
    }
    return Objects.requireNonNull(last);
  }

  private Connector connector(TlsSettings setting, StagedFault host) {
    return Mailing.connector(lab, setting, host);
  }

  /** Over which session each message came. */
  private static List<Integer> sessions(StagedFault host) {
    return host.received().stream().map(ReceivedMessage::session).toList();
  }

  private SmtpTransport transport(int messages, Duration idle) {
    return transport(messages, idle, LONG);
  }

  private SmtpTransport transport(int messages, Duration idle, Duration limit) {
    SmtpSettings usual = Mailing.settings(lab, limit, new ConnectionLimits(messages, idle));
    return SmtpTransport.start(
        new SmtpSettings(
            usual.heloName(),
            usual.timeouts(),
            usual.connections(),
            usual.dns(),
            usual.revocation(),
            now::get,
            usual.ownListener()));
  }
}
