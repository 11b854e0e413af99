package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One rule of when people are told. It hears of everything that happens, and names those subjects
 * (most often connectors) that are worth a look; the service then asks it for a verdict. To add
 * one: a type with a test, and its line in {@link Policies}.
 */
interface Policy {
  /**
   * What its alerts have in common, in Exchange's words or like them.
   *
   * @param name unique among the policies; kept with alerts
   */
  record Title(String name, String severity, String activity) {
    static final String CATEGORY = "Mail flow";
  }

  Title title();

  /** Counts an event; returns whom a look is due at. Any thread; at once, and does not throw. */
  Optional<String> drawnBy(ConnectorEvent event);

  /** The same, for a certificate that a server presented. */
  default Optional<String> drawnByCertificate(String connector, String server, Instant expires) {
    return Optional.empty();
  }

  /** The same, when what happens can be recorded no more, or again. */
  default Optional<String> drawnBySpool(boolean writable, Instant when) {
    return Optional.empty();
  }

  /** Judges one subject as of now. The service's thread; may read from a disk. */
  Verdict judge(String subject, Instant now);

  /** How long a look may be put off where many are asked for. */
  default Duration patience() {
    return Pace.SPAN;
  }

  /**
   * Takes over from an earlier run, whose counts are gone: what this alert tells of goes on until
   * something says otherwise. The service's constructor, before any event.
   */
  default void goOn(Alert alert) {}

  /** What to do about trouble. */
  default List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Advice.forError(trouble.lastError(), type);
  }
}
