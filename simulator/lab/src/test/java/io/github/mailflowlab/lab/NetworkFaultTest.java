package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(LabExtension.class)
final class NetworkFaultTest {
  private final Lab lab;

  NetworkFaultTest(Lab lab) {
    this.lab = lab;
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp.refused", "tcp.outage"})
  void refusesUntilRepairedAndAgainWhenBroken(String id) throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      assertRefused(fault);
      fault.repair();
      assertGreets(fault);
      fault.breakAgain();
      assertRefused(fault);
    }
  }

  @Test
  void swallowsConnectionsUntilRepaired() throws IOException {
    try (StagedFault fault = lab.stage("tcp.blackhole")) {
      assertSwallowed(fault);
      assertSwallowed(fault);
      fault.repair();
      assertGreets(fault);
      fault.breakAgain();
      assertSwallowed(fault);
    }
  }

  @Test
  void swallowsConnectionsForAWhileAndThenTakesThem() throws IOException {
    try (StagedFault fault = lab.stage("tcp.slow-accept")) {
      assertSwallowed(fault);
      assertGreets(fault);
      assertGreets(fault);
      assertThat(fault.sessions()).as("nothing but these").hasSize(2);

      fault.breakAgain();
      assertSwallowed(fault);
      fault.repair();
      assertGreets(fault);
    }
  }

  @ParameterizedTest(name = "{0} at 127.0.0.2: {1}")
  @CsvSource({
    "dns.wrong-address, swallowed",
    "dns.stale, refused",
    "dns.flap, refused",
    "dns.unroutable, refused",
    "tcp.one-of-n, refused"
  })
  void isHealthyAtItsOwnAddressAndNotAtTheOtherOne(String id, String elsewhere) throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      assertGreets(fault);
      InetSocketAddress other = new InetSocketAddress("127.0.0.2", fault.smartHost().port());
      assertThat(connecting(other)).isEqualTo(elsewhere);
      fault.repair();
      assertThat(connecting(other)).isEqualTo("refused");
      fault.breakAgain();
      assertThat(connecting(other)).isEqualTo(elsewhere);
    }
  }

  /** Whether connecting or reading sees the reset is a race. */
  @Test
  void resetsWhatItHasAccepted() throws IOException {
    try (StagedFault fault = lab.stage("tcp.rst-on-accept")) {
      String seen;
      try (PlainClient client = PlainClient.connect(fault.smartHost())) {
        seen = client.reply();
      } catch (ConnectException e) {
        throw new AssertionError("refused, not reset", e);
      } catch (SocketException e) {
        seen = PlainClient.ending(e);
      }
      assertThat(seen).isEqualTo("RST");
    }
  }

  @Test
  void keepsThePortOfAHostThatRefuses() {
    try (StagedFault fault = lab.stage("tcp.refused")) {
      InetSocketAddress address =
          new InetSocketAddress(NetUtil.LOCALHOST4, fault.smartHost().port());
      assertThatThrownBy(
              () -> {
                try (ServerSocket intruder = new ServerSocket()) {
                  intruder.setReuseAddress(false);
                  intruder.bind(address);
                }
              })
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> PlainClient.connect(fault.smartHost()))
          .isInstanceOf(ConnectException.class);
    }
  }

  @Test
  void freesThePortWhenClosed() throws IOException {
    StagedFault healthy = lab.stageHealthy();
    assertGreets(healthy);
    healthy.close();
    assertRefused(healthy);
  }

  @Test
  void repairingAHealthyHostChangesNothing() throws IOException {
    try (StagedFault healthy = lab.stageHealthy();
        PlainClient client = PlainClient.connect(healthy.smartHost())) {
      healthy.repair();
      assertThat(client.talk("NOOP")).isEqualTo("250 2.0.0 OK");
      assertGreets(healthy);
    }
  }

  @Test
  void takesOnOneFaultAfterTheOtherUnderTheSamePort() throws IOException {
    try (StagedFault host = lab.stageHealthy()) {
      host.breakWith("tcp.refused");
      assertRefused(host);
      assertThat(host.id()).isEqualTo("tcp.refused");
      host.breakWith("smtp.banner.554");
      try (PlainClient client = PlainClient.connect(host.smartHost())) {
        assertThat(client.reply()).startsWith("554 ");
      }
      host.repair();
      assertGreets(host);
      host.breakAgain();
      try (PlainClient client = PlainClient.connect(host.smartHost())) {
        assertThat(client.reply()).startsWith("554 ");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dns.server-down", "dns.null-mx", "tcp.unheard-of"})
  void takesOnNoFaultThatHasToBeThereFromTheStart(String id) throws IOException {
    try (StagedFault host = lab.stageHealthy()) {
      assertThatThrownBy(() -> host.breakWith(id))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(id);
      assertGreets(host);
      assertThat(host.id()).isEqualTo("none");
    }
  }

  @Test
  void letsAnOpenSessionGoOnAsItBegan() throws IOException {
    try (StagedFault fault = lab.stage("smtp.mail.4yz");
        PlainClient before = PlainClient.connect(fault.smartHost())) {
      before.talk("EHLO client.example");
      fault.repair();
      assertThat(before.send("MAIL FROM:<>")).startsWith("451 ");
      try (PlainClient after = PlainClient.connect(fault.smartHost())) {
        assertThat(after.talk("EHLO client.example", "MAIL FROM:<>")).startsWith("250 ");
      }
    }
  }

  private static String connecting(InetSocketAddress address) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(address, PlainClient.IMPATIENCE_MILLIS);
      return "connected";
    } catch (SocketTimeoutException e) {
      return "swallowed";
    } catch (ConnectException e) {
      return "refused";
    }
  }

  private static void assertRefused(StagedFault fault) {
    assertThatThrownBy(() -> PlainClient.connect(fault.smartHost()))
        .isInstanceOf(ConnectException.class)
        .hasMessageContaining("refused");
  }

  private static void assertSwallowed(StagedFault fault) {
    assertThatThrownBy(() -> PlainClient.connect(fault.smartHost(), PlainClient.IMPATIENCE_MILLIS))
        .isInstanceOf(SocketTimeoutException.class);
  }

  private static void assertGreets(StagedFault fault) throws IOException {
    try (PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.reply())
          .isEqualTo("220 " + fault.smartHost().host() + " ESMTP Mail Flow Lab");
    }
  }
}
