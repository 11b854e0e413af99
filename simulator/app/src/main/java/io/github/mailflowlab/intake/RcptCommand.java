package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.status.SmtpReply;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** RCPT, read and checked. */
sealed interface RcptCommand {
  /** It names a recipient. */
  record Accepted(Mailbox recipient, RecipientDsn dsn) implements RcptCommand {}

  /** It does not. */
  record Refused(SmtpReply reply) implements RcptCommand {}

  /**
   * Reads what follows the verb.
   *
   * @param postmaster who is meant by {@code <postmaster>} (RFC 5321 4.5.1)
   * @param smtpUtf8 whether MAIL declared that addresses may be in UTF-8
   */
  static RcptCommand read(String argument, Mailbox postmaster, boolean smtpUtf8) {
    Optional<PathArgument> path = PathArgument.parse("TO:", argument);
    Optional<EsmtpParameters> parameters =
        path.flatMap(found -> EsmtpParameters.parse(found.parameters()));
    if (path.isEmpty() || parameters.isEmpty()) {
      return new Refused(IntakeReplies.BAD_ARGUMENT);
    }
    if (path.get().isOutsideAscii() && !smtpUtf8) {
      return new Refused(IntakeReplies.ADDRESS_NOT_ASCII);
    }
    Optional<Mailbox> recipient = recipient(path.get().address(), postmaster);
    if (recipient.isEmpty()) {
      return new Refused(IntakeReplies.BAD_RECIPIENT);
    }
    return refuse(parameters.get(), smtpUtf8)
        .<RcptCommand>map(Refused::new)
        .orElseGet(() -> new Accepted(recipient.get(), dsn(parameters.get())));
  }

  private static Optional<Mailbox> recipient(String address, Mailbox postmaster) {
    return address.equalsIgnoreCase("postmaster")
        ? Optional.of(postmaster)
        : Mailbox.parse(address);
  }

  private static RecipientDsn dsn(EsmtpParameters parameters) {
    return new RecipientDsn(
        parameters.value("NOTIFY").flatMap(RcptCommand::notifyOf).orElse(Set.of()),
        parameters.value("ORCPT").flatMap(OriginalRecipient::parse));
  }

  private static Optional<SmtpReply> refuse(EsmtpParameters parameters, boolean smtpUtf8) {
    return parameters.values().entrySet().stream()
        .map(one -> refuse(one.getKey(), one.getValue().orElse(""), smtpUtf8))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Optional<SmtpReply> refuse(String keyword, String value, boolean smtpUtf8) {
    boolean valid =
        switch (keyword) {
          case "NOTIFY" -> notifyOf(value).isPresent();
          case "ORCPT" ->
              OriginalRecipient.parse(value).isPresent()
                  && (smtpUtf8 || value.chars().allMatch(c -> c < 0x80));
          default -> false;
        };
    boolean known = keyword.equals("NOTIFY") || keyword.equals("ORCPT");
    return valid
        ? Optional.empty()
        : Optional.of(known ? IntakeReplies.BAD_ARGUMENT : IntakeReplies.UNKNOWN_PARAMETER);
  }

  /** NEVER alone, or one or more of the others between commas (RFC 3461 4.1). */
  private static Optional<Set<Notify>> notifyOf(String value) {
    Set<Notify> asked = EnumSet.noneOf(Notify.class);
    for (String word : value.toUpperCase(Locale.ROOT).split(",", -1)) {
      Optional<Notify> one =
          Stream.of(Notify.values()).filter(known -> known.name().equals(word)).findFirst();
      if (one.isEmpty()) {
        return Optional.empty();
      }
      asked.add(one.get());
    }
    return asked.contains(Notify.NEVER) && asked.size() > 1 ? Optional.empty() : Optional.of(asked);
  }
}
