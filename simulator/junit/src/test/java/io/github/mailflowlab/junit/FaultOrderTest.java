package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;
import static io.github.mailflowlab.junit.MailFlowAssertions.assertThatThrownBy;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.When;
import io.github.mailflowlab.lab.order.Who;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@MailFlowTest
@Execution(ExecutionMode.CONCURRENT)
final class FaultOrderTest {
  private static final String BOB = "bob@onprem.example";

  @Test
  void actsTwiceThenNoMore(Connector connector, SmartHost host, SimulatedClock clock) {
    host.add(FaultOrder.of("smtp.rcpt.4yz").when(When.times(2)));
    String id = connector.send(BOB);
    clock.advance(Duration.ofHours(2));
    assertThat(connector).message(id).isDelivered().afterAttempts(3);
  }

  @Test
  void isAboutOneRecipientAndLiesUponAnotherOne(Connector connector, SmartHost host) {
    host.add(FaultOrder.at(Stage.RCPT, "reply 450 4.2.1 Busy"));
    host.add(
        FaultOrder.at(Stage.RCPT, "reply 550 5.7.1 Not from you")
            .named("not-for-eve")
            .about(Who.ANYBODY.withRecipient("eve@*")));
    assertThat(connector).message(connector.send(BOB)).isQueued().withLastError("450 4.2.1 Busy");
    assertThat(connector)
        .message(connector.send("eve@onprem.example"))
        .isReturned()
        .withLastError("550 5.7.1 Not from you");
    assertThat(host.faults()).extracting(report -> report.acted()).containsExactly(1L, 1L);
  }

  @Test
  void endsByTheSimulatedClock(Connector connector, SmartHost host, SimulatedClock clock) {
    host.add(FaultOrder.of("tcp.refused").lasting(Duration.ofHours(3)));
    String id = connector.send(BOB);
    clock.advance(Duration.ofMinutes(179));
    assertThat(connector).message(id).isQueued().withCode("4.4.316");
    clock.advance(Duration.ofMinutes(11));
    assertThat(connector).message(id).isDelivered();
  }

  @Test
  void areSeveralFromTheStart(
      Connector connector,
      @Faulty({"smtp.rcpt.4yz", "smtp.mail.5yz"}) SmartHost host,
      SimulatedClock clock) {
    host.mayMiss("smtp.rcpt.4yz");
    assertThat(connector).message(connector.send(BOB)).isReturned();
    host.repair("smtp.mail.5yz");
    assertThat(connector).message(connector.send(BOB)).isQueued();
    host.repair("smtp.rcpt.4yz");
    clock.advance(Duration.ofHours(1));
    assertThat(connector).hasQueued(0);
    assertThatThrownBy(() -> host.repair("smtp.rcpt.4yz"))
        .hasMessageContaining("smtp.rcpt.4yz is no fault of mail1.onprem.example");
  }

  @Test
  void routesByMxWhileTheMailDomainIsTheFault(
      Connector connector, @Faulty("dns.null-mx") SmartHost host) {
    assertThat(connector).message(connector.send("bob@" + host.name())).isReturned();
    host.repair();
    assertThat(connector).message(connector.send("bob@" + host.name())).isDelivered();
  }

  @Test
  void breaksDnsServersBeforeTheConnectorAsksThem(
      Connector connector, @Faulty("dns.server-down") SmartHost host, SimulatedClock clock) {
    String id = connector.send(BOB);
    assertThat(connector).message(id).isQueued().withCode("4.4.312");
    assertThat(host).hadSessions(0);
    host.repair("dns.server-down");
    host.breakWith("dns.server-down");
    clock.advanceToNextEvent();
    assertThat(connector).message(id).isQueued().afterAttempts(2);
    host.repair("dns.server-down");
    clock.advanceToNextEvent();
    assertThat(connector).message(id).isDelivered();
    assertThatThrownBy(() -> host.breakWith("dns.lame-refused"))
        .hasMessageContaining("before the connector starts");
  }

  @Test
  void mustBeKnown(SmartHost host) {
    assertThatThrownBy(() -> host.breakWith("tcp.refusd"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("did you mean tcp.refused?");
  }
}
