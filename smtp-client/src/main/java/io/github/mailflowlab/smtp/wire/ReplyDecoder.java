package io.github.mailflowlab.smtp.wire;

import io.github.mailflowlab.status.SmtpReply;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Turns octets into replies (RFC 5321 4.2), strictly and within limits:
 *
 * <pre>
 *   250-mx.contoso.example CRLF      code 200 to 599, "-" for more, blank or nothing for the last
 *   250 SIZE 36700160 CRLF           every line of one reply has the same code
 * </pre>
 *
 * A line ends in CRLF and nothing else; {@code 250} alone is legal. The first violation ends the
 * use of a decoder. Confined to one thread; a connection uses a fresh one once TLS is up.
 */
public final class ReplyDecoder {
  /** Octets of one line with its CRLF. RFC 5321 4.5.3.1.5 asks for 512; real servers send more. */
  public static final int MAX_LINE = 2048;

  /** Lines of one reply. */
  public static final int MAX_LINES = 128;

  /** Octets of one reply. */
  public static final int MAX_REPLY = 64 * 1024;

  private static final int MAX_EXCERPT = 60;

  /** What was found. */
  public sealed interface Decoded {
    /** One complete reply. */
    record Complete(SmtpReply reply) implements Decoded {}

    /**
     * No SMTP.
     *
     * @param what the broken rule, in our words, fit to be shown
     */
    record Violation(String what) implements Decoded {}
  }

  private final byte[] line = new byte[MAX_LINE];
  private final List<String> texts = new ArrayList<>();
  private int length;
  private int total;
  private int code;

  /**
   * Reads up to the end of one reply and leaves the rest in the buffer.
   *
   * @return empty when the octets ran out first
   */
  public Optional<Decoded> decode(ByteBuf in) {
    while (in.isReadable()) {
      Optional<Decoded> found = accept(in.readByte());
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** Whether the next octet begins a reply. */
  public boolean isAtStart() {
    return total == 0;
  }

  private Optional<Decoded> accept(byte octet) {
    if (++total > MAX_REPLY) {
      return violation("a reply of more than " + MAX_REPLY + " octets");
    }
    boolean afterCr = length > 0 && line[length - 1] == '\r';
    if (afterCr != (octet == '\n')) {
      return violation(afterCr ? "a line with a bare CR" : "a line that ends in a bare LF");
    }
    if (length == MAX_LINE) {
      return violation("a line of more than " + MAX_LINE + " octets");
    }
    line[length++] = octet;
    if (length <= 3 && octet != '\r' && octet != '\n' && (octet < '0' || octet > '9')) {
      return violation("no reply code");
    }
    return octet == '\n' ? endOfLine() : Optional.empty();
  }

  private Optional<Decoded> endOfLine() {
    int end = length - 2;
    if (end < 3) {
      return violation("no reply code");
    }
    int found = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
    if (found < 200 || found > 599) {
      return violation("a reply code out of range");
    }
    if (end > 3 && line[3] != ' ' && line[3] != '-') {
      return violation("no separator after the reply code");
    }
    if (!texts.isEmpty() && found != code) {
      return violation("the codes " + code + " and " + found + " in one reply");
    }
    code = found;
    texts.add(Printable.of(line, Math.min(4, end), Math.max(0, end - 4)));
    boolean last = end == 3 || line[3] == ' ';
    length = 0;
    if (last) {
      return Optional.of(complete());
    }
    return texts.size() < MAX_LINES
        ? Optional.empty()
        : violation("a reply of more than " + MAX_LINES + " lines");
  }

  private Decoded complete() {
    SmtpReply reply = new SmtpReply(code, texts);
    texts.clear();
    total = 0;
    return new Decoded.Complete(reply);
  }

  private Optional<Decoded> violation(String what) {
    int shown = Math.min(length, MAX_EXCERPT);
    String excerpt = shown == 0 ? "" : " (\"" + Printable.of(line, 0, shown) + "\")";
    return Optional.of(new Decoded.Violation(what + excerpt));
  }
}
