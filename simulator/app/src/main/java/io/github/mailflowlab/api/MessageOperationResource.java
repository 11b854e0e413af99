package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.document.MessageDocument;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageOperation;
import java.util.concurrent.CompletionStage;

/**
 * {@code POST /messages/{id}/OPERATION}: what an operator does to a message. It is answered after
 * the attempt that the message may be in, however long that takes.
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
    MessageOperation operation =
        parameters.flag("ndr", true) ? MessageOperation.RETURN : MessageOperation.REMOVE;
    return operate(id, operation, parameters, context);
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
