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
import io.github.mailflowlab.administration.HostAdministration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code /lab/administration}, {@code /lab/dns}: the servers as their administrator has them. */
@Blocking
final class AdministrationResource {
  /** What PUT of a record takes. */
  record Change(@Nullable List<@Nullable String> addresses) {}

  private final HostAdministration administration;

  AdministrationResource(HostAdministration administration) {
    this.administration = administration;
  }

  @Get("/lab/administration")
  public HttpResponse list() {
    return Answers.ok(administration.hosts());
  }

  @Get("/lab/hosts/{name}/administration")
  public HttpResponse show(@Param String name) {
    return answer(name, administration.host(name));
  }

  /** Some settings, by name. */
  @Patch("/lab/hosts/{name}/administration")
  public HttpResponse change(@Param String name, AggregatedHttpRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    Bodies.fields(request).forEach((key, value) -> values.put(key, String.valueOf(value)));
    return ofKnown(name, () -> Answers.changed(HttpStatus.OK, administration.change(name, values)));
  }

  @Get("/lab/dns")
  public HttpResponse records() {
    return Answers.ok(administration.records());
  }

  @Get("/lab/dns/{name}")
  public HttpResponse record(@Param String name) {
    return answer(name, administration.record(name));
  }

  @Put("/lab/dns/{name}")
  public HttpResponse setRecord(@Param String name, AggregatedHttpRequest request) {
    List<@Nullable String> addresses = Bodies.read(request, Change.class).addresses();
    if (addresses == null) {
      throw new BadRequest("Expected {\"addresses\":[\"127.0.0.1\"]}.");
    }
    List<String> texts = addresses.stream().map(String::valueOf).toList();
    return ofKnown(
        name, () -> Answers.changed(HttpStatus.OK, administration.setRecord(name, texts)));
  }

  @Delete("/lab/dns/{name}")
  public HttpResponse removeRecord(@Param String name) {
    return ofKnown(name, () -> Answers.ok(administration.removeRecord(name)));
  }

  private HttpResponse ofKnown(String name, Supplier<HttpResponse> answer) {
    return administration.host(name).isPresent() ? answer.get() : unknown(name);
  }

  private HttpResponse answer(String name, Optional<?> document) {
    return document.map(Answers::ok).orElseGet(() -> unknown(name));
  }

  private HttpResponse unknown(String name) {
    return Answers.notFound("host", name, administration.names());
  }
}
