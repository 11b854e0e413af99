package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpHeaderNames;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpStatus;
import com.linecorp.armeria.server.DecoratingHttpServiceFunction;
import com.linecorp.armeria.server.HttpService;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.mailflowlab.settings.Security;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Who may talk to the API (design 11): a {@code Host} that is ours, so that a rebound DNS name does
 * not get in; an {@code Origin} that is ours, so that a foreign page does not; and where security
 * is configured, an address that is allowed and the bearer token.
 */
final class Guard implements DecoratingHttpServiceFunction {
  private final Set<String> hosts;
  private final Optional<Security> security;

  Guard(InetSocketAddress listen, Optional<Security> security) {
    this.security = security;
    this.hosts = new HashSet<>(Set.of("localhost", "127.0.0.1", "[::1]"));
    hosts.add(listen.getAddress().getHostAddress());
    security.ifPresent(settings -> hosts.addAll(settings.hosts()));
  }

  @Override
  public HttpResponse serve(HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    String authority = request.authority();
    if (authority == null || !hosts.contains(hostOf("http://" + authority))) {
      return Answers.problem(
          HttpStatus.FORBIDDEN, "This Host is not the lab's (security.hosts adds names).");
    }
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    if (origin != null && !hosts.contains(hostOf(origin))) {
      return Answers.problem(HttpStatus.FORBIDDEN, "This Origin is not the lab's.");
    }
    if (security.isPresent() && !context.remoteAddress().getAddress().isLoopbackAddress()) {
      return servedToOutsider(security.get(), next, context, request);
    }
    return next.serve(context, request);
  }

  private static HttpResponse servedToOutsider(
      Security security, HttpService next, ServiceRequestContext context, HttpRequest request)
      throws Exception {
    InetAddress peer = context.remoteAddress().getAddress();
    if (!security.allows(peer)) {
      return Answers.problem(HttpStatus.FORBIDDEN, "This address is not in security.allow.");
    }
    String expected = "Bearer " + security.token();
    String given = request.headers().get(HttpHeaderNames.AUTHORIZATION, "");
    // Not String.equals: the time it takes must not tell how much of the token was right.
    if (!MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8))) {
      return Answers.problem(
          HttpStatus.UNAUTHORIZED, "Expected the header Authorization: Bearer <security.token>.");
    }
    return next.serve(context, request);
  }

  /** The host of an origin, in lower case; empty for what is none, such as {@code null}. */
  private static String hostOf(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host == null ? "" : host.toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return "";
    }
  }
}
