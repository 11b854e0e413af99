package io.github.mailflowlab.junit;

import static io.github.mailflowlab.junit.MailFlowAssertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

final class FailingTest {
  @MailFlowTest
  @Tag("fails-on-purpose")
  static final class Sample {
    @Test
    void testsASenderOfItsOwn(@Faulty("smtp.banner.554") SmartHost host) throws IOException {
      try (Socket socket = new Socket()) {
        socket.connect(host.address());
        assertThat(socket.getInputStream().readNBytes(3)).asString().isEqualTo("220");
      }
    }

    @Test
    void expectsTooMuch(Connector connector, @Faulty("smtp.rcpt.5yz") SmartHost host) {
      String id = connector.send("bob@onprem.example");
      assertThat(host).hasReceived(0);
      assertThat(connector).message(id).isDelivered();
    }
  }

  @Test
  void showsWhatHappenedToTheMail() {
    Throwable shown = Failed.of("expectsTooMuch", Failed.of(Sample.class));

    assertThat(shown).hasMessageContaining("to be delivered, but after 1 attempts");
    assertThat(shown.getSuppressed()).hasSize(1);
    assertThat(shown.getSuppressed()[0])
        .hasMessageStartingWith("time line")
        .hasMessageContaining("~> RCPT TO:<bob@onprem.example>")
        .hasMessageContaining("<~* 550 5.1.1 User unknown")
        .hasMessageContaining("1 sessions, 0 messages stored")
        .hasMessageContaining("fault smtp.rcpt.5yz acted 1 times");
  }

  @Test
  void showsWhatAHostSaidToASenderOfTheTestsOwn() {
    Throwable shown = Failed.of("testsASenderOfItsOwn", Failed.of(Sample.class));

    assertThat(shown.getSuppressed()[0])
        .hasMessageContaining("S: 554")
        .hasMessageContaining("fault smtp.banner.554 acted 1 times");
  }
}
