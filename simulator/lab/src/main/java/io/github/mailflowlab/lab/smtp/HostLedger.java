package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
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

  private final Deque<ReceivedMessage> messages = new ConcurrentLinkedDeque<>();
  private final Deque<SessionLog> sessions = new ConcurrentLinkedDeque<>();
  private int messageCount;
  private long byteCount;
  private volatile int sessionCount;

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
    messageCount++;
    byteCount += message.size();
    while (messageCount > MAX_MESSAGES || byteCount > MAX_BYTES) {
      ReceivedMessage oldest = messages.removeFirst();
      messageCount--;
      byteCount -= oldest.size();
    }
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
