package io.github.mailflowlab.api;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Which messages a request means: the same words wherever messages are listed or operated on. */
final class FilterParameters {
  /** All but the status, which is one for all that wait. */
  static final List<String> NAMES =
      List.of(
          "connector",
          "queue",
          "code",
          "sender",
          "recipient",
          "olderThan",
          "newerThan",
          "suspended");

  static final String STATUS = "status";

  /** Lab time does not go back further. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private FilterParameters() {}

  /** The names, and those besides. */
  static String[] and(String... others) {
    return Stream.concat(NAMES.stream(), Stream.of(others)).toArray(String[]::new);
  }

  static MessageFilter read(Parameters parameters) {
    return new MessageFilter(
        parameters.value(STATUS, "Pending, Delivered or Failed", FilterParameters::status),
        parameters.value("sender", "an address, or nothing for <>", ReversePath::parse),
        parameters.value("recipient", "an address", Mailbox::parse),
        parameters.text("connector"),
        parameters.value("code", "x.y.z", EnhancedStatusCode::parse),
        parameters.text("queue"),
        parameters.value("olderThan", "a duration such as PT1H", FilterParameters::age),
        parameters.value("newerThan", "a duration such as PT1H", FilterParameters::age),
        parameters.text("suspended").map(any -> parameters.flag("suspended", false)));
  }

  /** Those that a message keeps; whether it is held back is no part of them. */
  private static Optional<MessageStatus> status(String text) {
    return Stream.of(MessageStatus.PENDING, MessageStatus.DELIVERED, MessageStatus.FAILED)
        .filter(status -> status.name().equalsIgnoreCase(text))
        .findFirst();
  }

  private static Optional<Duration> age(String text) {
    try {
      return Optional.of(Duration.parse(text))
          .filter(age -> !age.isNegative() && age.compareTo(LONGEST) <= 0);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
