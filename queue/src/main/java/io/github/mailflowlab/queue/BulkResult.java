package io.github.mailflowlab.queue;

import java.util.Optional;

/**
 * What became of an operation on all messages of a filter.
 *
 * @param matched that waited and were meant
 * @param done to which it was done; 0 when it was only asked what would be matched
 * @param obstacle why it does not apply to one of the others, for example
 */
public record BulkResult(long matched, long done, Optional<String> obstacle) {
  static final BulkResult NONE = new BulkResult(0, 0, Optional.empty());

  BulkResult and(OperationResult one) {
    return one.kind() == OperationResult.Kind.DONE
        ? new BulkResult(matched + 1, done + 1, obstacle)
        : new BulkResult(
            matched + 1,
            done,
            obstacle.or(() -> Optional.of(one.detail()).filter(why -> !why.isEmpty())));
  }

  BulkResult andMatched(int more) {
    return new BulkResult(matched + more, done, obstacle);
  }
}
