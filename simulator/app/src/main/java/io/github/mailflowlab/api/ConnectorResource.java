package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Put;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.tenant.Tenant;

/** {@code /connectors}: outbound connectors, read and changed. */
@Blocking
final class ConnectorResource {
  private final Tenant tenant;
  private final ConfiguredAnswers answers;

  ConnectorResource(Tenant tenant) {
    this.tenant = tenant;
    this.answers = new ConfiguredAnswers(tenant, Target.CONNECTOR);
  }

  @Get("/connectors")
  public HttpResponse list() {
    return Answers.ok(new ConfiguredDocument.Connectors(tenant.shown(Target.CONNECTOR)));
  }

  @Get("/connectors/{name}")
  public HttpResponse show(@Param String name) {
    return answers.show(name);
  }

  @Put("/connectors/{name}")
  public HttpResponse replace(@Param String name, AggregatedHttpRequest request) {
    return answers.replace(name, request);
  }

  @Patch("/connectors/{name}")
  public HttpResponse change(@Param String name, AggregatedHttpRequest request) {
    return answers.change(name, request);
  }

  @Delete("/connectors/{name}")
  public HttpResponse reset(@Param String name) {
    return answers.reset(name);
  }
}
