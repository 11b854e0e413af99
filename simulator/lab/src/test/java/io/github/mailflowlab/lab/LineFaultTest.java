package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.SmartHost;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection does once it is there (failure-catalogue 3). */
@ExtendWith(LabExtension.class)
final class LineFaultTest {
  private static final String MAIL = "MAIL FROM:<a@sender.example>";
  private static final String RCPT = "RCPT TO:<b@contoso.example>";

  private final Lab lab;

  LineFaultTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void endsItsSideAndGoesOnListening() throws IOException {
    try (StagedFault fault = lab.stage("tcp.half-close");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.reply()).isEqualTo("EOF");
      client.write("EHLO client.example\r\n");
      await().until(() -> transcript(fault).contains("C: EHLO client.example"));
      assertThat(transcript(fault)).noneMatch(line -> line.startsWith("S:"));
      assertThat(fault.sessions().get(0).closed()).isFalse();
    }
  }

  @Test
  void greetsAndIsGone() throws IOException {
    try (StagedFault fault = lab.stage("tcp.half-open");
        PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.impatient().send("EHLO client.example")).isEqualTo("silence");
      assertThat(transcript(fault)).noneMatch(line -> line.startsWith("C:"));
    }
  }

  /** With the default buffers a host takes megabytes that it never reads. */
  @Test
  void takesHardlyAnythingOfTheContent() throws IOException {
    try (StagedFault fault = lab.stage("tcp.zero-window")) {
      SmartHost host = fault.smartHost();
      try (SocketChannel client =
          SocketChannel.open(new InetSocketAddress(NetUtil.LOCALHOST4, host.port()))) {
        client.setOption(StandardSocketOptions.SO_SNDBUF, 4_096);
        InputStream in = client.socket().getInputStream();
        for (String command : List.of("EHLO client.example", MAIL, RCPT, "DATA")) {
          readLine(in);
          client.write(ascii(command + "\r\n"));
        }
        String reply = readLine(in);
        while (!reply.startsWith("354")) {
          reply = readLine(in);
        }
        client.configureBlocking(false);
        assertThat(writtenUntilFull(client)).isLessThan(1 << 20);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp.bandwidth", "tcp.latency", "tcp.slice", "none"})
  void deliversOverABadLineAsOverAGoodOne(String id) throws IOException {
    try (StagedFault fault = id.equals("none") ? lab.stageHealthy() : lab.stage(id)) {
      try (PlainClient client = PlainClient.connect(fault.smartHost())) {
        assertThat(client.talk("EHLO client.example", "STARTTLS")).startsWith("220 ");
        client.startTls(new TrustEverything());
        assertThat(client.send("EHLO client.example")).contains("ENHANCEDSTATUSCODES");
        assertThat(client.send(MAIL)).startsWith("250 ");
        assertThat(client.send(RCPT)).startsWith("250 ");
        assertThat(client.send("DATA")).startsWith("354 ");
        assertThat(client.send("Subject: Hello\r\n\r\nHello\r\n.")).startsWith("250 ");
        assertThat(client.send("QUIT")).startsWith("221 ");
      }
      assertThat(fault.received()).hasSize(1);
      await().until(() -> fault.sessions().get(0).closed());
    }
  }

  @Test
  void sendsItsRepliesInPieces() throws IOException {
    try (StagedFault fault = lab.stage("tcp.slice");
        Socket client = connect(fault)) {
      InputStream in = client.getInputStream();
      int largest = 0;
      int reads = 0;
      byte[] buffer = new byte[1_024];
      StringBuilder greeting = new StringBuilder();
      while (greeting.indexOf("\r\n") < 0) {
        int size = in.read(buffer);
        largest = Math.max(largest, size);
        reads++;
        greeting.append(new String(buffer, 0, size, StandardCharsets.US_ASCII));
      }
      assertThat(reads).isGreaterThan(1);
      assertThat(largest).isLessThan(greeting.length());
    }
  }

  @Test
  void resetsOnceTheClientHasSentSoMuch() throws IOException {
    try (StagedFault fault = lab.stage("tcp.cut-after-n")) {
      assertThat(content(fault, 60_000)).startsWith("250 ");
      assertThat(content(fault, 70_000)).isEqualTo("RST");
      assertThat(fault.received()).hasSize(1);
      fault.repair();
      assertThat(content(fault, 70_000)).startsWith("250 ");
    }
  }

  @Test
  void turnsAwayWhoeverIsOneTooMany() throws IOException {
    try (StagedFault fault = lab.stage("tcp.max-conns");
        PlainClient first = PlainClient.connect(fault.smartHost())) {
      assertThat(first.reply()).startsWith("220 ");
      try (PlainClient second = PlainClient.connect(fault.smartHost())) {
        assertThat(second.reply()).isEqualTo("421 4.3.2 Too many connections");
        assertThat(second.reply()).isEqualTo("EOF");
      }
      assertThat(first.send("QUIT")).startsWith("221 ");
      await().until(() -> fault.sessions().get(0).closed());
      try (PlainClient third = PlainClient.connect(fault.smartHost())) {
        assertThat(third.reply()).startsWith("220 ");
      }
    }
  }

  private static String content(StagedFault fault, int size) throws IOException {
    try (PlainClient client = PlainClient.connect(fault.smartHost())) {
      assertThat(client.talk("EHLO client.example", MAIL, RCPT, "DATA")).startsWith("354 ");
      return client.send(("x".repeat(98) + "\r\n").repeat(size / 100) + ".");
    }
  }

  private static long writtenUntilFull(SocketChannel client) throws IOException {
    long written = 0;
    // Silence as in a test of silence: that nothing more is taken shows only after a while.
    client.socket().setSoTimeout(PlainClient.IMPATIENCE_MILLIS);
    for (int round = 0; round < 3; round++) {
      int now;
      do {
        now = client.write(ByteBuffer.allocate(8_192));
        written += now;
      } while (now > 0 && written < 8 << 20);
      client.configureBlocking(true);
      assertSilence(client.socket().getInputStream());
      client.configureBlocking(false);
    }
    return written;
  }

  private static void assertSilence(InputStream in) throws IOException {
    try {
      throw new AssertionError("the host said or did something: " + in.read());
    } catch (SocketTimeoutException e) {
      // As expected.
    }
  }

  private static Socket connect(StagedFault fault) throws IOException {
    return new Socket(NetUtil.LOCALHOST4, fault.smartHost().port());
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.append((char) next);
    }
    return line.toString();
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static List<String> transcript(StagedFault fault) {
    return fault.sessions().get(0).transcript();
  }
}
