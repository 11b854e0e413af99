package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.smtp.dns.MailHostResolver;
import io.github.mailflowlab.smtp.tls.CertificateJudge;
import io.github.mailflowlab.smtp.tls.RevocationCheck;
import io.github.mailflowlab.smtp.tls.TlsClient;
import io.github.mailflowlab.smtp.tls.TrustRoots;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Delivers over SMTP: each attempt takes a connection that was kept, or makes its own, and reports
 * once. Owns its threads: event loops for the sockets, a few for content and a few for verdicts on
 * certificates, which both may block. Reports come on an event loop, so who depends on one must not
 * block it. All threads may call it.
 */
public final class SmtpTransport implements Transport, AutoCloseable {
  private static final int LOOPS = 2;
  private static final int BLOCKING_THREADS = 4;
  private static final long CLOSE_SECONDS = 5;

  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(
          LOOPS, new DefaultThreadFactory("smtp", true), NioIoHandler.newFactory());
  private final ExecutorService blocking =
      Executors.newFixedThreadPool(
          BLOCKING_THREADS, new DefaultThreadFactory("smtp-blocking", true));
  private final ExecutorService verdicts =
      Executors.newFixedThreadPool(
          BLOCKING_THREADS, new DefaultThreadFactory("smtp-verdict", true));
  private final Set<SmtpAttempt> attempts = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> turns = new ConcurrentHashMap<>();
  private final Workbench bench;
  private volatile boolean closed;

  private SmtpTransport(SmtpSettings settings, CertificateSink certificates) {
    bench =
        new Workbench(
            settings,
            StepLimits.DEFAULT,
            MailHostResolver.over(settings.dns(), new Random(1)),
            new ConnectionPool(settings.clock(), settings.connections().idle()),
            new DeadAddresses(settings.clock()),
            new TlsClient(),
            new CertificateJudge(new TrustRoots(), revocation(settings), settings.clock()),
            certificates,
            blocking,
            verdicts);
  }

  /** A transport with its threads, to be closed. */
  public static SmtpTransport start(SmtpSettings settings) {
    return start(settings, (connector, server, expires) -> {});
  }

  /** The same, whose certificates somebody wants to hear of. */
  public static SmtpTransport start(SmtpSettings settings, CertificateSink certificates) {
    return new SmtpTransport(settings, certificates);
  }

  @Override
  public Attempt start(AttemptRequest request) {
    AtomicInteger turn =
        turns.computeIfAbsent(request.connector().name(), name -> new AtomicInteger());
    return begin(Job.of(request, turn.getAndIncrement()));
  }

  /**
   * A connectivity check as Validate-OutboundConnector makes it: connect, greeting, EHLO, TLS as
   * the connector demands, EHLO, QUIT, and no mail. As with an attempt, all addresses of the smart
   * host are tried, and the report comes once; it has no failure when the host can be reached.
   */
  public Attempt check(Connector connector, SmartHost smartHost) {
    return begin(Job.check(connector, smartHost));
  }

  /**
   * Ends attempts under way, which still report, and the threads. Blocks for a few seconds at most.
   */
  @Override
  public void close() {
    closed = true;
    attempts.forEach(SmtpAttempt::cancel);
    CompletableFuture<?>[] open =
        attempts.stream()
            .map(attempt -> attempt.report().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(open)
        .completeOnTimeout(null, CLOSE_SECONDS, TimeUnit.SECONDS)
        .exceptionally(bug -> null)
        .join();
    bench.pool().close();
    loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).awaitUninterruptibly();
    blocking.shutdownNow();
    verdicts.shutdownNow();
  }

  private static RevocationCheck revocation(SmtpSettings settings) {
    return new RevocationCheck(settings.revocation(), settings.timeouts().starttls());
  }

  private Attempt begin(Job job) {
    Optional<SmtpConnection> kept =
        job.mail().isPresent() ? bench.pool().take(job.route()) : Optional.empty();
    EventLoop loop = kept.map(SmtpConnection::loop).orElseGet(loops::next);
    SmtpAttempt attempt = new SmtpAttempt(bench, job, loop, kept);
    attempts.add(attempt);
    var unused = attempt.report().whenComplete((report, bug) -> attempts.remove(attempt));
    attempt.start();
    if (closed) {
      attempt.cancel(); // It may have come too late for close() to see it.
    }
    return attempt;
  }
}
