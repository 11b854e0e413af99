package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.document.FaultDocument;
import io.github.mailflowlab.environment.LabHosts;
import io.github.mailflowlab.settings.Security;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * The HTTP side of a lab without a connector: hosts, faults and the clock. Threads are Armeria's;
 * closing waits briefly for requests.
 */
public final class LabServer implements AutoCloseable {
  private static final String PREFIX = "/api/v1";
  private static final int MAX_BODY = 1024 * 1024;
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  private final Server server;

  private LabServer(Server server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param catalogue the document of {@code /faults}
   * @throws CompletionException when the address cannot be had
   */
  public static LabServer start(
      InetSocketAddress listen,
      Optional<Security> security,
      LabHosts hosts,
      LabClock clock,
      FaultDocument.Listing catalogue) {
    Guard guard = new Guard(listen, security);
    ServerBuilder builder =
        Server.builder()
            .port(new ServerPort(listen, SessionProtocol.HTTP))
            .maxRequestLength(MAX_BODY)
            .gracefulShutdownTimeout(QUIET, CLOSE_LIMIT)
            // What a client did wrong is told to the client, not to the log.
            .unloggedExceptionsReportInterval(Duration.ZERO)
            .errorHandler(new ErrorAnswers(MAX_BODY))
            .decorator(guard)
            .annotatedService(PREFIX, new HostResource(hosts))
            .annotatedService(PREFIX, new ClockResource(clock, Optional::empty, true))
            .service(PREFIX + "/faults", (context, request) -> Answers.ok(catalogue))
            .service("/health", (context, request) -> HttpResponse.of("ok\n"));
    Server server = builder.build();
    server.start().join();
    return new LabServer(server);
  }

  /** Where it listens; the actual port when 0 was asked for. */
  public InetSocketAddress address() {
    return Objects.requireNonNull(server.activePort()).localAddress();
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
