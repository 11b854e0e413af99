package io.github.mailflowlab.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.Who;
import java.util.List;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

final class UnmetFaultTest {
  private static final String BOB = "bob@onprem.example";

  @MailFlowTest
  @Tag("fails-on-purpose")
  static final class Sample {
    @Test
    void meetsNone(Connector connector, @Faulty("smtp.dot.4yz") SmartHost host) {
      host.breakWith("smtp.rcpt.4yz");
      host.add(
          FaultOrder.at(Stage.RCPT, "reply 550 5.1.1 Gone")
              .named("eve-is-gone")
              .about(Who.ANYBODY.withRecipient("eve@*")));
      connector.send(BOB);
    }

    @Test
    void takesOneAwayUnmet(Connector connector, SmartHost host) {
      host.breakWith("smtp.mail.4yz");
      host.repair();
      connector.send(BOB);
    }

    @Test
    void isAllowedTo(
        Connector connector,
        @Faulty(value = "smtp.dot.4yz", mayBeMissed = true) SmartHost first,
        SmartHost second) {
      second.breakWith("smtp.dot.5yz");
      second.mayMiss("smtp.dot.5yz");
      first.add(FaultOrder.of("tcp.refused"));
    }
  }

  @Tag("fails-on-purpose")
  @TestMethodOrder(MethodOrderer.OrderAnnotation.class)
  static final class SharedSample {
    @RegisterExtension static final MailFlowExtension flow = MailFlowExtension.builder().build();

    @Test
    @Order(1)
    void missesOne(SmartHost host) {
      host.breakWith("smtp.dot.4yz");
    }

    @Test
    @Order(2)
    void doesNotAnswerForTheTestBefore(SmartHost host) {
      assertThat(host.faults()).isEmpty();
    }
  }

  @Test
  void failsTheTestThatArmedIt() {
    List<Failed> failed = Failed.of(Sample.class);
    assertThat(failed).extracting(Failed::test).containsOnly("meetsNone", "takesOneAwayUnmet");
    assertThat(Failed.of("meetsNone", failed))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("mayBeMissed = true")
        .hasMessageContaining("smtp.dot.4yz at mail1.onprem.example:")
        .hasMessageContaining("nobody got there; 1 sessions, the last one got to rcpt")
        .hasMessageContaining(
            "got there 1 times, meant 0 times, at last not recipient bob@onprem.example"
                + " (ordered: eve@*)");
    assertThat(Failed.of("takesOneAwayUnmet", failed)).hasMessageContaining("smtp.mail.4yz at");
  }

  @Test
  void isForgottenWithTheTestThatArmedIt() {
    assertThat(Failed.of(SharedSample.class)).extracting(Failed::test).containsOnly("missesOne");
  }
}
