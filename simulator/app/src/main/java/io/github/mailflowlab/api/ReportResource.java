package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.report.Reports;
import io.github.mailflowlab.tenant.Tenant;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** {@code /reports}: what an administrator looks at beside the alerts. */
@Blocking
final class ReportResource {
  private final Reports reports;
  private final Tenant tenant;

  ReportResource(Reports reports, Tenant tenant) {
    this.reports = reports;
    this.tenant = tenant;
  }

  @Get("/reports/queued-messages")
  public HttpResponse queued(ServiceRequestContext context) {
    Parameters.of(context);
    return Answers.ok(reports.queued().list());
  }

  @Get("/reports/queued-messages/{connector}")
  public HttpResponse queued(@Param String connector, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    return reports
        .queued()
        .detail(connector, parameters.limit(), parameters.cursor())
        .map(Answers::ok)
        .orElseGet(() -> noConnector(connector));
  }

  @Get("/reports/connector-health")
  public HttpResponse health(ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "connector", "since");
    String name =
        parameters
            .text("connector")
            .orElseThrow(() -> new BadRequest("connector: missing (expected: its name)."));
    Optional<Instant> since =
        parameters.value(
            "since", "an instant such as 2030-01-01T00:00:00Z", ReportResource::instant);
    return tenant
        .connector(name)
        .map(Connector::name)
        .map(known -> Answers.ok(reports.health().of(known, since)))
        .orElseGet(() -> noConnector(name));
  }

  @Get("/reports/invalid-recipients")
  public HttpResponse invalidRecipients(ServiceRequestContext context) {
    Parameters.of(context);
    return Answers.ok(reports.invalid().list());
  }

  private static HttpResponse noConnector(String name) {
    return Answers.notFound("connector", name);
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
