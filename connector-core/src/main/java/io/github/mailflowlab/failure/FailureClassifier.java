package io.github.mailflowlab.failure;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Optional;

/**
 * Turns a failure into a classification: one pure function over the decision ladder, whose rows are
 * data ({@link FailureCatalogue#ladder()}). Stateless; may be shared by all threads.
 */
public final class FailureClassifier {
  private final FailureCatalogue catalogue;

  public FailureClassifier(FailureCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * What this failure means.
   *
   * @param destination whom the attempt tried last
   */
  public Classification classify(Failure failure, Optional<Destination> destination) {
    LadderRow row = catalogue.ladder().get(failure.observation());
    if (row == null) {
      throw new AssertionError("no ladder row for " + failure.observation());
    }
    return row.condition()
        .map(condition -> deferred(row, LastError.of(condition, failure.detail(), destination)))
        .orElseGet(() -> remoteOrOwn(row, failure, destination));
  }

  private static Classification remoteOrOwn(
      LadderRow row, Failure failure, Optional<Destination> destination) {
    if (failure instanceof Failure.Replied replied) {
      LastError error = spoken(replied.reply(), destination);
      return replied.reply().isTransient()
          ? deferred(row, error)
          : returned(row, error, returnedBy(replied));
    }
    if (failure instanceof Failure.Unsendable unsendable) {
      SmtpReply verdict = unsendable.verdict();
      return returned(
          row,
          spoken(verdict, destination),
          new FinalError(verdict.status(), verdict.toString(), Optional.empty()));
    }
    if (failure instanceof Failure.OwnExhaustion own) {
      return deferred(
          row,
          new LastError(
              Optional.empty(),
              EnhancedStatusCode.of("4.3.1"),
              "452 4.3.1 Insufficient system resources",
              Optional.of(own.detail()),
              Optional.empty()));
    }
    if (failure instanceof Failure.Dns dns) {
      return domainTakesNoMail(row, dns, destination);
    }
    throw new AssertionError(failure);
  }

  private static Classification deferred(LadderRow row, LastError error) {
    return new Classification(row.observation(), row.scope(), error, Optional.empty());
  }

  private static Classification returned(LadderRow row, LastError error, FinalError last) {
    return new Classification(row.observation(), row.scope(), error, Optional.of(last));
  }

  private static LastError spoken(SmtpReply reply, Optional<Destination> destination) {
    return new LastError(
        Optional.empty(), reply.status(), reply.toString(), Optional.empty(), destination);
  }

  /** How Exchange wraps a remote 5yz (design 4). */
  private static FinalError returnedBy(Failure.Replied replied) {
    SmtpReply reply = replied.reply();
    boolean unknownRecipient =
        replied.stage() == Stage.RCPT
            && reply.enhanced().map(status -> status.subject() == 1).orElse(reply.code() == 550);
    ReturnStatus status =
        unknownRecipient ? ReturnStatus.UNKNOWN_RECIPIENT : ReturnStatus.REMOTE_REFUSED;
    return new FinalError(status.code(), status.reply(reply.toString()), Optional.empty());
  }

  /** Ladder row 0: the recipient's own domain says that there is nobody. */
  private static Classification domainTakesNoMail(
      LadderRow row, Failure.Dns dns, Optional<Destination> destination) {
    String domain = destination.map(Destination::serverName).orElse("");
    boolean nullMx = dns.problem() == DnsProblem.NULL_MX;
    EnhancedStatusCode status =
        (nullMx ? ReturnStatus.NO_SUCH_RECIPIENT : ReturnStatus.NO_SUCH_DOMAIN).code();
    String reply =
        nullMx
            ? "556 " + status + " Domain " + domain + " does not accept mail"
            : "550 " + status + " DNS domain " + domain + " does not exist";
    Optional<String> detail = Optional.of(dns.detail());
    return returned(
        row,
        new LastError(Optional.empty(), status, reply, detail, destination),
        new FinalError(status, reply, detail));
  }
}
