package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;
import static io.github.mailflowlab.junit.MailFlowAssertions.assertThatThrownBy;

import io.github.mailflowlab.config.TlsSettings;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@MailFlowTest
@Execution(ExecutionMode.CONCURRENT)
final class MailFlowTestTest {
  private static final String BOB = "bob@onprem.example";

  @Test
  void deliversToAHealthyHost(Connector connector, SmartHost host) {
    String id = connector.send(BOB);
    assertThat(connector).message(id).isDelivered().afterAttempts(1);
    assertThat(host).hasReceivedOnce(BOB).isFrom(Connector.SENDER).cameOverTls();
  }

  @Test
  void returnsMailAfterADay(
      Connector connector,
      @Faulty("tcp.refused") SmartHost host,
      SimulatedClock clock,
      Mailboxes mailboxes) {
    String id = connector.send(BOB);
    assertThat(connector).message(id).isQueued().withCode("4.4.316").afterAttempts(1);
    clock.advance(Duration.ofHours(24));
    assertThat(connector).message(id).isReturned().withCode("5.4.316").afterAttempts(151);
    assertThat(mailboxes).haveOneNdr(Connector.SENDER, "5.4.316");
    assertThat(host).hasReceived(0).hadSessions(0);
  }

  @Test
  void deliversOnceTheHostIsRepaired(Connector connector, SmartHost host, SimulatedClock clock) {
    host.breakWith("smtp.banner.554");
    String id = connector.send(BOB);
    assertThat(connector).message(id).isQueued().withCode("4.4.317").withLastError("554");
    host.repair();
    assertThat(connector).message(id).isQueued();
    clock.advanceToNextEvent();
    assertThat(connector).message(id).isDelivered().afterAttempts(2);
    assertThat(connector).hasQueued(0);
  }

  @Test
  void goesOnToTheSecondHost(
      Connector connector, @Faulty("tcp.refused") SmartHost first, SmartHost second) {
    connector.send(BOB);
    assertThat(first).hasReceived(0);
    assertThat(second).hasReceived(1);
  }

  @ParameterizedTest
  @CsvSource({"cert.expired, 4.7.320", "tls.offer.absent, 4.4.317"})
  void demandsTls(String fault, String code, Connector connector, SmartHost host) {
    host.breakWith(fault);
    connector.demand(TlsSettings.CERTIFICATE_VALIDATION);
    assertThat(connector).message(connector.send(BOB)).isQueued().withCode(code);
  }

  @Test
  void demandsADomain(Connector connector, SmartHost host, SimulatedClock clock) {
    connector.demandDomain("elsewhere.example");
    String id = connector.send(BOB);
    assertThat(connector).message(id).isQueued().withCode("4.7.320");
    connector.demandDomain(host.name());
    clock.advanceToNextEvent();
    assertThat(connector).message(id).isDelivered();
  }

  @Test
  void holdsMailWhileTheConnectorIsDisabled(
      Connector connector, SmartHost host, SimulatedClock clock) {
    host.breakWith("tcp.refused");
    String id = connector.send(BOB);
    connector.disable();
    host.repair();
    clock.advance(Duration.ofHours(1));
    assertThat(connector).message(id).isQueued().afterAttempts(1);
    assertThatThrownBy(() -> connector.send(BOB))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("550 5.4.4");
    connector.enable();
    clock.advance(Duration.ofMinutes(1));
    assertThat(connector).message(id).isDelivered();
  }

  @Test
  void leavesTheClockAlone(SimulatedClock clock) {
    Instant before = clock.now();
    assertThat(clock.now()).isEqualTo(before);
    clock.advance(Duration.ofSeconds(1));
    assertThat(clock.now()).isEqualTo(before.plusSeconds(1));
  }

  @Nested
  final class Inside {
    private final Connector connector;

    Inside(Connector connector) {
      this.connector = connector;
    }

    @Test
    void hasTheSameLabAsItsConstructor(SmartHost host) {
      connector.send(BOB);
      assertThat(host).hasReceived(1);
    }

    @Test
    void hasNothingOfTheTestBefore(SmartHost host) {
      assertThat(host).hasReceived(0);
      assertThat(connector.messages()).isEmpty();
    }
  }
}
