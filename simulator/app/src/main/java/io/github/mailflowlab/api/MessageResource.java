package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.document.MessageDocument;
import io.github.mailflowlab.document.SubmissionDocument;
import io.github.mailflowlab.document.TraceDocument;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** {@code /messages}: submit, find, trace. */
@Blocking
final class MessageResource {
  /** What the SMTP intake answers as well. */
  private static final SmtpReply NO_STORAGE =
      SmtpReply.of(452, "4.3.1 Insufficient system storage");

  private final MailQueue queue;
  private final Submission submission;
  private final Supplier<Level> pressure;

  /**
   * A resource.
   *
   * @param submission how mail gets into the queue
   * @param pressure whether it may
   */
  MessageResource(MailQueue queue, Submission submission, Supplier<Level> pressure) {
    this.queue = queue;
    this.submission = submission;
    this.pressure = pressure;
  }

  @Post("/messages")
  public CompletionStage<HttpResponse> submit(
      ServiceRequestContext context, AggregatedHttpRequest request) {
    Parameters parameters = Parameters.of(context, "from", "to");
    ReversePath from = parameters.reversePath("from");
    List<Mailbox> to = parameters.mailboxes("to");
    SubmittedContent content = SubmittedContent.of(request.content().array());
    Envelope envelope = new Envelope(from, to, content.bodyType());
    if (pressure.get() == Level.CLOSED) {
      Submission.Result putOff = new Submission.Result(Optional.empty(), NO_STORAGE, Map.of());
      return CompletableFuture.completedFuture(answer(envelope.recipients(), putOff));
    }
    return submission
        .submit(envelope, MessageContent.of(content.octets()))
        .thenApply(result -> answer(envelope.recipients(), result));
  }

  private static HttpResponse answer(List<Mailbox> recipients, Submission.Result result) {
    HttpStatus status =
        result.id().isPresent()
            ? HttpStatus.CREATED
            : result.reply().isTransient()
                ? HttpStatus.SERVICE_UNAVAILABLE
                : HttpStatus.UNPROCESSABLE_ENTITY;
    return Answers.json(status, SubmissionDocument.of(recipients, result));
  }

  @Get("/messages")
  public HttpResponse list(ServiceRequestContext context) {
    Parameters parameters =
        Parameters.of(context, FilterParameters.and(FilterParameters.STATUS, "limit", "cursor"));
    MessageFilter filter = FilterParameters.read(parameters);
    return Answers.ok(
        MessageDocument.Listing.of(
            queue.messages(filter, parameters.limit(), parameters.cursor())));
  }

  @Get("/messages/{id}")
  public HttpResponse trace(@Param String id) {
    return queue
        .message(id)
        .map(message -> Answers.ok(TraceDocument.of(message, queue.trace(id))))
        .orElseGet(() -> Answers.notFound("message", id));
  }

  @Get("/messages/{id}/content")
  public HttpResponse content(@Param String id) throws IOException {
    return mail(queue.content(id), id);
  }

  static HttpResponse mail(Optional<MessageContent> content, String id) throws IOException {
    if (content.isEmpty()) {
      return Answers.notFound("message", id);
    }
    try (var in = content.get().open()) {
      return HttpResponse.of(
          HttpStatus.OK, MediaType.create("message", "rfc822"), in.readAllBytes());
    }
  }
}
