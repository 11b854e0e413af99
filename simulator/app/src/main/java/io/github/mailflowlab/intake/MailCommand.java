package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.SmtpReply;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** MAIL, read and checked. */
sealed interface MailCommand {
  /**
   * It starts a transaction.
   *
   * @param smtpUtf8 whether addresses may be in UTF-8 (RFC 6531)
   * @param ret as in RFC 3461 4.3
   * @param envid as in RFC 3461 4.4
   */
  record Accepted(
      ReversePath reversePath,
      BodyType declared,
      boolean smtpUtf8,
      Optional<ReturnContent> ret,
      Optional<EnvelopeId> envid)
      implements MailCommand {}

  /** It does not. */
  record Refused(SmtpReply reply) implements MailCommand {}

  /** Reads what follows the verb. */
  static MailCommand read(String argument, long maxMessageSize) {
    Optional<PathArgument> path = PathArgument.parse("FROM:", argument);
    Optional<EsmtpParameters> parameters =
        path.flatMap(found -> EsmtpParameters.parse(found.parameters()));
    if (path.isEmpty() || parameters.isEmpty()) {
      return new Refused(IntakeReplies.BAD_ARGUMENT);
    }
    if (path.get().isOutsideAscii() && !parameters.get().has("SMTPUTF8")) {
      return new Refused(IntakeReplies.ADDRESS_NOT_ASCII);
    }
    Optional<ReversePath> sender = ReversePath.parse(path.get().address());
    if (sender.isEmpty()) {
      return new Refused(IntakeReplies.BAD_SENDER);
    }
    return refuse(parameters.get(), maxMessageSize)
        .<MailCommand>map(Refused::new)
        .orElseGet(() -> accepted(sender.get(), parameters.get()));
  }

  private static Accepted accepted(ReversePath sender, EsmtpParameters parameters) {
    return new Accepted(
        sender,
        parameters.value("BODY").flatMap(MailCommand::body).orElse(BodyType.SEVEN_BIT),
        parameters.has("SMTPUTF8"),
        parameters.value("RET").flatMap(MailCommand::ret),
        parameters.value("ENVID").flatMap(EnvelopeId::parse));
  }

  private static Optional<SmtpReply> refuse(EsmtpParameters parameters, long maxMessageSize) {
    return parameters.values().entrySet().stream()
        .map(one -> refuse(one.getKey(), one.getValue(), maxMessageSize))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<SmtpReply> refuse(
      String keyword, Optional<String> value, long maxMessageSize) {
    return switch (keyword) {
      case "SIZE" -> refuseSize(value.orElse(""), maxMessageSize);
      case "BODY" -> unless(value.flatMap(MailCommand::body).isPresent());
      case "SMTPUTF8" -> unless(value.isEmpty());
      case "RET" -> unless(value.flatMap(MailCommand::ret).isPresent());
      case "ENVID" -> unless(value.flatMap(EnvelopeId::parse).isPresent());
      default -> Optional.of(IntakeReplies.UNKNOWN_PARAMETER);
    };
  }

  private static Optional<SmtpReply> unless(boolean valid) {
    return valid ? Optional.empty() : Optional.of(IntakeReplies.BAD_ARGUMENT);
  }

  private static Optional<SmtpReply> refuseSize(String value, long maxMessageSize) {
    // RFC 1870 3: up to 20 digits, which a long does not hold.
    if (!value.matches("[0-9]{1,20}")) {
      return Optional.of(IntakeReplies.BAD_ARGUMENT);
    }
    boolean fits = new BigInteger(value).bitLength() < Long.SIZE;
    return fits && Long.parseLong(value) <= maxMessageSize
        ? Optional.empty()
        : Optional.of(IntakeReplies.TOO_LARGE);
  }

  private static Optional<BodyType> body(String value) {
    return Stream.of(BodyType.values())
        .filter(type -> type.keyword().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst();
  }

  private static Optional<ReturnContent> ret(String value) {
    return Stream.of(ReturnContent.values())
        .filter(one -> one.name().equals(value.toUpperCase(Locale.ROOT)))
        .findFirst();
  }
}
