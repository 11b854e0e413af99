package io.github.mailflowlab.document;

import io.github.mailflowlab.queue.BulkResult;
import java.util.Optional;

/**
 * What became of an operation on all messages of a filter.
 *
 * @param dryRun whether it was only asked what would be matched
 * @param matched messages that waited and were meant
 * @param done those to which it was done
 * @param obstacle why it does not apply to one of the others, for example
 */
public record BulkDocument(
    String operation, boolean dryRun, long matched, long done, Optional<String> obstacle) {
  public static BulkDocument of(String operation, boolean dryRun, BulkResult result) {
    return new BulkDocument(operation, dryRun, result.matched(), result.done(), result.obstacle());
  }
}
