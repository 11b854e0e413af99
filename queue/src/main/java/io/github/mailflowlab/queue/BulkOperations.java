package io.github.mailflowlab.queue;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Operations on all messages of a filter, a bounded step at a time: the messages of a step are
 * changed as single ones are, and share their flushes of the disk; the next step begins when all of
 * that is durable. It goes from the newest to the oldest, so that what comes meanwhile is not
 * meant. Any thread, which it blocks.
 */
record BulkOperations(Views views, Single single) {
  /** Messages of a step. */
  static final int STEP = 256;

  /** Does something to one message. */
  @FunctionalInterface
  interface Single {
    CompletionStage<OperationResult> operate(String id, MessageOperation operation, Order order);
  }

  /** How many messages wait that the filter means. */
  BulkResult count(MessageFilter filter) {
    BulkResult result = BulkResult.NONE;
    Optional<String> cursor = Optional.empty();
    do {
      Page<MessageView> page = views.messages(waiting(filter), Page.MAX_LIMIT, cursor);
      result = result.andMatched(page.items().size());
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return result;
  }

  BulkResult run(MessageFilter filter, MessageOperation operation, Order order) {
    Order told = order.toAll(filter.told());
    BulkResult result = BulkResult.NONE;
    Optional<String> cursor = Optional.empty();
    do {
      Page<MessageView> page = views.messages(waiting(filter), STEP, cursor);
      List<CompletableFuture<OperationResult>> step =
          page.items().stream()
              .map(view -> single.operate(view.id(), operation, told).toCompletableFuture())
              .toList();
      for (CompletableFuture<OperationResult> one : step) {
        result = result.and(one.join());
      }
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    return result;
  }

  private static MessageFilter waiting(MessageFilter filter) {
    return filter.withStatus(MessageStatus.PENDING);
  }
}
