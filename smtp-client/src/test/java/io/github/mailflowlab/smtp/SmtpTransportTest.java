package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.SmtpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SmtpTransportTest {
  private static final Duration LONG = Duration.ofSeconds(20);

  private Lab lab;
  private SmtpTransport transport;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    transport = SmtpTransport.start(Mailing.settings(lab, LONG));
  }

  @AfterAll
  void stop() {
    transport.close();
    lab.close();
  }

  @Test
  void deliversOverTlsWithAReportOfIt() {
    try (StagedFault host = lab.stageHealthy()) {
      AttemptReport report = deliver(connector(TlsSettings.DOMAIN_VALIDATION, host));

      assertThat(report.delivered()).containsOnlyKeys(Mailing.BOB);
      assertThat(report.failure()).isEmpty();
      assertThat(report.tls()).hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1.3 TLS"));
      assertThat(report.destination().map(Destination::serverName))
          .hasValue(host.smartHost().host());
      assertThat(report.transcript())
          .contains("-> STARTTLS", "~> BDAT 40 LAST", "~> [40 bytes of content]")
          .anyMatch(line -> line.startsWith("=== TLS peer certificate: subject CN="));
      ReceivedMessage received = host.received().get(0);
      assertThat(received.content()).isEqualTo(octets(Mailing.HELLO));
      assertThat(received.tls()).isTrue();
      assertThat(received.mailCommand()).contains("<alice@sender.example>", "SIZE=40");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OPPORTUNISTIC", "ENCRYPTION_ONLY"})
  void streamsContentOfManyBlocksUnchanged(TlsSettings settings) {
    String line = ".A line that opens with a dot, and is long enough to straddle blocks.\r\n";
    byte[] octets = line.repeat(30_000).getBytes(StandardCharsets.US_ASCII);
    try (StagedFault host =
        settings.demandsTls() ? lab.stageHealthy() : lab.stage("tls.offer.absent")) {
      AttemptReport report =
          deliver(connector(settings, host), onDisk(octets.length, octets), Mailing.BOB);

      assertThat(report.failure()).isEmpty();
      assertThat(host.received().get(0).content()).isEqualTo(octets);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void endsAChunkOfWholeBlocksWithItsLastOctet(int blocks) {
    byte[] octets = "0123456789abcd\r\n".repeat(4096 * blocks).getBytes(StandardCharsets.US_ASCII);
    try (StagedFault host = lab.stageHealthy()) {
      AttemptReport report =
          deliver(
              connector(TlsSettings.OPPORTUNISTIC, host),
              onDisk(octets.length, octets),
              Mailing.BOB);

      assertThat(report.failure()).isEmpty();
      assertThat(host.received().get(0).content()).isEqualTo(octets);
    }
  }

  @Test
  void contentsItselfWithTls12() {
    try (StagedFault host = lab.stageHealthyWithTls12()) {
      AttemptReport report = deliver(connector(TlsSettings.DOMAIN_VALIDATION, host));

      assertThat(report.failure()).isEmpty();
      assertThat(report.tls())
          .hasValueSatisfying(tls -> assertThat(tls).startsWith("TLSv1.2 TLS_"));
      assertThat(host.received().get(0).tls()).isTrue();
    }
  }

  @Test
  void announcesEightBitContent() {
    try (StagedFault host = lab.stageHealthy()) {
      AttemptRequest request =
          Mailing.request(
              connector(TlsSettings.OPPORTUNISTIC, host),
              Mailing.content("Subject: Gr\u00fc\u00dfe\r\n\r\n"),
              BodyType.EIGHT_BIT_MIME,
              Mailing.BOB);

      assertThat(Mailing.reportOf(transport.start(request)).failure()).isEmpty();
      assertThat(host.received().get(0).mailCommand()).contains("BODY=8BITMIME");
    }
  }

  @Test
  void tellsRecipientsApart() {
    Mailbox deferred = Mailbox.of("defer@contoso.example");
    Mailbox unknown = Mailbox.of("unknown@contoso.example");
    try (StagedFault host = lab.stage("smtp.rcpt.mixed")) {
      AttemptReport report =
          deliver(
              connector(TlsSettings.OPPORTUNISTIC, host),
              Mailing.HELLO,
              deferred,
              Mailing.BOB,
              unknown);

      assertThat(report.delivered()).containsOnlyKeys(Mailing.BOB);
      assertThat(report.refused()).containsOnlyKeys(deferred, unknown);
      assertThat(report.failureOf(deferred).map(Failure::stage)).hasValue(Stage.RCPT);
      assertThat(host.received().get(0).recipients()).containsExactly("bob@contoso.example");
    }
  }

  @Test
  void goesOnToTheNextSmartHostAndReportsWhomItReached() {
    try (StagedFault first = lab.stage("tcp.refused");
        StagedFault second = lab.stage("cert.expired");
        StagedFault third = lab.stageHealthy()) {
      AttemptReport report =
          deliver(connector(TlsSettings.CERTIFICATE_VALIDATION, first, second, third));

      assertThat(report.delivered()).containsOnlyKeys(Mailing.BOB);
      assertThat(report.destination().map(Destination::serverName))
          .hasValue(third.smartHost().host());
      assertThat(String.join("\n", report.transcript()))
          .contains("failed: Socket error code 10061", "CertificateExpired", "~> BDAT 40 LAST");
    }
  }

  @Test
  void reportsTheLastSmartHostWhenAllFail() {
    try (StagedFault first = lab.stage("smtp.banner.554");
        StagedFault second = lab.stage("tcp.refused")) {
      AttemptReport report = deliver(connector(TlsSettings.OPPORTUNISTIC, first, second));

      assertThat(report.failure()).hasValue(new Failure.Connect(ConnectProblem.REFUSED));
      assertThat(report.destination().flatMap(Destination::addressAndPort))
          .hasValue("127.0.0.1:" + second.smartHost().port());
    }
  }

  @Test
  void staysWithItsHostFromMailOn() {
    try (StagedFault first = lab.stage("smtp.drop.mail");
        StagedFault second = lab.stageHealthy()) {
      AttemptReport report = deliver(connector(TlsSettings.OPPORTUNISTIC, first, second));

      assertThat(report.failure()).hasValue(new Failure.Vanished(Stage.MAIL, true, false));
      assertThat(second.sessions()).isEmpty();
    }
  }

  @Test
  void startsWithEachSmartHostInTurn() {
    try (StagedFault first = lab.stageHealthy();
        StagedFault second = lab.stageHealthy();
        SmtpTransport fresh = SmtpTransport.start(Mailing.settings(lab, LONG))) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, first, second);
      for (int i = 0; i < 4; i++) {
        AttemptRequest request = Mailing.request(connector, Mailing.HELLO, Mailing.BOB);
        assertThat(Mailing.reportOf(fresh.start(request)).failure()).isEmpty();
      }
      assertThat(first.received()).hasSize(2);
      assertThat(second.received()).hasSize(2);
    }
  }

  @Test
  void fallsBackToClearOverOneNewConnectionWhereTlsIsNotDemanded() {
    try (StagedFault host = lab.stage("tls.hs.garbage")) {
      AttemptReport report = deliver(connector(TlsSettings.OPPORTUNISTIC, host));

      assertThat(report.delivered()).containsOnlyKeys(Mailing.BOB);
      assertThat(report.tls()).isEmpty();
      assertThat(host.received().get(0).tls()).isFalse();
      assertThat(host.sessions()).hasSize(2);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "OPPORTUNISTIC", mode = EnumSource.Mode.EXCLUDE)
  void neverSendsMailInClearWhereTlsIsDemanded(TlsSettings settings) {
    try (StagedFault host = lab.stage("tls.hs.garbage")) {
      AttemptReport report = deliver(connector(settings, host));

      assertThat(report.failure())
          .hasValue(
              new Failure.Tls(
                  Stage.TLS, TlsProblem.HANDSHAKE, "451 4.4.0 Security status IllegalMessage"));
      assertThat(host.sessions()).hasSize(1);
      assertThat(report.transcript()).noneMatch(line -> line.contains("MAIL"));
    }
  }

  @Test
  void tellsWhatIsWrongWithACertificateInExchangesForm() {
    try (StagedFault host = lab.stage("cert.expired")) {
      AttemptReport report = deliver(connector(TlsSettings.CERTIFICATE_VALIDATION, host));

      assertThat(report.failure().map(Failure::detail).orElse(""))
          .matches(
              "CertificateExpired Expected Subject: "
                  + host.smartHost().host()
                  + "\\. Presented Subject: CN=.+\\. Thumbprint: [0-9A-F]{40}\\."
                  + " .* was not valid after 2026-02-28T12:00:00Z; our clock shows 2026-03-01T12:00:00Z\\.");
      assertThat(report.tls()).isPresent();
    }
  }

  @Test
  void seesARenewedCertificateAtTheNextAttempt() {
    try (StagedFault host = lab.stage("cert.expired")) {
      Connector connector = connector(TlsSettings.CERTIFICATE_VALIDATION, host);
      assertThat(deliver(connector).failure()).isPresent();

      host.repair();

      assertThat(deliver(connector).failure()).isEmpty();
    }
  }

  @Test
  void judgesCertificatesByTheClockItWasGiven() {
    SmtpSettings now = Mailing.settings(lab, LONG);
    InstantSource later = InstantSource.offset(Mailing.CLOCK, Duration.ofDays(20_000));
    SmtpSettings then =
        new SmtpSettings(
            now.heloName(),
            now.timeouts(),
            now.connections(),
            now.dns(),
            now.revocation(),
            later,
            now.ownListener());
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport future = SmtpTransport.start(then)) {
      Connector connector = connector(TlsSettings.CERTIFICATE_VALIDATION, host);
      AttemptRequest request = Mailing.request(connector, Mailing.HELLO, Mailing.BOB);

      assertThat(Mailing.reportOf(future.start(request)).failure().map(Failure::detail))
          .hasValueSatisfying(detail -> assertThat(detail).startsWith("CertificateExpired"));
    }
  }

  @Test
  void blamesNobodyForATrustFileItCannotUse(@TempDir Path folder) throws IOException {
    Path empty = Files.createFile(folder.resolve("empty.pem"));
    Path garbage =
        Files.writeString(folder.resolve("garbage.pem"), "-----BEGIN CERTIFICATE-----\nx");
    try (StagedFault host = lab.stageHealthy()) {
      for (Path trust : List.of(folder.resolve("missing.pem"), folder, empty, garbage)) {
        Connector connector =
            Mailing.connector(
                Optional.of(trust), TlsSettings.CERTIFICATE_VALIDATION, host.smartHost());

        Failure failure = deliver(connector).failure().orElseThrow();

        assertThat(failure).isInstanceOf(Failure.OwnExhaustion.class);
        assertThat(failure.detail()).startsWith("Trust file " + trust);
      }
      assertThat(host.received()).isEmpty();
    }
  }

  @Test
  void abandonsAMessageWhoseContentCannotBeRead() {
    byte[] octets = new byte[200_000];
    MessageContent broken = content(octets.length, () -> breaking(new byte[100_000]));
    MessageContent closed =
        content(
            10,
            () -> {
              throw new IOException("disk gone");
            });
    MessageContent tooShort = onDisk(octets.length + 1, octets);
    MessageContent tooLong = onDisk(octets.length - 1, octets);
    // The peer would take a chunk of its announced size for the whole.
    MessageContent tooLongForBlocks = onDisk(131_072, octets);
    MessageContent tooLongAndSmall = onDisk(5, new byte[6]);
    try (StagedFault host = lab.stageHealthy()) {
      for (MessageContent content :
          List.of(broken, closed, tooShort, tooLong, tooLongForBlocks, tooLongAndSmall)) {
        Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);

        Failure failure = deliver(connector, content, Mailing.BOB).failure().orElseThrow();

        assertThat(failure).isInstanceOf(Failure.OwnExhaustion.class);
        assertThat(failure.stage()).isEqualTo(Stage.BODY);
      }
      assertThat(host.received()).isEmpty();
    }
  }

  @Test
  void readsTheRefusalOfAPeerThatStopsReading() {
    byte[] octets = "line\r\n".repeat(2_000_000).getBytes(StandardCharsets.US_ASCII);
    try (TinyHost host =
        TinyHost.start(
            session -> {
              session.upToContent();
              session.in().readLine();
              session.say("552 5.3.4 Too big");
              session.in().transferTo(Writer.nullWriter());
            })) {
      AttemptReport report = deliver(bare(host), onDisk(octets.length, octets), Mailing.BOB);

      assertThat(report.failure())
          .hasValue(new Failure.Replied(Stage.BODY, SmtpReply.of(552, "5.3.4 Too big"), false));
    }
  }

  @Test
  void givesUpOnAPeerThatTakesNothing() {
    SmtpSettings impatient = Mailing.settings(lab, Duration.ofMillis(500));
    try (TinyHost host =
            TinyHost.start(
                session -> {
                  session.upToContent();
                  session.socket().setSoTimeout(0);
                  waitForEver();
                });
        SmtpTransport hasty = SmtpTransport.start(impatient)) {
      MessageContent large = onDisk(30_000_000, new byte[30_000_000]);
      AttemptRequest request = Mailing.request(bare(host), large, Mailing.BOB);

      assertThat(Mailing.reportOf(hasty.start(request)).failure())
          .hasValue(new Failure.Silence(Stage.BODY, true, Duration.ofMillis(500)));
    }
  }

  @Test
  void takesAReplyTooManyForNonsense() {
    try (TinyHost host =
        TinyHost.start(
            session -> {
              session.say("220 tiny.example");
              session.answer("250 tiny.example\r\n250 and more");
            })) {
      assertThat(deliver(bare(host)).failure())
          .hasValue(new Failure.Nonsense(Stage.MAIL, true, "a reply to nothing: 250"));
    }
  }

  @Test
  void reportsAtTheFinalReplyWhateverQuitDoes() {
    try (StagedFault host = lab.stage("smtp.quit.stall");
        SmtpTransport forgetful =
            SmtpTransport.start(Mailing.settings(lab, LONG, ConnectionLimits.NONE_KEPT))) {
      Connector connector = connector(TlsSettings.OPPORTUNISTIC, host);
      AttemptReport report =
          Mailing.reportOf(forgetful.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB)));

      assertThat(report.delivered()).containsOnlyKeys(Mailing.BOB);
      assertThat(report.transcript()).endsWith("~> QUIT");
      assertThat(host.sessions().get(0).closed()).isFalse();
    }
  }

  @Test
  void checksAHostWithoutSendingMail() {
    try (StagedFault healthy = lab.stageHealthy();
        StagedFault expired = lab.stage("cert.expired");
        StagedFault nowhere = lab.stage("dns.nxdomain")) {
      assertThat(check(TlsSettings.CERTIFICATE_VALIDATION, healthy).failure()).isEmpty();
      assertThat(check(TlsSettings.CERTIFICATE_VALIDATION, healthy).tls()).isPresent();
      assertThat(healthy.received()).isEmpty();
      assertThat(healthy.sessions().get(0).transcript()).noneMatch(line -> line.contains("MAIL"));
      assertThat(check(TlsSettings.CERTIFICATE_VALIDATION, expired).failure())
          .hasValueSatisfying(
              failure -> assertThat(failure).isInstanceOf(Failure.CertificateRejected.class));
      assertThat(check(TlsSettings.OPPORTUNISTIC, nowhere).failure())
          .hasValue(new Failure.Dns(DnsProblem.NO_SUCH_DOMAIN, false));
    }
  }

  @Test
  void asksTheNextServerWhenOneIsDead() {
    SmtpSettings settings = Mailing.settings(lab, Duration.ofSeconds(1));
    List<InetSocketAddress> servers =
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), lab.dns());
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport careful =
            SmtpTransport.start(
                new SmtpSettings(
                    settings.heloName(),
                    settings.timeouts(),
                    settings.connections(),
                    new DnsSettings(servers, Duration.ofSeconds(1), 1),
                    settings.revocation(),
                    settings.clock(),
                    settings.ownListener()))) {
      Attempt attempt =
          careful.check(connector(TlsSettings.ENCRYPTION_ONLY, host), host.smartHost());

      assertThat(Mailing.reportOf(attempt).failure()).isEmpty();
    }
  }

  @Test
  void doesNotBlameTheSmartHostForAClosedDnsPort() {
    try (StagedFault host = lab.stage("dns.tc-tcp-refused");
        Transports transports = new Transports(Mailing.settings(lab, LONG))) {
      AttemptRequest request =
          Mailing.request(lab, TlsSettings.OPPORTUNISTIC, host, Mailing.HELLO, Mailing.BOB);

      AttemptReport report = Mailing.reportOf(transports.of(host).start(request));
      assertThat(report.failure()).hasValue(new Failure.Dns(DnsProblem.NO_ANSWER, false));
      assertThat(host.sessions()).isEmpty();

      host.repair();

      assertThat(Mailing.reportOf(transports.of(host).start(request)).failure()).isEmpty();
    }
  }

  @Test
  void refusesToSendMailToItself() {
    SmtpSettings settings = Mailing.settings(lab, LONG);
    try (StagedFault host = lab.stageHealthy();
        SmtpTransport careful =
            SmtpTransport.start(
                new SmtpSettings(
                    settings.heloName(),
                    settings.timeouts(),
                    settings.connections(),
                    settings.dns(),
                    settings.revocation(),
                    settings.clock(),
                    address -> address.getPort() == host.smartHost().port()))) {
      AttemptRequest request =
          Mailing.request(connector(TlsSettings.OPPORTUNISTIC, host), Mailing.HELLO, Mailing.BOB);

      Failure failure = Mailing.reportOf(careful.start(request)).failure().orElseThrow();

      assertThat(failure.detail()).contains("our own listener");
      assertThat(host.sessions()).isEmpty();
    }
  }

  @Test
  void asksForTheRecipientsDomainWhenMxRouted() {
    try (StagedFault gone = lab.stage("dns.nxdomain")) {
      Connector connector = Mailing.connector(Optional.empty(), TlsSettings.OPPORTUNISTIC);
      AttemptRequest order = Mailing.request(connector, Mailing.HELLO, Mailing.BOB);
      DomainName domain = DomainName.of(gone.smartHost().host());
      AttemptRequest request =
          new AttemptRequest(
              "m1",
              connector,
              new NextHop(connector.name(), Optional.of(domain)),
              order.envelope(),
              order.content());

      AttemptReport report = Mailing.reportOf(transport.start(request));

      assertThat(report.failure()).hasValue(new Failure.Dns(DnsProblem.NO_SUCH_DOMAIN, true));
      assertThat(report.destination()).hasValue(new Destination(domain.value(), Optional.empty()));
    }
  }

  @Test
  void reportsForAConnectorWithoutSmartHosts() {
    Connector connector = Mailing.connector(Optional.empty(), TlsSettings.OPPORTUNISTIC);

    assertThat(deliver(connector).failure())
        .hasValue(new Failure.Dns(DnsProblem.NO_RECORDS, false));
  }

  @Test
  void endsACancelledAttemptWithAReport() {
    try (StagedFault host = lab.stage("smtp.stall.dot")) {
      Attempt attempt = begin(connector(TlsSettings.OPPORTUNISTIC, host));
      await().until(() -> !host.sessions().isEmpty());

      attempt.cancel();
      attempt.cancel();

      assertThat(Mailing.reportOf(attempt).failure())
          .hasValueSatisfying(
              failure -> assertThat(failure).isInstanceOf(Failure.OwnExhaustion.class));
      await().until(() -> host.sessions().get(0).closed());
    }
  }

  @Test
  void reportsAtOnceWhenCancelledBeforeItConnects() {
    try (StagedFault host = lab.stage("dns.timeout")) {
      Attempt attempt = begin(connector(TlsSettings.OPPORTUNISTIC, host));

      attempt.cancel();

      assertThat(Mailing.reportOf(attempt).failure().map(Failure::detail))
          .hasValue("The attempt was cancelled");
    }
  }

  @Test
  void reportsAttemptsThatItsEndCutsOffOrPrevents() {
    try (StagedFault host = lab.stage("tcp.silent")) {
      SmtpTransport closing = SmtpTransport.start(Mailing.settings(lab, LONG));
      AttemptRequest request =
          Mailing.request(connector(TlsSettings.OPPORTUNISTIC, host), Mailing.HELLO, Mailing.BOB);
      Attempt open = closing.start(request);

      closing.close();
      Attempt late = closing.start(request);

      for (Attempt attempt : List.of(open, late)) {
        assertThat(Mailing.reportOf(attempt).failure())
            .hasValueSatisfying(
                failure -> assertThat(failure).isInstanceOf(Failure.OwnExhaustion.class));
      }
      closing.close();
    }
  }

  private AttemptReport deliver(Connector connector) {
    return deliver(connector, Mailing.HELLO, Mailing.BOB);
  }

  private AttemptReport deliver(Connector connector, MessageContent content, Mailbox... to) {
    return Mailing.reportOf(transport.start(Mailing.request(connector, content, to)));
  }

  private Attempt begin(Connector connector) {
    return transport.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB));
  }

  private AttemptReport check(TlsSettings settings, StagedFault host) {
    return Mailing.reportOf(transport.check(connector(settings, host), host.smartHost()));
  }

  /** A new name for each, so that no test counts the turns of another. */
  private Connector connector(TlsSettings settings, StagedFault... hosts) {
    return named(hosts[0].smartHost().toString(), Mailing.connector(lab, settings, hosts));
  }

  private static Connector bare(TinyHost host) {
    SmartHost address = host.smartHost();
    return named(
        address.toString(),
        Mailing.connector(Optional.empty(), TlsSettings.OPPORTUNISTIC, address));
  }

  private static Connector named(String name, Connector like) {
    return new Connector(
        name,
        like.connectorType(),
        like.enabled(),
        like.recipientDomains(),
        like.smartHosts(),
        like.tlsSettings(),
        like.tlsDomain(),
        like.trust(),
        like.comment());
  }

  private static void waitForEver() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static byte[] octets(MessageContent content) {
    try (InputStream in = content.open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @FunctionalInterface
  private interface Opener {
    InputStream open() throws IOException;
  }

  /** Content that claims a size and may block. */
  private static MessageContent onDisk(long size, byte[] octets) {
    return content(size, () -> new ByteArrayInputStream(octets));
  }

  private static MessageContent content(long size, Opener opener) {
    return new MessageContent() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public InputStream open() throws IOException {
        return opener.open();
      }
    };
  }

  /** The first octets, and then a bad sector. */
  private static InputStream breaking(byte[] healthy) throws IOException {
    InputStream bad = InputStream.nullInputStream();
    bad.close(); // Reading a closed stream throws.
    return new SequenceInputStream(new ByteArrayInputStream(healthy), bad);
  }
}
