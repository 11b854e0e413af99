package io.github.mailflowlab.status;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code class.subject.detail} of RFC 3463.
 *
 * @param statusClass 2, 4 or 5
 * @param subject 0 to 999
 * @param detail 0 to 999
 */
public record EnhancedStatusCode(int statusClass, int subject, int detail) {
  private static final Pattern FORM = Pattern.compile("([245])\\.(\\d{1,3})\\.(\\d{1,3})");

  public EnhancedStatusCode {
    if (statusClass != 2 && statusClass != 4 && statusClass != 5) {
      throw new IllegalArgumentException("class: " + statusClass + " (expected: 2, 4 or 5)");
    }
    if (subject < 0 || subject > 999) {
      throw new IllegalArgumentException("subject: " + subject + " (expected: 0 to 999)");
    }
    if (detail < 0 || detail > 999) {
      throw new IllegalArgumentException("detail: " + detail + " (expected: 0 to 999)");
    }
  }

  /** Reads {@code x.y.z} and nothing more; empty when it is none. */
  public static Optional<EnhancedStatusCode> parse(String text) {
    Matcher matcher = FORM.matcher(text);
    return matcher.matches()
        ? Optional.of(
            new EnhancedStatusCode(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3))))
        : Optional.empty();
  }

  /** A code known to be right, for constants and tests. */
  public static EnhancedStatusCode of(String text) {
    return parse(text)
        .orElseThrow(() -> new IllegalArgumentException("code: " + text + " (expected: x.y.z)"));
  }

  /** The same subject and detail in another class, as when a deferral becomes final. */
  public EnhancedStatusCode withClass(int other) {
    return new EnhancedStatusCode(other, subject, detail);
  }

  public boolean isPermanent() {
    return statusClass == 5;
  }

  @Override
  public String toString() {
    return statusClass + "." + subject + "." + detail;
  }
}
