package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.smtp.dialogue.Order;
import io.github.mailflowlab.smtp.dialogue.Outcome;
import io.github.mailflowlab.smtp.dialogue.Outcome.Sequel;
import io.github.mailflowlab.smtp.dns.Resolution;
import io.github.mailflowlab.smtp.dns.Target;
import io.github.mailflowlab.smtp.wire.ConnectFailures;
import io.github.mailflowlab.smtp.wire.Transcript;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt: goes through the smart hosts and their addresses until a connection gets as far as
 * MAIL, or none is left, and reports what the last one met.
 *
 * <p>Confined to one event loop, that of all its connections. Each step, be it a lookup or a
 * connection, has a watchdog that knows the sum of the step's limits: if all the smaller timers
 * failed, it would still end.
 */
final class SmtpAttempt implements Transport.Attempt {
  private static final Logger log = LoggerFactory.getLogger(SmtpAttempt.class);

  private final Workbench bench;
  private final Job job;
  private final EventLoop loop;
  private final CompletableFuture<AttemptReport> report = new CompletableFuture<>();
  private final Transcript transcript = new Transcript();
  private final Deque<SmartHost> hosts;
  private final Deque<Target> targets = new ArrayDeque<>();
  private Optional<Destination> destination = Optional.empty();
  private Failure lastFailure = new Failure.Dns(DnsProblem.NO_RECORDS, false);
  private @Nullable SmtpConnection connection;
  private @Nullable Channel channel;
  private @Nullable Future<?> watchdog;
  private boolean finished;

  SmtpAttempt(Workbench bench, Job job, EventLoop loop) {
    this.bench = bench;
    this.job = job;
    this.loop = loop;
    this.hosts = new ArrayDeque<>(job.hosts());
  }

  @Override
  public CompletionStage<AttemptReport> report() {
    return report;
  }

  @Override
  public void cancel() {
    inLoop(() -> end("The attempt was cancelled"));
  }

  /** Begins; any thread. */
  void start() {
    inLoop(
        () -> {
          if (job.mxDomain().isPresent()) {
            resolveDomain();
          } else {
            nextHost();
          }
        });
  }

  private void resolveDomain() {
    var domain = job.mxDomain().orElseThrow();
    resolve(domain.value(), true, bench.resolver().domain(domain));
  }

  private void nextHost() {
    SmartHost host = hosts.poll();
    if (host == null) {
      finish(Outcome.failed(lastFailure, Sequel.NONE), Optional.empty());
    } else {
      resolve(host.host(), false, bench.resolver().smartHost(host));
    }
  }

  private void resolve(String name, boolean mxRouted, CompletionStage<Resolution> lookup) {
    destination = Optional.of(new Destination(name, Optional.empty()));
    watch(StepLimits.ofLookup(bench.settings().dns()));
    var unused =
        lookup.whenComplete(
            (resolution, bug) ->
                inLoop(
                    () -> {
                      if (finished) {
                        return;
                      }
                      if (bug != null) {
                        broken(bug);
                      } else {
                        onResolved(resolution, name, mxRouted);
                      }
                    }));
  }

  private void onResolved(Resolution resolution, String name, boolean mxRouted) {
    if (resolution instanceof Resolution.Found found) {
      targets.addAll(found.targets());
    } else if (resolution instanceof Resolution.Failed failed) {
      lastFailure = new Failure.Dns(failed.problem(), mxRouted);
      transcript.problem("DNS gave no address for " + name + ": " + failed.problem().detail());
    }
    nextTarget();
  }

  private void nextTarget() {
    Target target = targets.poll();
    if (target == null) {
      nextHost();
    } else if (bench.settings().ownListener().test(target.address())) {
      destination = Optional.of(target.destination());
      failedAt(new Failure.Nonsense(Stage.CONNECT, false, "a loop, this is our own listener"));
    } else {
      connect(target, true);
    }
  }

  private void connect(Target target, boolean mayUseTls) {
    destination = Optional.of(target.destination());
    Timeouts timeouts = bench.settings().timeouts();
    Order order =
        new Order(
            bench.settings().heloName(),
            job.connector().tlsSettings(),
            mayUseTls,
            job.mail().map(mail -> new Order.Mail(mail.envelope(), mail.content().size())),
            timeouts);
    SmtpConnection next =
        new SmtpConnection(bench, job, order, target, transcript, listenerFor(target));
    connection = next;
    watch(connectionLimit());
    ChannelFuture connected = Dialer.dial(loop, target.address(), timeouts.connect(), next);
    channel = connected.channel();
    connected.addListener(
        done -> {
          if (!done.isSuccess()) {
            inLoop(() -> onConnectFailed(target, done.cause()));
          }
        });
  }

  private void onConnectFailed(Target target, Throwable cause) {
    if (finished) {
      return;
    }
    Failure failure = ConnectFailures.failureOf(cause);
    transcript.problem("Connecting to " + target.addressAndPort() + " failed: " + failure.detail());
    if (failure instanceof Failure.OwnExhaustion) {
      finish(Outcome.failed(failure, Sequel.NONE), Optional.empty());
    } else {
      failedAt(failure);
    }
  }

  private void failedAt(Failure failure) {
    lastFailure = failure;
    nextTarget();
  }

  private SmtpConnection.Listener listenerFor(Target target) {
    return new SmtpConnection.Listener() {
      @Override
      public void onConcluded(Outcome outcome, Optional<String> tls) {
        if (!finished) {
          SmtpAttempt.this.onConcluded(target, outcome, tls);
        }
      }

      @Override
      public void onBroken(Throwable bug) {
        broken(bug);
      }
    };
  }

  private void onConcluded(Target target, Outcome outcome, Optional<String> tls) {
    switch (outcome.sequel()) {
      case NONE -> finish(outcome, tls);
      case SAME_ADDRESS_IN_CLEAR -> {
        transcript.info("TLS is not demanded: once more in clear");
        connect(target, false);
      }
      case NEXT_ADDRESS -> {
        if (targets.isEmpty() && hosts.isEmpty()) {
          finish(outcome, tls);
        } else {
          failedAt(outcome.failure().orElseThrow());
        }
      }
    }
  }

  /** Ends early, through no fault of a peer. */
  private void end(String why) {
    if (finished) {
      return;
    }
    SmtpConnection current = connection;
    Channel open = channel;
    if (current != null && open != null && open.isActive()) {
      current.abort(why);
    }
    if (!finished) {
      Stage stage = open == null ? Stage.DNS : Stage.CONNECT;
      finish(Outcome.failed(new Failure.OwnExhaustion(stage, why), Sequel.NONE), Optional.empty());
      if (open != null) {
        var unused = open.close();
      }
    }
  }

  private void broken(Throwable bug) {
    log.error("attempt message={} ended by a bug of ours", job.id(), bug);
    if (!finished) {
      finished = true;
      cancelWatchdog();
      bench.reports().execute(() -> report.completeExceptionally(bug));
    }
  }

  /** The outcome stands; the report follows once the courtesies have been noted. */
  private void finish(Outcome outcome, Optional<String> tls) {
    finished = true;
    cancelWatchdog();
    try {
      loop.execute(() -> publish(outcome, tls));
    } catch (RejectedExecutionException e) {
      publish(outcome, tls);
    }
  }

  private void publish(Outcome outcome, Optional<String> tls) {
    AttemptReport made =
        new AttemptReport(
            destination,
            outcome.delivered(),
            outcome.refused(),
            outcome.failure(),
            tls,
            transcript.lines());
    log.debug(
        "attempt message={} connector={} server={} delivered={} refused={} failure={}",
        job.id(),
        job.connector().name(),
        destination.map(Destination::serverName).orElse("-"),
        made.delivered().size(),
        made.refused().size(),
        made.failure().map(Failure::toString).orElse("-"));
    bench.reports().execute(() -> report.complete(made));
  }

  private void watch(Duration limit) {
    cancelWatchdog();
    watchdog =
        loop.schedule(
            () -> inLoop(() -> end("The attempt outlived its limits")),
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private Duration connectionLimit() {
    long recipients = job.mail().map(mail -> mail.envelope().recipients().size()).orElse(0);
    long octets = job.mail().map(mail -> mail.content().size()).orElse(0L);
    return StepLimits.ofConnection(bench.settings().timeouts(), recipients, octets);
  }

  private void cancelWatchdog() {
    if (watchdog != null) {
      watchdog.cancel(false);
    }
  }

  private void inLoop(Runnable step) {
    try {
      loop.execute(
          () -> {
            try {
              step.run();
            } catch (RuntimeException | AssertionError bug) {
              broken(bug);
            }
          });
    } catch (RejectedExecutionException e) {
      Failure closed = new Failure.OwnExhaustion(Stage.CONNECT, "The transport is closed");
      report.complete(AttemptReport.failed(closed, Optional.empty(), List.of()));
    }
  }
}
