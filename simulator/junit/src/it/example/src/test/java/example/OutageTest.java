package example;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.junit.Connector;
import io.github.mailflowlab.junit.MailFlowExtension;
import io.github.mailflowlab.junit.SimulatedClock;
import io.github.mailflowlab.junit.SmartHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.When;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In an instance field: each test has a lab of its own, and those of nested classes too. */
class OutageTest {
  private static final Instant FRIDAY_NIGHT = Instant.parse("2031-05-09T22:00:00Z");

  @RegisterExtension
  final MailFlowExtension flow =
      MailFlowExtension.builder()
          .startingAt(FRIDAY_NIGHT)
          .timeouts(Duration.ofSeconds(5), Duration.ofSeconds(10))
          .build();

  @Test
  void lastsThreeHours(Connector connector, SmartHost host, SimulatedClock clock) {
    host.add(FaultOrder.of("tcp.refused").lasting(Duration.ofHours(3)));
    String id = connector.send("bob@onprem.example");
    assertThat(connector).message(id).isQueued().withCode("4.4.316");
    clock.advance(Duration.ofHours(4));
    assertThat(connector).message(id).isDelivered();
  }

  @Nested
  class OfAMailbox {
    @Test
    void isOverAtTheThirdAttempt(Connector connector, SmartHost host, SimulatedClock clock) {
      host.add(FaultOrder.at(Stage.RCPT, "reply 450 4.2.1 Busy").when(When.times(2)));
      String id = connector.send("bob@onprem.example");
      clock.advance(Duration.ofHours(2));
      assertThat(connector).message(id).isDelivered().afterAttempts(3);
    }

    @Test
    void beginsAtTheBuildersTime(SimulatedClock clock) {
      assertThat(clock.now()).isEqualTo(FRIDAY_NIGHT);
    }
  }
}
