package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.training.Training;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /training}: the lesson that goes on, if one does. */
@Blocking
final class TrainingResource {
  /** What POST faults takes. */
  record Injection(@Nullable String host, @Nullable String id) {}

  private final Optional<Training> training;

  TrainingResource(Optional<Training> training) {
    this.training = training;
  }

  @Get("/training")
  public HttpResponse show() {
    return answer(Training::lesson);
  }

  /** Makes real attempts, which leave test mail at the servers. */
  @Post("/training/check")
  public HttpResponse check(ServiceRequestContext context) {
    context.clearRequestTimeout();
    return answer(Training::check);
  }

  @Get("/training/solution")
  public HttpResponse solution() {
    return answer(Training::solution);
  }

  /** The next one. */
  @Post("/training/hint")
  public HttpResponse hint() {
    return answer(Training::hint);
  }

  /** Everything as it was when the lesson began; waits until it is. */
  @Post("/training/reset")
  public HttpResponse reset(ServiceRequestContext context) {
    context.clearRequestTimeout();
    return answer(Training::reset);
  }

  /** Breaks one more thing. */
  @Post("/training/faults")
  public HttpResponse inject(AggregatedHttpRequest request) {
    return answer(lesson -> injected(lesson, Bodies.read(request, Injection.class)));
  }

  private static Map<String, String> injected(Training lesson, Injection injection) {
    if (injection.host() == null || injection.id() == null) {
      throw new BadRequest("Expected {\"host\":\"NAME\",\"id\":\"FAULT\"}.");
    }
    Checked<String> injected = lesson.inject(injection.host(), injection.id());
    if (!injected.problems().isEmpty()) {
      throw new BadRequest(
          String.join("; ", injected.problems().stream().map(ConfigProblem::toString).toList())
              + ".");
    }
    return Map.of("host", injection.host(), "id", injected.value());
  }

  private HttpResponse answer(Function<Training, ?> question) {
    return training
        .map(lesson -> Answers.ok(question.apply(lesson)))
        .orElseGet(
            () ->
                Answers.problem(
                    HttpStatus.NOT_FOUND,
                    "No lesson is going on here (begin one: mailflow train start LESSON)."));
  }
}
