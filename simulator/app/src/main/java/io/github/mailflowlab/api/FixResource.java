package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.fix.FixAnswer;
import io.github.mailflowlab.fix.FixNow;
import io.github.mailflowlab.queue.Order;

/** {@code /alerts/{id}/fix}: what Fix now would do, does, and undoes. */
@Blocking
final class FixResource {
  private final FixNow fixNow;

  FixResource(FixNow fixNow) {
    this.fixNow = fixNow;
  }

  @Get("/alerts/{id}/fix")
  public HttpResponse show(@Param String id) {
    return answer(HttpStatus.OK, id, fixNow.show(id));
  }

  @Post("/alerts/{id}/fix")
  public HttpResponse order(@Param String id, ServiceRequestContext context) {
    Order order = Parameters.of(context, "by", "reason").order();
    return answer(HttpStatus.ACCEPTED, id, fixNow.order(id, order));
  }

  @Delete("/alerts/{id}/fix")
  public HttpResponse undo(@Param String id, ServiceRequestContext context) {
    Order order = Parameters.of(context, "by", "reason").order();
    return answer(HttpStatus.OK, id, fixNow.undo(id, order));
  }

  private static HttpResponse answer(HttpStatus status, String id, FixAnswer answer) {
    if (answer instanceof FixAnswer.Plan plan) {
      return Answers.json(status, plan.document());
    }
    if (answer instanceof FixAnswer.Refused refused) {
      throw new Conflict(refused.why());
    }
    return Answers.notFound("alert", id);
  }
}
