package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The other side of faults that show only beyond a limit or a size, by turns, or to some: {@link
 * CatalogueWireTest} has the side that the catalogue names.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class OtherSideTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SHORT = Duration.ofSeconds(1);

  private final Verdicts verdicts = new Verdicts();
  private Lab lab;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
  }

  @AfterAll
  void stop() {
    lab.close();
  }

  @ParameterizedTest(name = "{0} with patience: {1}, without: {2}")
  @CsvSource({
    "dns.slow,         none, 4.4.312",
    "dns.drop-first-n, none, 4.4.312",
    "tcp.slow-accept,  none, 4.4.315",
  })
  void dependsOnTheLimit(String id, String withPatience, String without) {
    // The impatient one goes first, and soon: what is slow for a while is so at first.
    try (SmtpTransport impatient = SmtpTransport.start(Mailing.settings(lab, SHORT));
        StagedFault host = lab.stage(id)) {
      assertThat(codeOf(deliver(host, impatient, Mailing.HELLO))).isEqualTo(without);
      assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo(withPatience);
    }
  }

  @Test
  void dnsFlapIsGoodEverySecondTime() {
    try (StagedFault host = lab.stage("dns.flap")) {
      for (String code : List.of("4.4.316", "none", "4.4.316", "none")) {
        assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo(code);
      }
    }
  }

  @Test
  void dnsStaleIsOverWhenTheNewAddressIsToldBecauseNothingIsRemembered() {
    try (StagedFault host = lab.stage("dns.stale")) {
      assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo("4.4.316");
      host.repair();
      assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo("none");
    }
  }

  @Test
  void dnsLameRefusedFailsWithTheLameServerAlone() {
    try (StagedFault host = lab.stage("dns.lame-refused")) {
      SmtpSettings lameOnly =
          Mailing.withDns(
              Mailing.settings(lab, LONG),
              new DnsSettings(host.dnsServers().subList(0, 1), LONG, 2));
      assertThat(codeOf(deliver(host, lameOnly, Mailing.HELLO))).isEqualTo("4.4.312");
    }
  }

  @Test
  void tcpMaxConnsTakesWhoeverComesAlone() {
    try (StagedFault host = lab.stage("tcp.max-conns")) {
      assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo("none");
    }
  }

  @Test
  void tcpOneOfNFailsWhenTheOtherOneFailsToo() {
    try (StagedFault host = lab.stage("tcp.one-of-n")) {
      AttemptReport report = deliver(host, LONG, Mailing.HELLO);
      assertThat(codeOf(report)).isEqualTo("none");
      assertThat(report.transcript())
          .anyMatch(line -> line.contains("127.0.0.2") && line.contains("10061"));
    }
  }

  @Test
  void tcpCutAfterNTakesWhatIsSmall() {
    try (StagedFault host = lab.stage("tcp.cut-after-n")) {
      assertThat(codeOf(deliver(host, LONG, Mailing.HELLO))).isEqualTo("none");
    }
  }

  @Test
  void tcpZeroWindowStallsABlockOfALargeMail() {
    MessageContent large = Mailing.content(("x".repeat(98) + "\r\n").repeat(80_000));
    try (StagedFault host = lab.stage("tcp.zero-window")) {
      assertThat(deliver(host, SHORT, large).failure())
          .hasValue(new Failure.Silence(Stage.BODY, true, SHORT));
    }
  }

  @Test
  void tcpBandwidthIsTooSmallForALargeMail() {
    MessageContent large = Mailing.content(("x".repeat(98) + "\r\n").repeat(2_000));
    try (StagedFault host = lab.stage("tcp.bandwidth")) {
      Duration limit = Duration.ofSeconds(5);
      assertThat(codeOf(deliver(host, limit, large))).isEqualTo("4.4.318");
      assertThat(host.received()).isEmpty();
    }
  }

  private String codeOf(AttemptReport report) {
    return verdicts.codeOf(report, Mailing.BOB);
  }

  private AttemptReport deliver(StagedFault host, Duration limit, MessageContent content) {
    return deliver(host, Mailing.settings(lab, limit), content);
  }

  private AttemptReport deliver(StagedFault host, SmtpSettings settings, MessageContent content) {
    try (SmtpTransport transport = SmtpTransport.start(settings)) {
      return deliver(host, transport, content);
    }
  }

  private AttemptReport deliver(StagedFault host, SmtpTransport transport, MessageContent content) {
    return Mailing.reportOf(
        transport.start(
            Mailing.request(lab, TlsSettings.OPPORTUNISTIC, host, content, Mailing.BOB)));
  }
}
