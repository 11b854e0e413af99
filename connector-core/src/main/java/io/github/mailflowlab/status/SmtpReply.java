package io.github.mailflowlab.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One complete reply of a server (RFC 5321 4.2). Its text is the peer's: printable, because every
 * control character has been escaped by whoever made it, but never to be trusted.
 *
 * @param code 200 to 599
 * @param lines the texts after code and separator, at least one, possibly empty
 */
public record SmtpReply(int code, List<String> lines) {
  public SmtpReply {
    if (code < 200 || code > 599) {
      throw new IllegalArgumentException("code: " + code + " (expected: 200 to 599)");
    }
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("lines: none (expected: at least one)");
    }
    for (String line : lines) {
      if (hasControl(line)) {
        throw new IllegalArgumentException("line with a control character");
      }
    }
  }

  public static SmtpReply of(int code, String... lines) {
    return new SmtpReply(code, List.of(lines));
  }

  private static boolean hasControl(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (Character.isISOControl(line.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  public boolean isPositive() {
    return code < 300;
  }

  public boolean isIntermediate() {
    return code >= 300 && code < 400;
  }

  public boolean isTransient() {
    return code >= 400 && code < 500;
  }

  public boolean isPermanent() {
    return code >= 500;
  }

  /**
   * The enhanced code that opens the text (RFC 2034). One of another class than the reply's is
   * ignored: the three digits decide (catalogue {@code shape.contradiction}).
   */
  public Optional<EnhancedStatusCode> enhanced() {
    String first = lines.get(0).split(" ", 2)[0];
    return EnhancedStatusCode.parse(first).filter(status -> status.statusClass() == code / 100);
  }

  /** The enhanced code, or {@code x.0.0} where the server gave none. */
  public EnhancedStatusCode status() {
    if (isIntermediate()) {
      throw new IllegalStateException("an intermediate reply has no status: " + this);
    }
    return enhanced().orElseGet(() -> new EnhancedStatusCode(code / 100, 0, 0));
  }

  /** The reply as it came, its lines joined by a blank: {@code 550-5.7.0 No. 550 5.7.0 Go away}. */
  @Override
  public String toString() {
    List<String> verbatim = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String separator = i < lines.size() - 1 ? "-" : " ";
      verbatim.add((code + separator + lines.get(i)).stripTrailing());
    }
    return String.join(" ", verbatim);
  }
}
