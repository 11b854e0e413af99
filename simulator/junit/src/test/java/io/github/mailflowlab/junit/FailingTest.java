package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineTestKit;

final class FailingTest {
  @MailFlowTest
  @Tag("fails-on-purpose")
  static final class Sample {
    @Test
    void expectsTooMuch(Connector connector, @Faulty("smtp.rcpt.5yz") SmartHost host) {
      String id = connector.send("bob@onprem.example");
      assertThat(host).hasReceived(0);
      assertThat(connector).message(id).isDelivered();
    }
  }

  @Test
  void showsWhatHappenedToTheMail() {
    List<Throwable> shown = new ArrayList<>();
    EngineTestKit.engine("junit-jupiter")
        .selectors(DiscoverySelectors.selectClass(Sample.class))
        .execute()
        .testEvents()
        .failed()
        .stream()
        .map(event -> event.getRequiredPayload(TestExecutionResult.class))
        .flatMap(result -> result.getThrowable().stream())
        .forEach(shown::add);

    assertThat(shown).hasSize(1);
    assertThat(shown.get(0)).hasMessageContaining("to be delivered, but after 1 attempts");
    assertThat(shown.get(0).getSuppressed()).hasSize(1);
    assertThat(shown.get(0).getSuppressed()[0])
        .hasMessageStartingWith("time line")
        .hasMessageContaining("~> RCPT TO:<bob@onprem.example>")
        .hasMessageContaining("<~* 550 5.1.1 User unknown");
  }
}
