package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** BDAT instead of DATA (RFC 3030). */
@ExtendWith(LabExtension.class)
final class ChunkingTest {
  private static final String ENVELOPE = "MAIL FROM:<>\r\nRCPT TO:<b@lab.example>\r\n";
  private static final String TAKEN = "250 2.0.0 Chunk received";
  private static final String STORED = "250 2.6.0 Message accepted";
  private static final String BAD_SEQUENCE = "503 5.5.1 Bad sequence of commands";

  private final Lab lab;
  private final StagedFault host;
  private final PlainClient client;

  ChunkingTest(Lab lab) throws IOException {
    this.lab = lab;
    host = lab.stageHealthy();
    client = PlainClient.connect(host.smartHost());
    client.talk("EHLO client.example");
  }

  @AfterEach
  void close() {
    client.close();
    host.close();
  }

  @Test
  void takesAMessageAsItIsHoweverManyChunksItHas() throws IOException {
    client.write(ENVELOPE + "BDAT 3\r\n.\r\nBDAT 0\r\nBDAT 2\r\n\n\0BDAT 6 LAST\r\n\r\n.\r\nx");

    assertThat(replies(6)).endsWith(TAKEN, TAKEN, TAKEN, STORED);
    assertThat(contents()).containsExactly(".\r\n\n\0\r\n.\r\nx");
  }

  @ParameterizedTest
  @ValueSource(strings = {"BDAT 3\r\nabcBDAT 0 LAST\r\n", "bdat 3 last\r\nabc"})
  void endsWithTheLastChunkEvenIfItIsEmpty(String chunks) throws IOException {
    client.write(ENVELOPE + chunks + "NOOP\r\n");

    assertThat(replies(chunks.startsWith("B") ? 5 : 4)).endsWith(STORED, "250 2.0.0 OK");
    assertThat(contents()).containsExactly("abc");
  }

  @Test
  void takesTheChunksOfSeveralMessagesInOneFlight() throws IOException {
    client.write((ENVELOPE + "BDAT 2\r\nx\rBDAT 1 LAST\r\n\n").repeat(2));

    assertThat(replies(8)).filteredOn(STORED::equals).hasSize(2);
    assertThat(contents()).containsExactly("x\r\n", "x\r\n");
    assertThat(host.received()).extracting(ReceivedMessage::ordinal).containsExactly(1, 2);
  }

  @Test
  void readsTheOctetsOfAChunkThatItRefuses() throws IOException {
    client.write("BDAT 6 LAST\r\nQUIT\r\nMAIL FROM:<>\r\nBDAT 6\r\nQUIT\r\nBDAT 0 LAST\r\n");
    assertThat(replies(4))
        .containsExactly(
            BAD_SEQUENCE, "250 2.1.0 Sender OK", "554 5.5.1 No valid recipients", BAD_SEQUENCE);

    client.write(ENVELOPE + "BDAT 1 LAST\r\nx");
    assertThat(replies(3)).endsWith(STORED);
    assertThat(contents()).containsExactly("x");
  }

  @ParameterizedTest
  @CsvSource({
    "DATA, 503 5.5.1 Bad sequence of commands",
    "RCPT TO:<c@lab.example>, 503 5.5.1 Bad sequence of commands",
    "MAIL FROM:<>, 503 5.5.1 Bad sequence of commands",
    "BDAT, 501 5.5.4 Expected BDAT size [LAST]",
    "BDAT -1, 501 5.5.4 Expected BDAT size [LAST]",
    "BDAT 1 FIRST, 501 5.5.4 Expected BDAT size [LAST]",
    "RSET, 250 2.0.0 OK"
  })
  void betweenTwoChunksAnswers(String command, String reply) throws IOException {
    client.write(ENVELOPE + "BDAT 1\r\nx");
    replies(3);

    assertThat(client.send(command)).isEqualTo(reply);
  }

  @Test
  void forgetsTheChunksWithReset() throws IOException {
    client.write(ENVELOPE + "BDAT 1\r\nxRSET\r\n" + ENVELOPE + "BDAT 1 LAST\r\ny");
    replies(7);

    assertThat(contents()).containsExactly("y");
  }

  @Test
  void refusesMoreThanTheLimitAndGoesOn() throws IOException {
    client.write(ENVELOPE + "BDAT 36700160\r\n");
    for (int i = 0; i < 35; i++) {
      client.write("x".repeat(1 << 20));
    }
    assertThat(replies(3)).endsWith(TAKEN);

    client.write("BDAT 1\r\nxBDAT 4 LAST\r\nQUIT");
    assertThat(replies(2)).containsExactly("552 5.3.4 Message too big", BAD_SEQUENCE);
    assertThat(host.received()).isEmpty();
    assertThat(client.send("MAIL FROM:<>")).isEqualTo("250 2.1.0 Sender OK");
  }

  @Test
  void isUnknownWhereItIsNotOffered() throws IOException {
    try (StagedFault plain = lab.stageHealthyWithout("CHUNKING");
        PlainClient other = PlainClient.connect(plain.smartHost())) {
      assertThat(other.talk("EHLO client.example")).doesNotContain("CHUNKING").contains("DSN");
      assertThat(other.send("BDAT 0 LAST")).isEqualTo("500 5.5.1 Unrecognized command");
    }
  }

  /** What a fault does to BDAT: in one chunk, and in two. */
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "smtp.data.4yz, 451 4.3.0 Try again later, 451 4.3.0 Try again later, 0",
    "smtp.data.5yz, 554 5.7.1 No data wanted, 554 5.7.1 No data wanted, 0",
    "smtp.drop.data, EOF, EOF, 0",
    "smtp.body.drop, EOF, EOF, 0",
    "smtp.rst.body, RST, RST, 0",
    "smtp.dot.4yz, 452 4.3.1 Disk full, 250 2.0.0 Chunk received, 0",
    "smtp.dot.5yz, 554 5.6.0 Content refused, 250 2.0.0 Chunk received, 0",
    "smtp.dot.drop-accepted, EOF, 250 2.0.0 Chunk received, 1",
    "smtp.drop.dot, EOF, 250 2.0.0 Chunk received, 0"
  })
  void suffersTheSameFaultsAsData(String id, String onlyChunk, String firstChunk, int stored)
      throws IOException {
    try (StagedFault fault = lab.stage(id)) {
      assertThat(replyToChunk(fault, "BDAT 1 LAST\r\nx")).isEqualTo(onlyChunk);
      assertThat(replyToChunk(fault, "BDAT 1\r\nx")).isEqualTo(firstChunk);
      assertThat(fault.received()).hasSize(stored);
    }
  }

  private static String replyToChunk(StagedFault fault, String chunk) throws IOException {
    try (PlainClient other = PlainClient.connect(fault.smartHost())) {
      other.talk("EHLO client.example", "MAIL FROM:<>", "RCPT TO:<b@lab.example>");
      return other.sendRaw(chunk);
    }
  }

  private List<String> replies(int count) {
    return Stream.generate(client::reply).limit(count).toList();
  }

  private List<String> contents() {
    return host.received().stream()
        .map(message -> new String(message.content(), StandardCharsets.ISO_8859_1))
        .toList();
  }
}
