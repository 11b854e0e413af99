package io.github.mailflowlab.fix;

import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageOperation;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.OperationResult;
import io.github.mailflowlab.queue.Order;
import io.github.mailflowlab.queue.Page;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Routes all that waits behind a connector again, the oldest first. Many at a time, because each
 * waits for the disk. Blocks; for one thread.
 */
record Rerouting(MailQueue queue, String connector, Order order) {
  private static final int AT_A_TIME = 256;

  /** Until a whole look finds nothing more to do: mail may have come in during the one before. */
  void run() {
    boolean moved;
    do {
      moved = false;
      List<String> ids = waiting();
      for (int from = 0; from < ids.size(); from += AT_A_TIME) {
        moved |= reroute(ids.subList(from, Math.min(ids.size(), from + AT_A_TIME)));
      }
    } while (moved);
  }

  private List<String> waiting() {
    MessageFilter filter =
        MessageFilter.ALL.withStatus(MessageStatus.PENDING).withConnector(connector);
    List<String> ids = new ArrayList<>();
    Optional<String> cursor = Optional.empty();
    do {
      Page<MessageView> page = queue.messages(filter, 1000, cursor);
      page.items().forEach(message -> ids.add(message.id()));
      cursor = page.nextCursor();
    } while (cursor.isPresent());
    Collections.reverse(ids);
    return ids;
  }

  /** Whether any of them went elsewhere. */
  private boolean reroute(List<String> ids) {
    List<CompletableFuture<OperationResult>> results =
        ids.stream()
            .map(
                id ->
                    queue
                        .operate(id, MessageOperation.REROUTE_OR_RETURN, order)
                        .toCompletableFuture())
            .toList();
    return results.stream()
            .filter(result -> result.join().kind() == OperationResult.Kind.DONE)
            .count()
        > 0;
  }
}
