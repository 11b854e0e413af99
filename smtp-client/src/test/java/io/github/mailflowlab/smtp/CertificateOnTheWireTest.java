package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only shows over several connections, or at the host. */
final class CertificateOnTheWireTest {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00Z"));
  private final Lab lab = Lab.start(now::get);
  private final SmtpTransport transport = transport(Revocation.SOFT);

  @AfterEach
  void stop() {
    transport.close();
    lab.close();
  }

  @Test
  void meetsTheBadOneOfTwoServersEveryOtherTime() {
    try (StagedFault host = lab.stage("cert.one-of-two")) {
      for (int i = 0; i < 2; i++) {
        assertThat(problem(host)).contains(CertificateProblem.NAME_MISMATCH);
        assertThat(problem(host)).isEmpty();
      }
      assertThat(host.received()).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"cert.good", "cert.expired"})
  void tellsWhenACertificateEndsGoodOrNot(String id) {
    List<String> seen = new ArrayList<>();
    try (SmtpTransport heard =
            SmtpTransport.start(
                Mailing.settings(lab, Duration.ofSeconds(20)),
                (connector, server, expires) -> seen.add(server + " to " + expires));
        StagedFault host = lab.stage(id)) {
      AttemptReport report =
          deliver(heard, Mailing.connector(lab, TlsSettings.DOMAIN_VALIDATION, host));

      String server = host.smartHost().host() + " ";
      assertThat(seen).hasSize(1).allMatch(line -> line.startsWith(server));
      assertThat(report.transcript())
          .anyMatch(line -> line.endsWith(seen.get(0).substring(server.length())));
    }
  }

  @Test
  void deliversOnceTheCertificateIsRenewed() {
    try (StagedFault host = lab.stage("cert.renewed")) {
      assertThat(problem(host)).contains(CertificateProblem.EXPIRED);
      advance(Duration.ofMinutes(30).minusMillis(1));
      assertThat(problem(host)).contains(CertificateProblem.EXPIRED);
      advance(Duration.ofMillis(1));
      assertThat(problem(host)).isEmpty();
    }
  }

  @Test
  void deliversOnceOurClockIsRight() {
    try (StagedFault host = lab.stage("cert.skew")) {
      assertThat(problem(host)).contains(CertificateProblem.NOT_YET_VALID);
      advance(Duration.ofDays(1));
      assertThat(problem(host)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cert.good,         none",
    "cert.revoked-crl,  REVOKED",
    "cert.revoked-ocsp, REVOKED",
    "cert.crl-down,     REVOCATION_UNKNOWN",
    "cert.ocsp-down,    REVOCATION_UNKNOWN"
  })
  void insistsOnAnAnswerWhereConfigured(String id, String problem) {
    try (SmtpTransport strict = transport(Revocation.HARD);
        StagedFault host = lab.stage(id)) {
      assertThat(problem(strict, host).map(Enum::name).orElse("none")).isEqualTo(problem);
    }
  }

  /** RFC 6066 3: a literal address is no server name. */
  @Test
  void saysInTheHandshakeWhomItWantsByNameAlone() {
    try (StagedFault host = lab.stageHealthy();
        StagedFault old = lab.stageHealthyWithTls12()) {
      for (StagedFault one : List.of(host, old)) {
        deliver(Mailing.connector(lab, TlsSettings.ENCRYPTION_ONLY, one));
        SmartHost address = new SmartHost("127.0.0.1", one.smartHost().port());
        deliver(Mailing.connector(Optional.empty(), TlsSettings.ENCRYPTION_ONLY, address));

        assertThat(one.sessions().get(0).transcript()).contains("* SNI: " + one.smartHost().host());
        assertThat(one.sessions().get(1).transcript()).contains("* SNI: none");
      }
    }
  }

  private SmtpTransport transport(Revocation revocation) {
    SmtpSettings usual = Mailing.settings(lab, Duration.ofSeconds(20));
    return SmtpTransport.start(
        new SmtpSettings(
            usual.heloName(),
            usual.timeouts(),
            ConnectionLimits.NONE_KEPT,
            usual.dns(),
            revocation,
            now::get,
            usual.ownListener()));
  }

  private void advance(Duration time) {
    now.updateAndGet(before -> before.plus(time));
  }

  private Optional<CertificateProblem> problem(StagedFault host) {
    return problem(transport, host);
  }

  /** Of a delivery; nothing but a rejected certificate is expected to go wrong. */
  private Optional<CertificateProblem> problem(SmtpTransport over, StagedFault host) {
    return deliver(over, Mailing.connector(lab, TlsSettings.DOMAIN_VALIDATION, host))
        .failure()
        .map(failure -> ((Failure.CertificateRejected) failure).problem());
  }

  private void deliver(Connector connector) {
    assertThat(deliver(transport, connector).failure()).isEmpty();
  }

  private static AttemptReport deliver(SmtpTransport over, Connector connector) {
    return Mailing.reportOf(over.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB)));
  }
}
