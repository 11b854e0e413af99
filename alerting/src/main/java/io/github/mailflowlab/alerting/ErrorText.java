package io.github.mailflowlab.alerting;

import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error as people copy it from a queue, a trace or an NDR: a code alone, a server's reply, or a
 * last error with its brackets.
 *
 * @param status its code; {@code 4.0.0} or {@code 5.0.0} for three digits alone
 * @param reply from the three digits on; the same as was given when it has none
 * @param isReply whether it begins with three digits
 */
record ErrorText(EnhancedStatusCode status, String reply, boolean isReply) {
  /** {@code 4.4.316}, {@code 450}, {@code 450 4.4.316}, and either with the rest of a reply. */
  private static final Pattern FORM =
      Pattern.compile(
          "(?:([45]\\d\\d)(?:[ -]|$))?(?:(\\d\\.\\d{1,3}\\.\\d{1,3})(?!\\S))?.*", Pattern.DOTALL);

  /** What went wrong, in a last error; and behind the text of an NDR. */
  private static final Pattern MESSAGE =
      Pattern.compile("\\[Message=(.*?)](?: \\[LastAttempted|$)|\\((.*)\\)$", Pattern.DOTALL);

  private static final String ARROW = " -> ";
  private static final int LONGEST = 2_000;

  /** Empty when it does not begin with a code of class 4 or 5. */
  static Optional<ErrorText> parse(String given) {
    String text = given.strip();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<EnhancedStatusCode> enhanced =
        Optional.ofNullable(matcher.group(2)).flatMap(EnhancedStatusCode::parse);
    if (matcher.group(1) == null) {
      return enhanced
          .filter(status -> status.statusClass() != 2)
          .map(status -> new ErrorText(status, text, false));
    }
    int statusClass = matcher.group(1).charAt(0) - '0';
    return Optional.of(
        new ErrorText(
            enhanced
                .filter(status -> status.statusClass() == statusClass)
                .orElseGet(() -> new EnhancedStatusCode(statusClass, 0, 0)),
            text,
            true));
  }

  /** What the administrator is told beyond the code; empty when it is not there. */
  String detail() {
    Matcher matcher = MESSAGE.matcher(reply);
    if (!matcher.find()) {
      return "";
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  /** Whether it is a last error of ours, with its brackets. */
  boolean hasMessage() {
    return reply.contains("[Message=");
  }

  /** Whether it is a last error in a server's own words: it says where, and has no message. */
  boolean isRemote() {
    return reply.contains(" [LastAttemptedServerName=") && !hasMessage();
  }

  /** What stands behind the arrow. */
  Optional<ErrorText> cause() {
    int arrow = reply.indexOf(ARROW);
    return arrow < 0 ? Optional.empty() : parse(reply.substring(arrow + ARROW.length()));
  }
}
