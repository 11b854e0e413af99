package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertChange;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.document.AlertDocument;
import java.util.concurrent.CompletionStage;

/** {@code /alerts}: what the administrator was told, and what they do with it. */
final class AlertResource {
  private final AlertService alerts;

  AlertResource(AlertService alerts) {
    this.alerts = alerts;
  }

  @Get("/alerts")
  public HttpResponse list() {
    return Answers.ok(
        new AlertDocument.Listing(alerts.alerts().stream().map(this::document).toList()));
  }

  @Get("/alerts/{id}")
  public HttpResponse show(@Param String id) {
    return alerts
        .alert(id)
        .map(alert -> Answers.ok(document(alert)))
        .orElseGet(() -> Answers.notFound("alert", id));
  }

  @Post("/alerts/{id}/investigate")
  public CompletionStage<HttpResponse> investigate(
      @Param String id, ServiceRequestContext context) {
    return change(id, Alert.State.INVESTIGATING, context);
  }

  @Post("/alerts/{id}/resolve")
  public CompletionStage<HttpResponse> resolve(@Param String id, ServiceRequestContext context) {
    return change(id, Alert.State.RESOLVED, context);
  }

  @Post("/alerts/{id}/dismiss")
  public CompletionStage<HttpResponse> dismiss(@Param String id, ServiceRequestContext context) {
    return change(id, Alert.State.DISMISSED, context);
  }

  private CompletionStage<HttpResponse> change(
      String id, Alert.State state, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "by", "comment");
    try {
      return alerts
          .change(id, state, parameters.text("by").orElse("rest"), parameters.text("comment"))
          .thenApply(change -> answer(id, state, change));
    } catch (IllegalArgumentException e) {
      throw new BadRequest(e.getMessage() + ".");
    }
  }

  private HttpResponse answer(String id, Alert.State wanted, AlertChange change) {
    return switch (change) {
      case DONE -> show(id);
      case UNKNOWN -> Answers.notFound("alert", id);
      case NOT_APPLICABLE ->
          Answers.problem(
              HttpStatus.CONFLICT,
              "Alert "
                  + id
                  + alerts.alert(id).map(alert -> " is " + alert.state().label()).orElse(" is gone")
                  + ", so it cannot become "
                  + wanted.label()
                  + ".");
    };
  }

  private AlertDocument document(Alert alert) {
    return AlertDocument.of(alert, alerts.notifications(alert.id()));
  }
}
