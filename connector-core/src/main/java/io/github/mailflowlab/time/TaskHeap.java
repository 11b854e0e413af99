package io.github.mailflowlab.time;

import io.github.mailflowlab.time.TaskScheduler.ScheduledTask;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.TreeSet;

/** The tasks that wait, in order of due instant and then of submission. For one thread. */
public final class TaskHeap {
  private record Entry(Instant due, long number, Runnable task) {}

  private final TreeSet<Entry> entries =
      new TreeSet<>(Comparator.comparing(Entry::due).thenComparing(Entry::number));
  private long submitted;

  public ScheduledTask add(Instant due, Runnable task) {
    Entry entry = new Entry(due, submitted++, task);
    entries.add(entry);
    return () -> entries.remove(entry);
  }

  /** When the next task is due. */
  public Optional<Instant> nextDue() {
    return entries.isEmpty() ? Optional.empty() : Optional.of(entries.first().due());
  }

  /** Takes the next task out, if it is due by then. */
  public Optional<Runnable> poll(Instant now) {
    if (entries.isEmpty() || entries.first().due().isAfter(now)) {
      return Optional.empty();
    }
    Entry entry = entries.first();
    entries.remove(entry);
    return Optional.of(entry.task());
  }
}
