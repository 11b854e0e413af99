package io.github.mailflowlab.api;

import com.linecorp.armeria.common.AggregatedHttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.server.ServiceRequestContext;
import com.linecorp.armeria.server.annotation.Blocking;
import com.linecorp.armeria.server.annotation.Delete;
import com.linecorp.armeria.server.annotation.Get;
import com.linecorp.armeria.server.annotation.Param;
import com.linecorp.armeria.server.annotation.Post;
import com.linecorp.armeria.server.annotation.Put;
import io.github.mailflowlab.environment.LabHosts;
import java.util.Optional;
import java.util.function.Supplier;

/** {@code /lab/hosts}: the lab's hosts, their faults, and what they saw. */
@Blocking
final class HostResource {
  private static final int MAX_NUMBER = 999_999_999;

  private final LabHosts hosts;

  HostResource(LabHosts hosts) {
    this.hosts = hosts;
  }

  @Get("/lab/hosts")
  public HttpResponse list() {
    return Answers.ok(hosts.listing());
  }

  @Get("/lab/hosts/{name}")
  public HttpResponse show(@Param String name) {
    return answer(name, hosts.host(name));
  }

  @Get("/lab/never-met")
  public HttpResponse neverMet() {
    return Answers.ok(hosts.neverMet());
  }

  @Get("/lab/hosts/{name}/faults")
  public HttpResponse faults(@Param String name) {
    return answer(name, hosts.faults(name));
  }

  @Put("/lab/hosts/{name}/faults")
  public HttpResponse replace(@Param String name, AggregatedHttpRequest request) {
    return ofKnown(
        name,
        () -> Answers.changed(HttpStatus.OK, hosts.replace(name, OrderBody.readAll(request))));
  }

  @Post("/lab/hosts/{name}/faults")
  public HttpResponse add(@Param String name, AggregatedHttpRequest request) {
    return ofKnown(
        name, () -> Answers.changed(HttpStatus.OK, hosts.add(name, OrderBody.read(request))));
  }

  @Delete("/lab/hosts/{name}/faults")
  public HttpResponse clear(@Param String name) {
    return ofKnown(
        name,
        () -> {
          hosts.clear(name);
          return faults(name);
        });
  }

  @Delete("/lab/hosts/{name}/faults/{id}")
  public HttpResponse remove(@Param String name, @Param String id) {
    return ofKnown(
        name, () -> hosts.remove(name, id) ? faults(name) : Answers.notFound("fault", id));
  }

  @Get("/lab/hosts/{name}/sessions")
  public HttpResponse sessions(@Param String name, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    int after = parameters.value("cursor", "a session's number", HostResource::number).orElse(0);
    return answer(name, hosts.sessions(name, parameters.limit(), after));
  }

  /** Begins anew: no sessions, no messages. */
  @Delete("/lab/hosts/{name}/sessions")
  public HttpResponse startOver(@Param String name) {
    return ofKnown(
        name,
        () -> {
          hosts.startOver(name);
          return show(name);
        });
  }

  @Get("/lab/hosts/{name}/messages")
  public HttpResponse messages(@Param String name, ServiceRequestContext context) {
    Parameters parameters = Parameters.of(context, "limit", "cursor");
    return answer(name, hosts.messages(name, parameters.limit(), parameters.cursor()));
  }

  /** The message as it came. Not as a page: it is a stranger's. */
  @Get("/lab/hosts/{name}/messages/{id}/content")
  public HttpResponse content(@Param String name, @Param String id) {
    return ofKnown(
        name,
        () ->
            hosts
                .content(name, id)
                .map(octets -> HttpResponse.of(HttpStatus.OK, MediaType.OCTET_STREAM, octets))
                .orElseGet(() -> Answers.notFound("message", id)));
  }

  private static Optional<Integer> number(String text) {
    return text.matches("\\d{1,9}")
        ? Optional.of(Integer.parseInt(text)).filter(number -> number <= MAX_NUMBER)
        : Optional.empty();
  }

  private HttpResponse ofKnown(String name, Supplier<HttpResponse> answer) {
    return hosts.knows(name) ? answer.get() : unknown(name);
  }

  private HttpResponse answer(String name, Optional<?> document) {
    return document.map(Answers::ok).orElseGet(() -> unknown(name));
  }

  private HttpResponse unknown(String name) {
    return Answers.notFound("host", name, hosts.names());
  }
}
