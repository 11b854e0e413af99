package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.document.Problem;
import io.github.mailflowlab.queue.OperationResult;
import java.util.Optional;
import java.util.function.Supplier;

/** The few shapes an answer has. */
final class Answers {
  private static final MediaType PROBLEM = MediaType.create("application", "problem+json");

  private Answers() {}

  static HttpResponse ok(Object document) {
    return json(HttpStatus.OK, document);
  }

  static HttpResponse json(HttpStatus status, Object document) {
    return HttpResponse.of(status, MediaType.JSON_UTF_8, Json.compact(document));
  }

  static HttpResponse problem(HttpStatus status, String detail) {
    return HttpResponse.of(
        status, PROBLEM, Json.compact(Problem.of(status.code(), status.reasonPhrase(), detail)));
  }

  /** What became of an operation; the document is of the thing as it is after. */
  static HttpResponse operated(
      OperationResult result, Supplier<Optional<?>> document, String what, String id) {
    return switch (result.kind()) {
      case DONE -> document.get().map(Answers::ok).orElseGet(() -> notFound(what, id));
      case NOT_APPLICABLE -> problem(HttpStatus.CONFLICT, result.detail());
      case UNKNOWN -> notFound(what, id);
    };
  }

  static HttpResponse notFound(String what, String id) {
    return problem(HttpStatus.NOT_FOUND, "There is no " + what + " " + id + ".");
  }
}
