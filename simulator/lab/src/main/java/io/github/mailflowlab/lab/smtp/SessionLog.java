package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.SessionRecord;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What happened in one session. Written by the session's event loop alone; any thread may ask for
 * the {@link #record} so far.
 */
final class SessionLog {
  static final int MAX_LINES = 200;
  static final int MAX_LINE_LENGTH = 240;

  private final int number;
  private final Queue<String> transcript = new ConcurrentLinkedQueue<>();
  private int lines;
  private volatile Stage reached = Stage.CONNECT;
  private volatile boolean tls;
  private final AtomicInteger stored = new AtomicInteger();
  private final AtomicInteger finalReplies = new AtomicInteger();
  private volatile boolean closed;
  private final Queue<String> faults = new ConcurrentLinkedQueue<>();

  SessionLog(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  void reach(Stage stage) {
    reached = stage;
  }

  void tlsUp(String description) {
    tls = true;
    note("TLS is up: " + description);
  }

  void stored() {
    stored.incrementAndGet();
  }

  void finalReply() {
    finalReplies.incrementAndGet();
  }

  void client(String text) {
    add("C: ", text);
  }

  void host(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (String line : text.split("(?<=\n)")) {
      add("S: ", line.endsWith("\r\n") ? line.substring(0, line.length() - 2) : line);
    }
  }

  /** A fault order acts. */
  void fault(String id) {
    if (!faults.contains(id)) {
      faults.add(id);
    }
    note("fault: " + id);
  }

  /** Something that is no SMTP, such as a reset. */
  void note(String text) {
    add("* ", text);
  }

  void close() {
    closed = true;
  }

  SessionRecord record() {
    return new SessionRecord(
        number,
        reached,
        tls,
        stored.get(),
        finalReplies.get(),
        closed,
        List.copyOf(faults),
        List.copyOf(transcript));
  }

  private void add(String mark, String text) {
    if (lines < MAX_LINES) {
      transcript.add(mark + escape(text));
    } else if (lines == MAX_LINES) {
      transcript.add("* transcript cut here");
    }
    lines = Math.min(lines + 1, MAX_LINES + 1);
  }

  private static String escape(String text) {
    StringBuilder escaped = new StringBuilder();
    text.chars()
        .limit(MAX_LINE_LENGTH)
        .forEach(
            c -> {
              if (c >= ' ' && c < 0x7f) {
                escaped.append((char) c);
              } else {
                escaped.append(String.format(Locale.ROOT, "\\x%02x", c));
              }
            });
    return text.length() > MAX_LINE_LENGTH ? escaped.append("...").toString() : escaped.toString();
  }
}
