package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.SmtpReply;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** MAIL, read and checked. */
sealed interface MailCommand {
  /** It starts a transaction. */
  record Accepted(ReversePath reversePath, BodyType declared) implements MailCommand {}

  /** It does not. */
  record Refused(SmtpReply reply) implements MailCommand {}

  /** Reads what follows the verb. */
  static MailCommand read(String argument, long maxMessageSize) {
    Optional<PathArgument> path = PathArgument.parse("FROM:", argument);
    if (path.isEmpty()) {
      return new Refused(IntakeReplies.BAD_ARGUMENT);
    }
    if (path.get().isOutsideAscii()) {
      return new Refused(IntakeReplies.SENDER_NOT_ASCII);
    }
    Optional<ReversePath> sender = ReversePath.parse(path.get().address());
    if (sender.isEmpty()) {
      return new Refused(IntakeReplies.BAD_SENDER);
    }
    List<String> parameters = path.get().parameters();
    return refuse(parameters, maxMessageSize)
        .<MailCommand>map(Refused::new)
        .orElseGet(() -> new Accepted(sender.get(), declared(parameters)));
  }

  private static Optional<SmtpReply> refuse(List<String> parameters, long maxMessageSize) {
    Set<String> seen = new HashSet<>();
    for (String parameter : parameters) {
      String[] parts = parameter.toUpperCase(Locale.ROOT).split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      Optional<SmtpReply> refusal =
          seen.add(parts[0])
              ? refuse(parts[0], value, maxMessageSize)
              : Optional.of(IntakeReplies.BAD_ARGUMENT);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<SmtpReply> refuse(String keyword, String value, long maxMessageSize) {
    return switch (keyword) {
      case "SIZE" -> refuseSize(value, maxMessageSize);
      case "BODY" ->
          value.equals("7BIT") || value.equals("8BITMIME")
              ? Optional.empty()
              : Optional.of(IntakeReplies.BAD_ARGUMENT);
      default -> Optional.of(IntakeReplies.UNKNOWN_PARAMETER);
    };
  }

  private static Optional<SmtpReply> refuseSize(String value, long maxMessageSize) {
    // RFC 1870 3: up to 20 digits, which a long does not hold.
    if (!value.matches("\\d{1,20}")) {
      return Optional.of(IntakeReplies.BAD_ARGUMENT);
    }
    boolean fits = new BigInteger(value).bitLength() < Long.SIZE;
    return fits && Long.parseLong(value) <= maxMessageSize
        ? Optional.empty()
        : Optional.of(IntakeReplies.TOO_LARGE);
  }

  private static BodyType declared(List<String> parameters) {
    return parameters.stream().anyMatch("BODY=8BITMIME"::equalsIgnoreCase)
        ? BodyType.EIGHT_BIT_MIME
        : BodyType.SEVEN_BIT;
  }
}
