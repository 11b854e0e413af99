package io.github.mailflowlab.queue;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param nextCursor what to ask for the next part with; absent after the last
 */
public record Page<T>(List<T> items, Optional<String> nextCursor) {
  /** The most that one page holds. */
  static final int MAX_LIMIT = 1000;

  public Page {
    items = List.copyOf(items);
  }

  static int limit(int wanted) {
    return Math.max(1, Math.min(wanted, MAX_LIMIT));
  }

  /** Of a list that was read with one more than the limit. */
  static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> id) {
    if (oneMore.size() <= limit) {
      return new Page<>(oneMore, Optional.empty());
    }
    List<T> items = oneMore.subList(0, limit);
    return new Page<>(items, Optional.of(id.apply(items.get(limit - 1))));
  }
}
