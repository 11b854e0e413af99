package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Patch;
import com.linecorp.armeria.server.annotation.Put;
import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.tenant.Tenant;
import java.util.List;
import java.util.function.Function;

/** {@code /connectors} and {@code /domains}: outbound connectors, accepted domains. */
@Blocking
final class ConfiguredResource {
  private final Tenant tenant;
  private final Target target;
  private final Function<List<ConfiguredDocument>, Object> listed;

  private ConfiguredResource(
      Tenant tenant, Target target, Function<List<ConfiguredDocument>, Object> listed) {
    this.tenant = tenant;
    this.target = target;
    this.listed = listed;
  }

  static ConfiguredResource connectors(Tenant tenant) {
    return new ConfiguredResource(tenant, Target.CONNECTOR, ConfiguredDocument.Connectors::new);
  }

  static ConfiguredResource domains(Tenant tenant) {
    return new ConfiguredResource(tenant, Target.DOMAIN, ConfiguredDocument.Domains::new);
  }

  @Get("")
  public HttpResponse list() {
    return Answers.ok(listed.apply(tenant.shown(target)));
  }

  @Get("/{name}")
  public HttpResponse show(@Param String name) {
    return tenant.shown(target, name).map(Answers::ok).orElseGet(() -> notFound(name));
  }

  /** All parameters; what does not exist is made. */
  @Put("/{name}")
  public HttpResponse replace(@Param String name, AggregatedHttpRequest request) {
    boolean known = tenant.shown(target, name).isPresent();
    return Answers.changed(
        known ? HttpStatus.OK : HttpStatus.CREATED,
        tenant.replace(target, name, Bodies.fields(request)));
  }

  /** Some parameters of what exists. */
  @Patch("/{name}")
  public HttpResponse change(@Param String name, AggregatedHttpRequest request) {
    return tenant.shown(target, name).isEmpty()
        ? notFound(name)
        : Answers.changed(HttpStatus.OK, tenant.change(target, name, Bodies.fields(request)));
  }

  /** What was changed is forgotten. */
  @Delete("/{name}")
  public HttpResponse reset(@Param String name) {
    if (tenant.shown(target, name).isEmpty()) {
      return notFound(name);
    }
    Checked<?> reset = tenant.reset(target, name);
    if (!reset.problems().isEmpty()) {
      throw new Conflict(Answers.problems(reset) + ".");
    }
    return tenant
        .shown(target, name)
        .map(Answers::ok)
        .orElseGet(() -> HttpResponse.of(HttpStatus.NO_CONTENT));
  }

  private HttpResponse notFound(String name) {
    return Answers.notFound(target.word(), name);
  }
}
