package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explains codes. Pure functions over {@link AdviceTexts}, the one place where the advice is
 * written: what an alert recommends and what {@code explain} says never differ.
 */
public final class Advice {
  /** {@code 4.4.316}, {@code 450}, {@code 450 4.4.316}, and either with the rest of a reply. */
  private static final Pattern FORM =
      Pattern.compile("(?:([45]\\d\\d)(?:[ -]|$))?(?:(\\d\\.\\d{1,3}\\.\\d{1,3})(?!\\S))?.*");

  private static final int LONGEST = 2_000;

  private Advice() {}

  /**
   * Explains a code of a deferral or a return.
   *
   * @param code {@code x.y.z} of class 4 or 5, with or without three digits before it and text
   *     after it, as copied from a queue, a trace or an NDR
   * @return empty when the text does not begin with such a code
   */
  public static Optional<Explanation> explain(String code) {
    String text = code.strip();
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    return statusIn(text).map(Advice::explain);
  }

  /** What to do about mail that waits behind a connector of this type with this last error. */
  public static List<String> forError(Optional<LastError> error, ConnectorType type) {
    return error.map(Advice::explain).orElseGet(AdviceTexts::nothingTried).forType(type);
  }

  /** By what the classifier knows: a remote may use the numbers of our own codes. */
  private static Explanation explain(LastError error) {
    return error
        .condition()
        .map(AdviceTexts::of)
        .orElseGet(
            () ->
                error.detail().isPresent() && !error.status().isPermanent()
                    ? AdviceTexts.ownExhaustion(error.status())
                    : AdviceTexts.remote(error.status()));
  }

  private static Explanation explain(EnhancedStatusCode status) {
    Optional<ConnectorStatus> condition = ConnectorStatus.of(status);
    if (condition.isPresent()) {
      return status.isPermanent()
          ? AdviceTexts.expired(condition.get())
          : AdviceTexts.of(condition.get());
    }
    if (status.equals(ReturnStatus.EXPIRED.code())) {
      return AdviceTexts.expiredRemote(status);
    }
    if (status.equals(ReturnStatus.UNKNOWN_RECIPIENT.code())) {
      return AdviceTexts.unknownRecipient(status);
    }
    if (status.equals(ReturnStatus.NO_SUCH_DOMAIN.code())
        || status.equals(ReturnStatus.NO_SUCH_RECIPIENT.code())) {
      return AdviceTexts.domainTakesNoMail(status);
    }
    return AdviceTexts.remote(status);
  }

  private static Optional<EnhancedStatusCode> statusIn(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<EnhancedStatusCode> enhanced =
        Optional.ofNullable(matcher.group(2)).flatMap(EnhancedStatusCode::parse);
    if (matcher.group(1) == null) {
      return enhanced.filter(status -> status.statusClass() != 2);
    }
    int statusClass = matcher.group(1).charAt(0) - '0';
    return Optional.of(
        enhanced
            .filter(status -> status.statusClass() == statusClass)
            .orElseGet(() -> new EnhancedStatusCode(statusClass, 0, 0)));
  }
}
