package io.github.mailflowlab.lab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.PathCommand;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HostLedgerTest {
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.EPOCH);

  private final HostLedger ledger = new HostLedger(CLOCK);

  @Test
  void forgetsTheOldestMessagesBeyondTheirNumber() {
    for (int i = 0; i <= HostLedger.MAX_MESSAGES; i++) {
      ledger.store(message(i, 1));
    }
    assertThat(ledger.received()).hasSize(HostLedger.MAX_MESSAGES);
    assertThat(ledger.received().get(0).reversePath()).isEqualTo("1");
  }

  @Test
  void forgetsTheOldestMessagesBeyondTheirBytes() {
    int quarter = (int) (HostLedger.MAX_BYTES / 4);
    for (int i = 0; i < 4; i++) {
      ledger.store(message(i, quarter));
    }
    assertThat(ledger.received()).hasSize(4);
    ledger.store(message(4, 1));
    assertThat(ledger.received())
        .extracting(ReceivedMessage::reversePath)
        .containsExactly("1", "2", "3", "4");
  }

  @Test
  void forgetsTheOldestSessions() {
    for (int i = 0; i <= HostLedger.MAX_SESSIONS; i++) {
      ledger.open();
    }
    assertThat(ledger.sessions()).hasSize(HostLedger.MAX_SESSIONS);
    assertThat(ledger.sessions().get(0).number()).isEqualTo(2);
  }

  @Test
  void showsASessionThatGoesOn() {
    SessionLog log = ledger.open();
    log.reach(Stage.MAIL);
    log.client("MAIL FROM:<>");
    assertThat(ledger.sessions())
        .containsExactly(
            new SessionRecord(
                1, Stage.MAIL, false, 0, 0, false, List.of(), List.of("C: MAIL FROM:<>")));
  }

  @Test
  void cutsATranscriptThatGetsTooLong() {
    SessionLog log = ledger.open();
    log.client("x".repeat(SessionLog.MAX_LINE_LENGTH));
    log.client("x".repeat(SessionLog.MAX_LINE_LENGTH + 1));
    log.host("250-\u001b[2J\r\n250 bare\n".getBytes(StandardCharsets.US_ASCII));
    for (int i = 4; i < SessionLog.MAX_LINES + 9; i++) {
      log.note("more");
    }
    List<String> transcript = log.record().transcript();
    String full = "C: " + "x".repeat(SessionLog.MAX_LINE_LENGTH);
    assertThat(transcript)
        .startsWith(full, full + "...", "S: 250-\\x1b[2J", "S: 250 bare\\x0a", "* more")
        .endsWith("* more", "* transcript cut here")
        .hasSize(SessionLog.MAX_LINES + 1);
  }

  private static ReceivedMessage message(int number, int size) {
    PathCommand mail = new PathCommand("MAIL", "" + number, Map.of());
    return new ReceivedMessage(1, number, false, mail, List.of(), new byte[size]);
  }
}
