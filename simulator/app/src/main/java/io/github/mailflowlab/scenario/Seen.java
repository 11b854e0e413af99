package io.github.mailflowlab.scenario;

import java.util.Collection;
import java.util.LongSummaryStatistics;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What was found of a fact. */
sealed interface Seen {
  /** From one number to another; both are the same when there is one. */
  record Numbers(long least, long most) implements Seen {
    static Numbers of(long number) {
      return new Numbers(number, number);
    }

    /** The least and the greatest; nothing counts as 0. */
    static Numbers of(LongStream numbers) {
      LongSummaryStatistics summary = numbers.summaryStatistics();
      return summary.getCount() == 0 ? of(0) : new Numbers(summary.getMin(), summary.getMax());
    }

    @Override
    public String toString() {
      return least == most ? Long.toString(least) : least + ".." + most;
    }
  }

  /** Each word once. */
  record Words(Set<String> words) implements Seen {
    public Words {
      words = Set.copyOf(words);
    }

    static Words of(Collection<String> words) {
      return new Words(Set.copyOf(words));
    }

    @Override
    public String toString() {
      return words.isEmpty() ? "none" : String.join(", ", new TreeSet<>(words));
    }
  }
}
