package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.smtp.dialogue.Order;
import io.github.mailflowlab.smtp.dialogue.Outcome;
import io.github.mailflowlab.smtp.dialogue.Outcome.Sequel;
import io.github.mailflowlab.smtp.dns.Target;
import io.github.mailflowlab.smtp.wire.ConnectFailures;
import io.github.mailflowlab.smtp.wire.LoopTimer;
import io.github.mailflowlab.smtp.wire.Transcript;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt: goes over a connection that was kept, or connects along its {@link Walk} until a
 * connection gets as far as MAIL, or no address is left; and reports what the last one met.
 *
 * <p>Confined to one event loop, that of all its connections. Each step, be it a lookup or a
 * connection, has a watchdog that knows the sum of the step's limits: if all the smaller timers
 * failed, it would still end.
 */
final class SmtpAttempt implements Transport.Attempt, Walk.Listener {
  private static final Logger log = LoggerFactory.getLogger(SmtpAttempt.class);

  private final Workbench bench;
  private final Job job;
  private final EventLoop loop;
  private final CompletableFuture<AttemptReport> report = new CompletableFuture<>();
  private final Transcript transcript = new Transcript();
  private final LoopTimer watchdog = new LoopTimer();
  private final Walk walk;
  private Optional<Destination> destination = Optional.empty();
  private Failure lastFailure = new Failure.Dns(DnsProblem.NO_RECORDS, false);
  private final Optional<SmtpConnection> kept;
  private final Map<Mailbox, SmtpReply> delivered = new HashMap<>();
  private final Map<Mailbox, Failure> refused = new HashMap<>();
  private boolean dsnPassedOn = true;
  private @Nullable SmtpConnection connection;
  private @Nullable Channel dialled;
  private boolean finished;

  /**
   * Prepares.
   *
   * @param kept a connection to try first, on this loop
   */
  SmtpAttempt(Workbench bench, Job job, EventLoop loop, Optional<SmtpConnection> kept) {
    this.bench = bench;
    this.job = job;
    this.loop = loop;
    this.kept = kept;
    this.walk = new Walk(bench.resolver(), bench.dead(), job, this::inLoop, this);
  }

  @Override
  public CompletionStage<AttemptReport> report() {
    return report;
  }

  @Override
  public void cancel() {
    inLoop(() -> end("The attempt was cancelled"));
  }

  @Override
  public void recorded() {
    // Set before the report, and not changed after it.
    SmtpConnection last = connection;
    if (last != null) {
      bench.pool().release(last);
    }
  }

  /** Begins; any thread. */
  void start() {
    inLoop(this::begin);
  }

  private void begin() {
    if (finished) {
      kept.ifPresent(SmtpConnection::quit);
    } else if (kept.isEmpty() || !reuse(kept.get())) {
      walk.begin();
    }
  }

  private boolean reuse(SmtpConnection open) {
    destination = Optional.of(open.target().destination());
    connection = open;
    watch(connectionLimit());
    Job.Mail mail = job.mail().orElseThrow();
    Listener listener = new Listener(open.target(), open.route().via(), true, false);
    return open.use(
        new SmtpConnection.Use(Optional.of(mail.content()), transcript, listener), mail.order());
  }

  @Override
  public void onLookup(String name) {
    destination = Optional.of(new Destination(name, Optional.empty()));
    watch(bench.limits().ofLookup(bench.settings().dns()));
  }

  @Override
  public void onUnresolved(String name, Failure.Dns why) {
    lastFailure = why;
    transcript.problem("DNS gave no address for " + name + ": " + why.problem().detail());
  }

  @Override
  public void onTarget(Target target, String via) {
    if (bench.settings().ownListener().test(target.address())) {
      destination = Optional.of(target.destination());
      failedAt(new Failure.Nonsense(Stage.CONNECT, false, "a loop, this is our own listener"));
    } else {
      connect(target, via, true);
    }
  }

  @Override
  public void onEnd() {
    bench.pool().discard(job.route());
    finish(Outcome.failed(lastFailure, Sequel.NONE), Optional.empty());
  }

  private void connect(Target target, String via, boolean mayUseTls) {
    destination = Optional.of(target.destination());
    Timeouts timeouts = bench.settings().timeouts();
    Order order =
        new Order(
            bench.settings().heloName(),
            job.connector().tlsSettings(),
            mayUseTls,
            job.mail()
                .map(mail -> new Order.Mail(remaining(mail.envelope()), mail.content().size())),
            timeouts);
    SmtpConnection.Use use =
        new SmtpConnection.Use(
            job.mail().map(Job.Mail::content),
            transcript,
            new Listener(target, via, false, mayUseTls));
    SmtpConnection next = new SmtpConnection(bench, job.route(via), target, order, loop, use);
    connection = next;
    watch(connectionLimit());
    ChannelFuture connected = Dialer.dial(loop, target.address(), timeouts.connect(), next);
    dialled = connected.channel();
    connected.addListener(
        done -> {
          if (done.isSuccess()) {
            bench.dead().remove(target.address());
          } else {
            inLoop(() -> onConnectFailed(target, done.cause()));
          }
        });
  }

  /** Those that no connection before has decided. */
  private Envelope remaining(Envelope all) {
    if (delivered.isEmpty() && refused.isEmpty()) {
      return all;
    }
    return all.withRecipients(
        all.recipients().stream()
            .filter(one -> !delivered.containsKey(one) && !refused.containsKey(one))
            .toList());
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
      bench.dead().add(target.address());
      failedAt(failure);
    }
  }

  private void failedAt(Failure failure) {
    lastFailure = failure;
    walk.next();
  }

  /** Hears of one use of one connection. */
  private final class Listener implements SmtpConnection.Listener {
    private final Target target;
    private final String via;
    private final boolean wasKept;
    private final boolean mayUseTls;

    Listener(Target target, String via, boolean wasKept, boolean mayUseTls) {
      this.target = target;
      this.via = via;
      this.wasKept = wasKept;
      this.mayUseTls = mayUseTls;
    }

    @Override
    public void onConcluded(Outcome outcome, Optional<String> tls) {
      if (finished) {
        return;
      }
      switch (outcome.sequel()) {
        case NONE -> finish(outcome, tls);
        case SAME_ADDRESS_IN_CLEAR -> {
          transcript.info("TLS is not demanded: once more in clear");
          connect(target, via, false);
        }
        case NEXT_ADDRESS -> {
          if (walk.isOver()) {
            bench.pool().discard(job.route(via));
            finish(outcome, tls);
          } else {
            failedAt(outcome.failure().orElseThrow());
          }
        }
        case NEW_SESSION -> {
          transcript.info("This connection is used up: what is left goes over a new one");
          add(outcome);
          if (wasKept) {
            walk.begin();
          } else {
            connect(target, via, mayUseTls);
          }
        }
      }
    }

    @Override
    public void onBroken(Throwable bug) {
      SmtpAttempt.this.onBroken(bug);
    }
  }

  private void add(Outcome outcome) {
    delivered.putAll(outcome.delivered());
    refused.putAll(outcome.refused());
    dsnPassedOn &= outcome.dsnPassedOn() || outcome.delivered().isEmpty();
  }

  /** Ends early, through no fault of a peer. */
  private void end(String why) {
    if (finished) {
      return;
    }
    SmtpConnection current = connection;
    if (current != null && current.isOpen()) {
      current.abort(why);
    }
    if (!finished) {
      Channel dialling = dialled;
      Stage stage = dialling == null ? Stage.DNS : Stage.CONNECT;
      finish(Outcome.failed(new Failure.OwnExhaustion(stage, why), Sequel.NONE), Optional.empty());
      if (dialling != null) {
        var unused = dialling.close();
      }
    }
  }

  @Override
  public void onBroken(Throwable bug) {
    log.error("attempt message={} ended by a bug of ours", job.id(), bug);
    if (!finished) {
      stop();
      report.completeExceptionally(bug);
    }
  }

  /** The outcome stands; the report follows once the courtesies have been noted. */
  private void finish(Outcome outcome, Optional<String> tls) {
    stop();
    try {
      loop.execute(() -> publish(outcome, tls));
    } catch (RejectedExecutionException e) {
      publish(outcome, tls);
    }
  }

  private void stop() {
    finished = true;
    watchdog.stop();
    walk.end();
  }

  private void publish(Outcome outcome, Optional<String> tls) {
    add(outcome);
    AttemptReport made =
        new AttemptReport(
            destination,
            delivered,
            dsnPassedOn && !delivered.isEmpty(),
            refused,
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
    report.complete(made);
  }

  private void watch(Duration limit) {
    watchdog.start(loop, limit, () -> inLoop(() -> end("The attempt outlived its limits")));
  }

  private Duration connectionLimit() {
    long recipients = job.mail().map(mail -> mail.envelope().recipients().size()).orElse(0);
    long octets = job.mail().map(mail -> mail.content().size()).orElse(0L);
    return bench.limits().ofConnection(bench.settings().timeouts(), recipients, octets);
  }

  private void inLoop(Runnable step) {
    try {
      loop.execute(
          () -> {
            try {
              step.run();
            } catch (RuntimeException | AssertionError bug) {
              onBroken(bug);
            }
          });
    } catch (RejectedExecutionException e) {
      Failure closed = new Failure.OwnExhaustion(Stage.CONNECT, "The transport is closed");
      report.complete(AttemptReport.failed(closed, Optional.empty(), List.of()));
    }
  }
}
