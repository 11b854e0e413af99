package io.github.mailflowlab.pressure;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What the heap holds after its garbage has been collected, in percent of the most that it may.
 *
 * <p>The figure is as old as the last collection. An intake that is closed makes no garbage, and so
 * might wait for ever for the collection that shows that all is well again: while the first mark is
 * reached, one is asked for from time to time.
 */
final class HeapAfterCollection implements Source {
  /** Readings from one request for a collection to the next. */
  private static final int PATIENCE = 15;

  private final List<MemoryPoolMXBean> pools =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .toList();

  private final Marks marks;
  private int late;

  HeapAfterCollection(Marks marks) {
    this.marks = marks;
  }

  @Override
  public OptionalDouble read() {
    double percent = 100.0 * used() / Runtime.getRuntime().maxMemory();
    if (percent < marks.slow()) {
      late = 0;
    } else if (++late == PATIENCE) {
      late = 0;
      System.gc();
    }
    return OptionalDouble.of(percent);
  }

  private long used() {
    return pools.stream()
        .map(MemoryPoolMXBean::getCollectionUsage)
        .filter(Objects::nonNull)
        .mapToLong(MemoryUsage::getUsed)
        .sum();
  }
}
