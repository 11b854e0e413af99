package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.document.AlertDocument;

/** {@code /alerts}: what the administrator was told. */
final class AlertResource {
  private final AlertService alerts;

  AlertResource(AlertService alerts) {
    this.alerts = alerts;
  }

  @Get("/alerts")
  public HttpResponse list() {
    return Answers.ok(
        new AlertDocument.Listing(alerts.alerts().stream().map(AlertDocument::of).toList()));
  }

  @Get("/alerts/{id}")
  public HttpResponse show(@Param String id) {
    return alerts
        .alert(id)
        .map(alert -> Answers.ok(AlertDocument.of(alert)))
        .orElseGet(() -> Answers.notFound("alert", id));
  }
}
