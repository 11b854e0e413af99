package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import io.github.mailflowlab.alerting.AlertSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
final class SharedLabTest {
  private static final Instant START = Instant.parse("2031-05-06T07:08:09Z");

  @RegisterExtension
  static final MailFlowExtension flow =
      MailFlowExtension.builder()
          .startingAt(START)
          .alerts(new AlertSettings(1, Duration.ofMinutes(30)))
          .build();

  private static final Set<Integer> ports = new HashSet<>();
  private static Instant last = START;

  @RepeatedTest(3)
  void beginsAnewUnderTheSamePort(Connector connector, SmartHost host, SimulatedClock clock) {
    ports.add(host.port());
    assertThat(clock.now()).isEqualTo(last);
    assertThat(connector.messages()).isEmpty();
    assertThat(host).hadSessions(0);

    host.breakWith("tcp.refused");
    String id = connector.send("bob@onprem.example");
    clock.advance(Duration.ofMinutes(30));
    assertThat(connector).message(id).isQueued();
    assertThat(connector).hasRaisedAlerts(1);
    host.repair();
    clock.advance(Duration.ofMinutes(10));
    assertThat(connector).message(id).isDelivered();
    assertThat(connector).hasNoOpenAlert();
    host.breakWith("smtp.banner.554");
    host.mayMiss("smtp.banner.554");
    last = clock.now();
  }

  @AfterAll
  static void thePortWasTheSame() {
    assertThat(ports).hasSize(1);
  }
}
