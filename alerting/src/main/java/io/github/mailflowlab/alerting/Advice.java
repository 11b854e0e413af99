package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Explains codes. Pure functions over {@link AdviceBook}, the one place where the advice is
 * written: what an alert recommends, a validation, and {@code explain} never differ.
 */
public final class Advice {
  private static final AdviceBook BOOK = AdviceBook.load();

  /** The highest detail of each subject in IANA's registry of enhanced status codes. */
  private static final List<Integer> REGISTERED = List.of(0, 10, 4, 6, 7, 6, 13, 30);

  private static final int NEAREST = 3;

  private Advice() {}

  /**
   * Explains a code of a deferral or a return, and the more exactly, the more of the error is
   * given.
   *
   * @param error {@code x.y.z} of class 4 or 5, with or without three digits before it and text
   *     after it, as copied from a queue, a trace or an NDR
   * @return empty when it does not begin with such a code, and when a code that stands alone is
   *     neither one of the connector's nor one that servers use
   */
  public static Optional<Explanation> explain(String error) {
    return ErrorText.parse(error).flatMap(Advice::explain);
  }

  /** Explains the last error of a queue, a message or a validation. */
  public static Explanation explain(LastError error) {
    String detail = error.detail().orElse("");
    if (error.condition().isPresent()) {
      return own(error.condition().get(), detail);
    }
    String code = error.status().toString();
    if (error.detail().isPresent() && !error.status().isPermanent()) {
      return plain(code, BOOK.get("topic exhaustion", ""));
    }
    // A detail is ours: the domain itself said no. Otherwise a remote may use our own numbers.
    Optional<AdviceBook.Entry> returned =
        error.detail().isPresent() ? BOOK.find(code, detail) : Optional.empty();
    return returned
        .map(entry -> plain(code, entry))
        .orElseGet(() -> reply(error.status(), error.reply()));
  }

  /** What to do about mail that waits behind a connector of this type with this last error. */
  public static List<String> forError(Optional<LastError> error, ConnectorType type) {
    return error.map(Advice::explain).orElseGet(() -> topic("nothing-tried")).forType(type);
  }

  /** Advice that is about no code. */
  static Explanation topic(String name) {
    AdviceBook.Entry entry = BOOK.get("topic " + name, "");
    return new Explanation(
        "",
        entry.topic(),
        entry.title(),
        entry.meaning(),
        entry.causes(),
        entry.howToTell(),
        entry.whatToDo(),
        entry.partner());
  }

  /** The codes of our own that look most like this one; empty when it is no code at all. */
  public static List<String> nearest(String error) {
    return ErrorText.parse(error)
        .map(
            text ->
                ownCodes()
                    .sorted(Comparator.comparingInt(own -> distance(own, text.status())))
                    .limit(NEAREST)
                    .map(EnhancedStatusCode::toString)
                    .toList())
        .orElse(List.of());
  }

  /** The codes that the connector gives, while mail waits and when it goes back. */
  static Stream<EnhancedStatusCode> ownCodes() {
    return Stream.concat(
        Stream.of(ConnectorStatus.values())
            .flatMap(own -> Stream.of(own.code(), own.expiredCode())),
        BOOK.keys().stream()
            .flatMap(key -> EnhancedStatusCode.parse(key).stream())
            .filter(code -> ConnectorStatus.of(code).isEmpty())
            .sorted(Comparator.comparing(EnhancedStatusCode::toString)));
  }

  private static int distance(EnhancedStatusCode one, EnhancedStatusCode other) {
    return (one.statusClass() == other.statusClass() ? 0 : 1_000)
        + (one.subject() == other.subject() ? 0 : 10_000)
        + Math.abs(one.detail() - other.detail());
  }

  private static Optional<Explanation> explain(ErrorText text) {
    EnhancedStatusCode status = text.status();
    if (text.isRemote()) {
      return Optional.of(reply(status, text.reply()));
    }
    Optional<ConnectorStatus> condition = ConnectorStatus.of(status);
    if (condition.isPresent()) {
      Explanation own = own(condition.get(), text.detail());
      return Optional.of(status.isPermanent() ? expired(condition.get(), own) : own);
    }
    Optional<AdviceBook.Entry> returned = BOOK.find(status.toString(), text.detail());
    if (returned.isPresent()) {
      Explanation outer = plain(status.toString(), returned.get());
      return Optional.of(text.cause().map(cause -> within(outer, cause)).orElse(outer));
    }
    if (!status.isPermanent() && text.hasMessage()) {
      return Optional.of(plain(status.toString(), BOOK.get("topic exhaustion", "")));
    }
    return text.isReply() || isUsual(status)
        ? Optional.of(reply(status, text.reply()))
        : Optional.empty();
  }

  /** Whether servers use it: there is advice about just this code, or it is registered. */
  private static boolean isUsual(EnhancedStatusCode status) {
    return BOOK.find("reply " + anyClass(status), "").isPresent()
        || (status.subject() < REGISTERED.size()
            && status.detail() <= REGISTERED.get(status.subject()));
  }

  /** While the mail waits. */
  private static Explanation own(ConnectorStatus status, String detail) {
    String code = status.code().toString();
    AdviceBook.Entry entry = BOOK.get(code, detail);
    return Explanation.of(code, status.title(), entry.meaning(), entry);
  }

  /** Once it has gone back. */
  private static Explanation expired(ConnectorStatus status, Explanation waiting) {
    String code = status.expiredCode().toString();
    return new Explanation(
        code,
        waiting.topic(),
        status.expiredReply().replace("550 " + code + " ", ""),
        waiting.meaning()
            + " It stayed so until the message expired, and the sender got it back in a report.",
        waiting.causes(),
        waiting.howToTell(),
        waiting.whatToDo(),
        waiting.partner());
  }

  /** A return that gives what a server said as its cause: that says more. */
  private static Explanation within(Explanation outer, ErrorText cause) {
    Explanation inner = reply(cause.status(), cause.reply());
    return new Explanation(
        outer.code(),
        inner.topic(),
        outer.title(),
        outer.meaning() + " " + inner.title() + ": " + inner.meaning(),
        inner.causes(),
        inner.howToTell(),
        inner.whatToDo(),
        inner.partner());
  }

  private static Explanation plain(String code, AdviceBook.Entry entry) {
    return Explanation.of(code, entry.title(), entry.meaning(), entry);
  }

  /** A server's own 4yz or 5yz, by its enhanced code, else by its three digits. */
  private static Explanation reply(EnhancedStatusCode status, String reply) {
    String digits = reply.length() < 3 ? "" : reply.substring(0, 3);
    boolean enhanced = status.subject() != 0 || status.detail() != 0;
    AdviceBook.Entry entry =
        Stream.of(
                anyClass(status),
                enhanced ? "x." + status.subject() : digits,
                digits,
                String.valueOf(status.statusClass()))
            .flatMap(key -> BOOK.find("reply " + key, reply).stream())
            .findFirst()
            .orElseThrow();
    return Explanation.of(
        status.toString(),
        entry.title(),
        (status.isPermanent()
                ? "This is a server's own answer, and final: the message is refused, and its sender"
                    + " told. "
                : "This is a server's own answer: not now. The message is tried again until it"
                    + " expires. ")
            + entry.meaning(),
        entry);
  }

  private static String anyClass(EnhancedStatusCode status) {
    return "x." + status.subject() + "." + status.detail();
  }
}
