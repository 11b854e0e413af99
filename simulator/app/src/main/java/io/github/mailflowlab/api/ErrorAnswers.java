package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.annotation.Nullable;
import com.linecorp.armeria.server.HttpResponseException;
import com.linecorp.armeria.server.HttpStatusException;
import com.linecorp.armeria.server.ServerErrorHandler;
import com.linecorp.armeria.server.ServiceConfig;
import com.linecorp.armeria.server.ServiceRequestContext;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem document; only our own faults are logged. */
final class ErrorAnswers implements ServerErrorHandler {
  private static final Logger log = LoggerFactory.getLogger(ErrorAnswers.class);

  private final long maxBody;

  /**
   * The answers of a server.
   *
   * @param maxBody the largest request body, in octets
   */
  ErrorAnswers(long maxBody) {
    this.maxBody = maxBody;
  }

  @Override
  public @Nullable HttpResponse onServiceException(ServiceRequestContext context, Throwable cause) {
    if (cause instanceof BadRequest) {
      return Answers.problem(HttpStatus.BAD_REQUEST, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof Conflict) {
      return Answers.problem(HttpStatus.CONFLICT, String.valueOf(cause.getMessage()));
    }
    if (cause instanceof IllegalArgumentException) {
      // Armeria's own complaint about a path or query parameter.
      return Answers.problem(HttpStatus.BAD_REQUEST, "The request is not understood.");
    }
    if (cause instanceof UncheckedIOException) {
      log.error("path={} failed: {}", context.path(), cause.toString());
      return Answers.problem(
          HttpStatus.SERVICE_UNAVAILABLE, "The spool cannot be read now; the log says more.");
    }
    if (cause instanceof HttpStatusException || cause instanceof HttpResponseException) {
      return null;
    }
    log.error("path={} failed", context.path(), cause);
    return Answers.problem(
        HttpStatus.INTERNAL_SERVER_ERROR, "A fault of the lab itself; its log says more.");
  }

  @Override
  public AggregatedHttpResponse renderStatus(
      @Nullable ServiceRequestContext context,
      ServiceConfig config,
      @Nullable RequestHeaders headers,
      HttpStatus status,
      @Nullable String description,
      @Nullable Throwable cause) {
    return Answers.problem(status, detail(status, description)).aggregate().join();
  }

  private String detail(HttpStatus status, @Nullable String description) {
    if (status.equals(HttpStatus.REQUEST_ENTITY_TOO_LARGE)) {
      return "552 5.3.4 Message size exceeds fixed maximum message size of " + maxBody + " octets";
    }
    return description == null ? status.reasonPhrase() : description;
  }
}
