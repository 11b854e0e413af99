package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.document.Problem;

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

  static HttpResponse notFound(String what, String id) {
    return problem(HttpStatus.NOT_FOUND, "There is no " + what + " " + id + ".");
  }
}
