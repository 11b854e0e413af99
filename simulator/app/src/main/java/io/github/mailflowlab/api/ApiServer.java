package io.github.mailflowlab.api;

import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.MediaType;
import com.linecorp.armeria.common.SessionProtocol;
import com.linecorp.armeria.server.Server;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.ServerPort;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.document.FaultDocument;
import io.github.mailflowlab.document.StatusDocument;
import io.github.mailflowlab.fix.FixNow;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.report.Reports;
import io.github.mailflowlab.settings.Security;
import io.github.mailflowlab.tenant.ConnectorValidation;
import io.github.mailflowlab.tenant.Tenant;
import io.github.mailflowlab.training.Training;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** The HTTP side of a running lab. Threads are Armeria's; closing waits briefly for requests. */
public final class ApiServer implements AutoCloseable {
  private static final String PREFIX = "/api/v1";
  private static final MediaType PROMETHEUS =
      MediaType.parse("text/plain; version=0.0.4; charset=utf-8");
  private static final Duration QUIET = Duration.ofMillis(50);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

  /**
   * What the API shows.
   *
   * @param faults the document of {@code /faults}
   * @param meters the text of {@code /metrics}
   * @param status the document of {@code /status}
   * @param training the lesson that goes on here
   */
  public record Parts(
      MailQueue queue,
      AlertService alerts,
      LabClock clock,
      boolean steerable,
      Tenant tenant,
      ConnectorValidation validation,
      FixNow fixNow,
      Reports reports,
      FaultDocument.Listing faults,
      Supplier<String> meters,
      Supplier<StatusDocument> status,
      Supplier<Level> pressure,
      Optional<Training> training) {}

  private final Server server;
  private final InetSocketAddress address;

  private ApiServer(Server server) {
    this.server = server;
    // Asked now: a server that is being stopped has none any more, and still answers.
    this.address = Objects.requireNonNull(server.activePort()).localAddress();
  }

  /**
   * Starts to serve.
   *
   * @param maxBody the largest request body, in octets
   * @param leader where another node leads, as it is now; present when this one follows
   * @throws CompletionException when the address cannot be had
   */
  public static ApiServer start(
      InetSocketAddress listen,
      long maxBody,
      Optional<Security> security,
      Parts parts,
      Optional<Supplier<Optional<String>>> leader) {
    Guard guard = new Guard(listen, security);
    Optional<ToLeader> toLeader = leader.map(address -> new ToLeader(address, security));
    ServerBuilder builder =
        Server.builder()
            .port(new ServerPort(listen, SessionProtocol.HTTP))
            .maxRequestLength(maxBody)
            .gracefulShutdownTimeout(QUIET, CLOSE_LIMIT)
            // What a client did wrong is told to the client, not to the log.
            .unloggedExceptionsReportInterval(Duration.ZERO)
            .errorHandler(new ErrorAnswers(maxBody))
            .decorator(
                (next, context, request) ->
                    guard.serve(
                        toLeader.map(forward -> forward.around(next)).orElse(next),
                        context,
                        request));
    toLeader.ifPresent(forward -> builder.serverListener(forward.closing()));
    List.of(
            new QueueResource(parts.queue(), parts.tenant()::connectors),
            new ValidateResource(parts.tenant(), parts.validation()),
            new MessageResource(
                parts.queue(), parts.reports().invalid().watched(parts.queue()), parts.pressure()),
            new MessageOperationResource(parts.queue()),
            new MailboxResource(parts.queue()),
            new AlertResource(parts.alerts()),
            new FixResource(parts.fixNow()),
            new ReportResource(parts.reports(), parts.tenant()),
            new ClockResource(parts.clock(), parts.queue(), parts.steerable()),
            new TrainingResource(parts.training()))
        .forEach(resource -> builder.annotatedService(PREFIX, resource));
    builder.annotatedService(PREFIX + "/connectors", ConfiguredResource.connectors(parts.tenant()));
    builder.annotatedService(PREFIX + "/domains", ConfiguredResource.domains(parts.tenant()));
    parts
        .training()
        .map(training -> new AdministrationResource(training.administration()))
        .ifPresent(resource -> builder.annotatedService(PREFIX, resource));
    builder.service(PREFIX + "/faults", (context, request) -> Answers.ok(parts.faults()));
    builder.service(PREFIX + "/status", (context, request) -> Answers.ok(parts.status().get()));
    builder.service(
        "/metrics",
        // A scrape reads the backlogs from the disk.
        (context, request) ->
            HttpResponse.of(
                () -> HttpResponse.of(PROMETHEUS, parts.meters().get()),
                context.blockingTaskExecutor()));
    builder.service("/health", (context, request) -> HttpResponse.of("ok\n"));
    Server server = builder.build();
    server.start().join();
    return new ApiServer(server);
  }

  /** Where it listens; the actual port when 0 was asked for. */
  public InetSocketAddress address() {
    return address;
  }

  @Override
  public void close() {
    server.stop().join();
  }
}
