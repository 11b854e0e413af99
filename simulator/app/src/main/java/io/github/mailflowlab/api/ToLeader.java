package io.github.mailflowlab.api;

import com.linecorp.armeria.client.ClientFactory;
import com.linecorp.armeria.client.WebClient;
import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServerListener;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.mailflowlab.settings.Security;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes requests on to the node that leads, because there the queues, the clock, the alerts and
 * the changes are. What a follower can do by itself stays here: taking mail, and saying how it is.
 * It asks in its own name, with the token of the settings that all nodes have; who may ask here was
 * decided before.
 */
final class ToLeader {
  private static final Logger log = LoggerFactory.getLogger(ToLeader.class);

  private static final Set<String> OWN = Set.of("/health", "/metrics", "/api/v1/status");
  private static final String SUBMISSION = "/api/v1/messages";

  /** Says that a node passed it on already. */
  private static final String PASSED_ON = "x-mailflow-passed-on";

  private final Supplier<Optional<String>> leader;
  private final Optional<Security> security;
  private final ClientFactory factory = ClientFactory.builder().build();

  ToLeader(Supplier<Optional<String>> leader, Optional<Security> security) {
    this.leader = leader;
    this.security = security;
  }

  /** Ends its connections with the server. */
  ServerListener closing() {
    return ServerListener.builder().whenStopped(server -> factory.close()).build();
  }

  HttpService around(HttpService own) {
    return (context, request) ->
        isOwn(request.method(), context.path())
            ? own.serve(context, request)
            : passOn(context, request);
  }

  private static boolean isOwn(HttpMethod method, String path) {
    return OWN.contains(path) || (method == HttpMethod.POST && path.equals(SUBMISSION));
  }

  private HttpResponse passOn(ServiceRequestContext context, HttpRequest request) {
    Optional<String> address = leader.get();
    // Who is taken for the leader by another follower is about to lead, or does no longer.
    if (address.isEmpty() || request.headers().contains(PASSED_ON)) {
      return nobody();
    }
    // The leader says how long it may take.
    context.clearRequestTimeout();
    WebClient client =
        WebClient.builder("http://" + address.get())
            .factory(factory)
            .responseTimeout(Duration.ZERO)
            .maxResponseLength(0)
            .build();
    RequestHeadersBuilder headers = request.headers().toBuilder();
    headers.authority("localhost").set(PASSED_ON, "1").remove(HttpHeaderNames.ORIGIN);
    security.ifPresent(
        settings -> headers.set(HttpHeaderNames.AUTHORIZATION, "Bearer " + settings.token()));
    return client
        .execute(request.withHeaders(headers.build()))
        .recover(
            trouble -> {
              log.warn("leader={} cannot be reached: {}", address.get(), trouble.toString());
              return nobody();
            });
  }

  private static HttpResponse nobody() {
    return Answers.problem(
        HttpStatus.SERVICE_UNAVAILABLE,
        "The node that leads cannot be reached; another one leads soon. Mail is taken here.");
  }
}
