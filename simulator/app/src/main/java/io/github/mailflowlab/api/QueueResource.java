package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.document.MessageDocument;
import io.github.mailflowlab.document.QueueDetail;
import io.github.mailflowlab.document.QueueDocument;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.Order;
import io.github.mailflowlab.queue.RetryResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /queues}: what waits for which next hop. */
@Blocking
final class QueueResource {
  private final MailQueue queue;
  private final Supplier<List<Connector>> connectors;

  QueueResource(MailQueue queue, Supplier<List<Connector>> connectors) {
    this.queue = queue;
    this.connectors = connectors;
  }

  @Get("/queues")
  public HttpResponse list() {
    return Answers.ok(
        new QueueDocument.Listing(
            queue.queues().stream()
                .map(view -> QueueDocument.of(view, connectors.get()))
                .toList()));
  }

  @Get("/queues/{id}")
  public HttpResponse show(@Param String id, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    return queue
        .queue(id)
        .map(view -> Answers.ok(detail(QueueDocument.of(view, connectors.get()), parameters)))
        .orElseGet(() -> Answers.notFound("queue", id));
  }

  @Post("/queues/{id}/retry")
  public CompletionStage<HttpResponse> retry(@Param String id, ServiceRequestContext context) {
    return queue
        .retry(id, order(context))
        .thenApplyAsync(result -> answer(id, result), context.blockingTaskExecutor());
  }

  @Post("/queues/{id}/suspend")
  public CompletionStage<HttpResponse> suspend(@Param String id, ServiceRequestContext context) {
    return suspend(id, true, context);
  }

  @Post("/queues/{id}/resume")
  public CompletionStage<HttpResponse> resume(@Param String id, ServiceRequestContext context) {
    return suspend(id, false, context);
  }

  private CompletionStage<HttpResponse> suspend(
      String id, boolean suspend, ServiceRequestContext context) {
    return queue
        .suspendQueue(id, suspend, order(context))
        .thenApplyAsync(
            result ->
                Answers.operated(
                    result,
                    () -> queue.queue(id).map(view -> QueueDocument.of(view, connectors.get())),
                    "queue",
                    id),
            context.blockingTaskExecutor());
  }

  @Post("/connectors/{name}/suspend")
  public CompletionStage<HttpResponse> suspendConnector(
      @Param String name, ServiceRequestContext context) {
    return suspendConnector(name, true, context);
  }

  @Post("/connectors/{name}/resume")
  public CompletionStage<HttpResponse> resumeConnector(
      @Param String name, ServiceRequestContext context) {
    return suspendConnector(name, false, context);
  }

  private CompletionStage<HttpResponse> suspendConnector(
      String name, boolean suspend, ServiceRequestContext context) {
    return queue
        .suspendConnector(name, suspend, order(context))
        .thenApplyAsync(
            result ->
                Answers.operated(result, () -> Optional.of(queuesOf(name)), "connector", name),
            context.blockingTaskExecutor());
  }

  private QueueDocument.Listing queuesOf(String connector) {
    return new QueueDocument.Listing(
        queue.queues().stream()
            .filter(view -> view.nextHop().connector().equals(connector))
            .map(view -> QueueDocument.of(view, connectors.get()))
            .toList());
  }

  private static Order order(ServiceRequestContext context) {
    return Parameters.of(context, "by", "reason").order();
  }

  private HttpResponse answer(String id, RetryResult result) {
    return switch (result) {
      case STARTED ->
          queue
              .queue(id)
              .map(view -> Answers.ok(QueueDocument.of(view, connectors.get())))
              .orElseGet(() -> Answers.notFound("queue", id));
      case NOT_IN_RETRY ->
          Answers.problem(
              HttpStatus.CONFLICT,
              "Queue " + id + " is not in Retry, or suspended, so there is nothing to do.");
      case UNKNOWN_QUEUE -> Answers.notFound("queue", id);
    };
  }

  private QueueDetail detail(QueueDocument document, Parameters parameters) {
    MessageDocument.Listing page =
        MessageDocument.Listing.of(
            queue.messages(
                MessageFilter.ALL.withQueueId(document.id()),
                parameters.limit(),
                parameters.cursor()));
    return new QueueDetail(document, page.messages(), page.nextCursor());
  }
}
