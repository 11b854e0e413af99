package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.document.BulkDocument;
import io.github.mailflowlab.document.MessageDocument;
import io.github.mailflowlab.queue.BulkResult;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageOperation;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /messages/{id}/OPERATION} and {@code POST /messages/actions}: what an operator does
 * to a message, or to all of a filter. It is answered after the attempts that they may be in,
 * however long that takes.
 */
@Blocking
final class MessageOperationResource {
  private final MailQueue queue;

  MessageOperationResource(MailQueue queue) {
    this.queue = queue;
  }

  @Post("/messages/{id}/suspend")
  public CompletionStage<HttpResponse> suspend(@Param String id, ServiceRequestContext context) {
    return operate(id, MessageOperation.SUSPEND, plain(context), context);
  }

  @Post("/messages/{id}/resume")
  public CompletionStage<HttpResponse> resume(@Param String id, ServiceRequestContext context) {
    return operate(id, MessageOperation.RESUME, plain(context), context);
  }

  @Post("/messages/{id}/retry")
  public CompletionStage<HttpResponse> retry(@Param String id, ServiceRequestContext context) {
    return operate(id, MessageOperation.RETRY, plain(context), context);
  }

  @Post("/messages/{id}/reroute")
  public CompletionStage<HttpResponse> reroute(@Param String id, ServiceRequestContext context) {
    return operate(id, MessageOperation.REROUTE, plain(context), context);
  }

  /** As Exchange's, it tells the sender unless {@code ndr=false}. */
  @Post("/messages/{id}/remove")
  public CompletionStage<HttpResponse> remove(@Param String id, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "by", "reason", "ndr");
    return operate(id, removal(parameters), parameters, context);
  }

  /**
   * The same operations on all messages that wait and that a filter means. Who means all of them
   * says so: a filter that lost its words on the way shall not empty the spool.
   */
  @Post("/messages/actions")
  public HttpResponse operateOnAll(ServiceRequestContext context) {
    context.clearRequestTimeout();
    Parameters parameters =
        Parameters.of(
            context, FilterParameters.and("operation", "ndr", "all", "dryRun", "by", "reason"));
    String name = parameters.text("operation").orElse("");
    MessageOperation operation = operation(name, parameters);
    MessageFilter filter = FilterParameters.read(parameters);
    if (filter.equals(MessageFilter.ALL) != parameters.flag("all", false)) {
      throw new BadRequest(
          "Expected which messages are meant (" + FilterParameters.NAMES + "), or all=true alone.");
    }
    boolean dryRun = parameters.flag("dryRun", false);
    BulkResult result =
        dryRun ? queue.countAll(filter) : queue.operateOnAll(filter, operation, parameters.order());
    return Answers.ok(BulkDocument.of(name, dryRun, result));
  }

  private static MessageOperation operation(String name, Parameters parameters) {
    if (!name.equals("remove") && parameters.text("ndr").isPresent()) {
      throw new BadRequest("ndr: only for operation=remove.");
    }
    return switch (name) {
      case "suspend" -> MessageOperation.SUSPEND;
      case "resume" -> MessageOperation.RESUME;
      case "retry" -> MessageOperation.RETRY;
      case "reroute" -> MessageOperation.REROUTE;
      case "remove" -> removal(parameters);
      default ->
          throw new BadRequest("operation: expected suspend, resume, retry, reroute or remove.");
    };
  }

  private static MessageOperation removal(Parameters parameters) {
    return parameters.flag("ndr", true) ? MessageOperation.RETURN : MessageOperation.REMOVE;
  }

  private static Parameters plain(ServiceRequestContext context) {
    return Parameters.of(context, "by", "reason");
  }

  private CompletionStage<HttpResponse> operate(
      String id, MessageOperation operation, Parameters parameters, ServiceRequestContext context) {
    context.clearRequestTimeout();
    return queue
        .operate(id, operation, parameters.order())
        .thenApplyAsync(
            result ->
                Answers.operated(
                    result, () -> queue.message(id).map(MessageDocument::of), "message", id),
            context.blockingTaskExecutor());
  }
}
