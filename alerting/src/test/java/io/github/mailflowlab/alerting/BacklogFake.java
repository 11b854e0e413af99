package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A backlog held in lists. Changed and read in turns, with the service quiet in between. */
final class BacklogFake implements Backlog.View {
  private final Map<String, List<Instant>> received = new HashMap<>();
  private final Map<String, LastError> lastErrors = new HashMap<>();
  private Runnable beforeReading = () -> {};
  private @Nullable RuntimeException trouble;
  private int reads;

  void add(String connector, Instant receivedAt) {
    of(connector).add(receivedAt);
  }

  void removeOldest(String connector) {
    of(connector).remove(0);
  }

  void removeAll(String connector) {
    of(connector).clear();
  }

  void lastError(String connector, LastError error) {
    lastErrors.put(connector, error);
  }

  void forgetError(String connector) {
    lastErrors.remove(connector);
  }

  void beforeReading(Runnable hook) {
    beforeReading = hook;
  }

  void failWith(@Nullable RuntimeException failure) {
    trouble = failure;
  }

  synchronized int reads() {
    return reads;
  }

  private List<Instant> of(String connector) {
    return received.computeIfAbsent(connector, name -> new ArrayList<>());
  }

  @Override
  public Backlog backlog(String connector, Instant receivedBy, int threshold) {
    synchronized (this) {
      reads++;
    }
    beforeReading.run();
    if (trouble != null) {
      throw trouble;
    }
    List<Instant> queued = of(connector).stream().sorted().toList();
    return new Backlog(
        connector,
        queued.size(),
        queued.stream().filter(instant -> !instant.isAfter(receivedBy)).count(),
        queued.stream().skip(threshold - 1L).findFirst(),
        queued.stream().findFirst(),
        Optional.ofNullable(lastErrors.get(connector)));
  }
}
