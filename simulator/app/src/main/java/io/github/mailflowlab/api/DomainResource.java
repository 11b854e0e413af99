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

/** {@code /domains}: accepted domains, read and changed. */
@Blocking
final class DomainResource {
  private final Tenant tenant;
  private final ConfiguredAnswers answers;

  DomainResource(Tenant tenant) {
    this.tenant = tenant;
    this.answers = new ConfiguredAnswers(tenant, Target.DOMAIN);
  }

  @Get("/domains")
  public HttpResponse list() {
    return Answers.ok(new ConfiguredDocument.Domains(tenant.shown(Target.DOMAIN)));
  }

  @Get("/domains/{name}")
  public HttpResponse show(@Param String name) {
    return answers.show(name);
  }

  @Put("/domains/{name}")
  public HttpResponse replace(@Param String name, AggregatedHttpRequest request) {
    return answers.replace(name, request);
  }

  @Patch("/domains/{name}")
  public HttpResponse change(@Param String name, AggregatedHttpRequest request) {
    return answers.change(name, request);
  }

  @Delete("/domains/{name}")
  public HttpResponse reset(@Param String name) {
    return answers.reset(name);
  }
}
