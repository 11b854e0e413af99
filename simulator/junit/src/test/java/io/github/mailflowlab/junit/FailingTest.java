package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

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
    List<Failed> failed = Failed.of(Sample.class);

    assertThat(failed).hasSize(1);
    Throwable shown = failed.get(0).failure();
    assertThat(shown).hasMessageContaining("to be delivered, but after 1 attempts");
    assertThat(shown.getSuppressed()).hasSize(1);
    assertThat(shown.getSuppressed()[0])
        .hasMessageStartingWith("time line")
        .hasMessageContaining("~> RCPT TO:<bob@onprem.example>")
        .hasMessageContaining("<~* 550 5.1.1 User unknown");
  }
}
