package example;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.junit.Connector;
import io.github.mailflowlab.junit.Faulty;
import io.github.mailflowlab.junit.MailFlowTest;
import io.github.mailflowlab.junit.Mailboxes;
import io.github.mailflowlab.junit.SimulatedClock;
import io.github.mailflowlab.junit.SmartHost;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@MailFlowTest
class OrderMailTest {
  @Test
  void isReturnedAfterADay(
      Connector connector,
      @Faulty("tcp.refused") SmartHost host,
      SimulatedClock clock,
      Mailboxes mailboxes) {
    String id = connector.send("bob@onprem.example");
    assertThat(connector).message(id).isQueued().withCode("4.4.316");
    clock.advance(Duration.ofHours(24));
    assertThat(connector).message(id).isReturned().withCode("5.4.316").afterAttempts(151);
    assertThat(mailboxes).haveOneNdr(Connector.SENDER, "5.4.316");
  }

  @Test
  void arrivesOnceTheCertificateIsRenewed(
      Connector connector, @Faulty("cert.expired") SmartHost host, SimulatedClock clock) {
    connector.demand(TlsSettings.CERTIFICATE_VALIDATION);
    String id = connector.send("bob@onprem.example");
    assertThat(connector).message(id).isQueued().withCode("4.7.320");
    host.repair();
    clock.advanceToNextEvent();
    assertThat(connector).message(id).isDelivered();
  }
}
