package io.github.mailflowlab.scenario;

import io.github.mailflowlab.queue.QueueStatus;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** What can be looked at. */
enum Fact {
  /** Recipients whose next hop, or mailbox here, has the mail. */
  DELIVERED("delivered", Facts::delivered),
  /** Recipients for whom it was given up. */
  RETURNED("returned", Facts::returned),
  /** Recipients whom the intake refused. */
  REFUSED("refused", Facts::refused),
  /** Recipients not yet decided. */
  WAITING("waiting", Facts::waiting),
  /** Attempts of each message, its queue's probes included. */
  ATTEMPTS("attempts", Facts::attempts),
  /** Mails that hosts have stored. */
  STORED("stored", Facts::stored),
  /** Of these, how many a host had stored before. */
  DUPLICATES("duplicates", Facts::duplicates),
  /** Connections that hosts have taken. */
  SESSIONS("sessions", Facts::sessions),
  /** Reports that return a mail. */
  NDRS("ndrs", Facts::ndrs),
  /** Reports that a mail is late. */
  DELAY_NOTICES("delayNotices", Facts::delayNotices),
  /** Alerts raised so far. */
  ALERTS("alerts", Facts::alerts),
  /** Those of them that nobody has closed and whose cause is not gone. */
  OPEN_ALERTS("openAlerts", Facts::openAlerts),
  /** Every code with which mail was put off so far. */
  CODES("codes", Facts::codes, List.of()),
  /** The codes that waiting mail shows now. */
  CODE("code", Facts::code, List.of()),
  /** The codes in reports that return a mail. */
  NDR("ndr", Facts::ndr, List.of()),
  /** What the queues do. */
  QUEUE("queue", Facts::queue, Stream.of(QueueStatus.values()).map(QueueStatus::label).toList());

  private final String key;
  private final BiFunction<Facts, Scope, Seen> look;
  private final Optional<List<String>> words;

  Fact(String key, BiFunction<Facts, Scope, Seen> look) {
    this.key = key;
    this.look = look;
    this.words = Optional.empty();
  }

  /**
   * One that is seen in words.
   *
   * @param words all that there are; empty for enhanced status codes
   */
  Fact(String key, BiFunction<Facts, Scope, Seen> look, List<String> words) {
    this.key = key;
    this.look = look;
    this.words = Optional.of(words);
  }

  /** As in the file. */
  String key() {
    return key;
  }

  boolean isNumber() {
    return words.isEmpty();
  }

  /** Whether such a word can ever be seen. */
  Optional<String> word(String text) {
    List<String> known = words.orElse(List.of());
    if (text.toLowerCase(Locale.ROOT).equals(Wanted.Words.NONE)) {
      return Optional.of(Wanted.Words.NONE);
    }
    return known.isEmpty()
        ? Optional.of(text).filter(code -> code.matches("[245]\\.\\d{1,3}\\.\\d{1,3}"))
        : known.stream().filter(text::equalsIgnoreCase).findFirst();
  }

  /** What {@link #word} takes. */
  String form() {
    List<String> known = words.orElse(List.of());
    return known.isEmpty()
        ? "a code such as 4.4.316, or none"
        : "one of: " + String.join(", ", Stream.concat(known.stream(), Stream.of("none")).toList());
  }

  Seen look(Facts facts, Scope scope) {
    return look.apply(facts, scope);
  }
}
