package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * What a host stored and which sessions it had. Bounded: the oldest entries go first. Written by
 * the host's event loop alone; any thread may read.
 */
final class HostLedger {
  static final int MAX_MESSAGES = 10_000;
  static final long MAX_BYTES = 64L << 20;
  static final int MAX_SESSIONS = 1_000;
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Deque<ReceivedMessage> messages = new ConcurrentLinkedDeque<>();
  private final Deque<SessionLog> sessions = new ConcurrentLinkedDeque<>();
  private final Deque<Instant> times = new ArrayDeque<>();
  private final InstantSource clock;
  private int messageCount;
  private long byteCount;
  private volatile int sessionCount;

  HostLedger(InstantSource clock) {
    this.clock = clock;
  }

  SessionLog open() {
    int number = sessionCount + 1;
    if (number > MAX_SESSIONS) {
      sessions.removeFirst();
    }
    SessionLog log = new SessionLog(number);
    sessions.addLast(log);
    sessionCount = number;
    return log;
  }

  void store(ReceivedMessage message) {
    messages.addLast(message);
    times.addLast(clock.instant());
    if (times.size() > MAX_MESSAGES) {
      times.removeFirst();
    }
    messageCount++;
    byteCount += message.size();
    while (messageCount > MAX_MESSAGES || byteCount > MAX_BYTES) {
      ReceivedMessage oldest = messages.removeFirst();
      messageCount--;
      byteCount -= oldest.size();
    }
  }

  /** Messages stored within the last minute; for the event loop alone. */
  int storedLately() {
    Instant start = clock.instant().minus(MINUTE);
    while (!times.isEmpty() && times.getFirst().isBefore(start)) {
      times.removeFirst();
    }
    return times.size();
  }

  List<ReceivedMessage> received() {
    return List.copyOf(messages);
  }

  List<SessionRecord> sessions() {
    return sessions.stream().map(SessionLog::record).toList();
  }

  /** How many sessions there ever were. */
  int sessionCount() {
    return sessionCount;
  }
}
