package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A transport that reports what the test says, at once or when told to. */
final class FakeTransport implements Transport {
  /** An attempt that was made. */
  record Made(Instant time, AttemptRequest request, CompletableFuture<AttemptReport> outcome)
      implements Attempt {
    @Override
    public CompletionStage<AttemptReport> report() {
      return outcome;
    }

    @Override
    public void cancel() {
      outcome.complete(
          AttemptReport.failed(
              new Failure.Vanished(Stage.DATA, true, false), destination(), List.of()));
    }

    @Override
    public void recorded() {}

    String message() {
      return request.messageId();
    }

    List<String> recipients() {
      return request.envelope().recipients().stream().map(Mailbox::toString).toList();
    }
  }

  static final SmtpReply OK = SmtpReply.of(250, "2.0.0 OK");

  private final InstantSource clock;
  private final List<Made> made = new CopyOnWriteArrayList<>();
  private final BlockingQueue<Made> untaken = new LinkedBlockingQueue<>();
  private volatile Function<AttemptRequest, Optional<AttemptReport>> behaviour =
      request -> Optional.of(delivered(request));

  FakeTransport(InstantSource clock) {
    this.clock = clock;
  }

  void answers(Function<AttemptRequest, AttemptReport> reports) {
    behaviour = request -> Optional.of(reports.apply(request));
  }

  void refusesConnections() {
    answers(request -> failed(new Failure.Connect(ConnectProblem.REFUSED)));
  }

  void delivers() {
    answers(FakeTransport::delivered);
  }

  /** Leaves attempts open until the test completes them. */
  void hangs() {
    behaviour = request -> Optional.empty();
  }

  List<Made> made() {
    return made;
  }

  /** The attempt after the last that was taken; waits until it is made. */
  Made take() {
    try {
      Made next = untaken.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no further attempt is made");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public Attempt start(AttemptRequest request) {
    Made attempt = new Made(clock.instant(), request, new CompletableFuture<>());
    made.add(attempt);
    untaken.add(attempt);
    behaviour.apply(request).ifPresent(attempt.outcome::complete);
    return attempt;
  }

  static AttemptReport delivered(AttemptRequest request) {
    return new AttemptReport(
        destination(),
        request.envelope().recipients().stream()
            .collect(Collectors.toMap(Function.identity(), recipient -> OK)),
        false,
        Map.of(),
        Optional.empty(),
        Optional.of("TLSv1.3 TLS_AES_256_GCM_SHA384"),
        List.of("-> .", "<- 250 2.0.0 OK"));
  }

  static AttemptReport failed(Failure failure) {
    return AttemptReport.failed(failure, destination(), List.of("=== Trying 127.0.0.1:2525"));
  }

  static Failure replied(Stage stage, int code, String text) {
    return new Failure.Replied(stage, SmtpReply.of(code, text), false);
  }

  static Optional<Destination> destination() {
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return Optional.of(
          new Destination(
              "mail.contoso.example", Optional.of(new InetSocketAddress(address, 2525))));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
