package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.document.Json;
import io.github.mailflowlab.document.Problem;
import io.github.mailflowlab.queue.OperationResult;
import java.util.Collection;
import java.util.List;
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

  /** The thing as it is after a change; a 400 with every problem when there were some. */
  static HttpResponse changed(HttpStatus status, Checked<?> changed) {
    if (!changed.problems().isEmpty()) {
      throw new BadRequest(problems(changed) + ". Nothing was changed.");
    }
    return json(status, changed.value());
  }

  /** All that is wrong, on one line. */
  static String problems(Checked<?> checked) {
    return String.join("; ", checked.problems().stream().map(ConfigProblem::toString).toList());
  }

  static HttpResponse notFound(String what, String id) {
    return notFound(what, id, List.of());
  }

  /**
   * That there is no such thing, and what was perhaps meant.
   *
   * @param known the words that would have been right; none when they are too many to guess from
   */
  static HttpResponse notFound(String what, String id, Collection<String> known) {
    return problem(
        HttpStatus.NOT_FOUND,
        "There is no " + what + " " + safe(id) + NearestWords.hint(id, known) + ".");
  }

  /** A client's word, without what could steer a terminal. */
  static String safe(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
