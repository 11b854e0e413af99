package io.github.mailflowlab.smtp.wire;

import io.github.mailflowlab.status.SmtpReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Both sides of an attempt in swaks' marks, all its connections one after the other:
 *
 * <pre>
 *   === Connected to mail.contoso.example (192.0.2.1:25)
 *   &lt;- 220 mail.contoso.example          in clear from the peer, -&gt; to it
 *   &lt;~ 250 SIZE                          the same inside TLS, ~&gt; to it
 *   &lt;** 550 5.1.1 Unknown                a refusal, &lt;~* inside TLS
 *   *** Connection closed                a failure without a reply
 * </pre>
 *
 * Content is only counted. A long dialogue keeps its beginning and its end. Confined to the
 * attempt's event loop.
 */
public final class Transcript {
  /** The first lines that are kept; the last ones are {@link #MAX_TAIL}. */
  static final int MAX_HEAD = 300;

  static final int MAX_TAIL = 100;

  /** Characters of one line; with the number of lines this bounds the whole. */
  static final int MAX_LINE = 600;

  private final List<String> head = new ArrayList<>();
  private final Deque<String> tail = new ArrayDeque<>();
  private int leftOut;

  public void sent(String command, boolean tls) {
    add(tls ? "~>" : "->", command);
  }

  public void received(SmtpReply reply, boolean tls) {
    boolean negative = reply.isTransient() || reply.isPermanent();
    String mark = tls ? (negative ? "<~*" : "<~") : negative ? "<**" : "<-";
    List<String> lines = reply.lines();
    for (int i = 0; i < lines.size(); i++) {
      char separator = i < lines.size() - 1 ? '-' : ' ';
      add(mark, (reply.code() + "" + separator + lines.get(i)).stripTrailing());
    }
  }

  /** Something about the connection, such as the TLS version. */
  public void info(String text) {
    add("===", text);
  }

  /** A failure, or what was no SMTP. */
  public void problem(String text) {
    add("***", text);
  }

  /** What there is so far; a copy. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(head);
    if (leftOut > 0) {
      lines.add("=== " + leftOut + " lines left out");
    }
    lines.addAll(tail);
    return List.copyOf(lines);
  }

  private void add(String mark, String text) {
    String line = mark + " " + Printable.of(text, MAX_LINE);
    if (head.size() < MAX_HEAD) {
      head.add(line);
      return;
    }
    tail.addLast(line);
    if (tail.size() > MAX_TAIL) {
      tail.removeFirst();
      leftOut++;
    }
  }
}
