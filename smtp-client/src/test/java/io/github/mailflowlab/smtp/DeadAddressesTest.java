package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class DeadAddressesTest {
  private static final InetSocketAddress ONE = new InetSocketAddress("127.0.0.1", 1);
  private static final InetSocketAddress OTHER = new InetSocketAddress("127.0.0.1", 2);

  private final AtomicReference<Instant> now = new AtomicReference<>(Mailing.CLOCK.instant());
  private final DeadAddresses dead = new DeadAddresses(now::get);

  @Test
  void areRememberedForAnInterval() {
    dead.add(ONE);
    now.updateAndGet(before -> before.plus(DeadAddresses.INTERVAL).minusMillis(1));
    assertThat(dead.contains(ONE)).isTrue();
    assertThat(dead.contains(OTHER)).isFalse();

    now.updateAndGet(before -> before.plusMillis(1));
    assertThat(dead.contains(ONE)).isFalse();
  }

  @Test
  void areForgottenOnceTheyAnswer() {
    dead.add(ONE);
    dead.remove(ONE);

    assertThat(dead.contains(ONE)).isFalse();
  }

  @Test
  void areNotRememberedWithoutEnd() {
    for (int port = 1; port <= DeadAddresses.MAX; port++) {
      dead.add(new InetSocketAddress("127.0.0.2", port));
    }
    dead.add(ONE);
    assertThat(dead.contains(ONE)).isFalse();

    now.updateAndGet(before -> before.plus(DeadAddresses.INTERVAL));
    dead.add(ONE);
    assertThat(dead.contains(ONE)).isTrue();
  }

  /** The dead one is first in turn, and tried first only as long as nobody knows. */
  @Test
  void areTriedLastAndYetTried() {
    try (Lab lab = Lab.start(Mailing.CLOCK);
        StagedFault refusing = lab.stage("tcp.refused");
        StagedFault healthy = lab.stageHealthy();
        SmtpTransport transport =
            SmtpTransport.start(
                Mailing.settings(lab, Duration.ofSeconds(20), ConnectionLimits.NONE_KEPT))) {
      Connector both = Mailing.connector(lab, TlsSettings.OPPORTUNISTIC, refusing, healthy);
      Connector one = Mailing.connector(lab, TlsSettings.OPPORTUNISTIC, refusing);

      assertThat(failuresToConnect(deliver(transport, both))).isEqualTo(1);
      assertThat(failuresToConnect(deliver(transport, both))).isZero();
      assertThat(failuresToConnect(deliver(transport, both))).isZero();
      assertThat(failuresToConnect(deliver(transport, one))).isEqualTo(1);
    }
  }

  private static AttemptReport deliver(SmtpTransport transport, Connector connector) {
    return Mailing.reportOf(
        transport.start(Mailing.request(connector, Mailing.HELLO, Mailing.BOB)));
  }

  private static long failuresToConnect(AttemptReport report) {
    return report.transcript().stream().filter(line -> line.startsWith("*** Connecting")).count();
  }
}
