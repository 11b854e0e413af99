package io.github.mailflowlab.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.document.ScaleDocument;
import io.github.mailflowlab.document.ScaleDocument.Latency;
import io.github.mailflowlab.document.ScaleDocument.Speed;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SqliteSpool;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * A node in a process of its own, with a queue as long as asked for whose host is not there. For
 * one thread, which it blocks for minutes.
 */
public final class ScaleBench {
  private static final String PARKED = "parked";
  private static final String PARKED_QUEUE = "/queues/q" + ParkedMail.QUEUE;

  /** Messages that warm the node up before others are counted. */
  private static final int WARM_UP = 5_000;

  private static final int SESSIONS = 20;
  private static final int REQUESTS = 20;
  private static final int PRECISION_DIGITS = 3;
  private static final int PAGE = 1000;
  private static final long PAUSE_MILLIS = 20;

  private final ScalePlan plan;
  private final InstantSource clock;
  private final Consumer<String> progress;
  private final InetSocketAddress dead;

  /**
   * Prepares.
   *
   * @param progress is told what is done next
   */
  public ScaleBench(ScalePlan plan, InstantSource clock, Consumer<String> progress)
      throws IOException {
    this.plan = plan;
    this.clock = clock;
    this.progress = progress;
    this.dead = freePort();
  }

  private static InetSocketAddress freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }
  }

  /**
   * Measures.
   *
   * @throws IOException when the folder, a port or the node cannot be had
   */
  public ScaleDocument run() throws IOException, InterruptedException {
    Files.createDirectories(plan.data());
    try (BenchSink other = BenchSink.start(new InetSocketAddress(dead.getAddress(), 0))) {
      Alone alone = alone(other);
      Waiting waiting = waiting(other);
      Expired expired = expired(other);
      return new ScaleDocument(
          plan.messages(),
          plan.size(),
          alone.start,
          waiting.firstAttempt,
          waiting.queueList,
          waiting.messageList,
          waiting.status,
          waiting.probing.probes,
          waiting.probing.connections,
          waiting.probing.kilobytes,
          waiting.heap >> 20,
          alone.others,
          waiting.others,
          waiting.drain,
          waiting.delivered,
          expired.speed,
          expired.reports);
    }
  }

  // With nothing waiting.

  private record Alone(double start, Speed others) {}

  private Alone alone(BenchSink other) throws IOException, InterruptedException {
    progress.accept("messages through one connector, nothing behind the other one");
    Instant begin = clock.instant();
    try (ChildNode node = start("empty", other)) {
      return found(new Alone(seconds(begin, node.ready()), others(node, other)));
    }
  }

  // With all of them waiting.

  private record Probing(long probes, long connections, OptionalLong kilobytes) {}

  private record Waiting(
      double firstAttempt,
      Latency queueList,
      Latency messageList,
      Latency status,
      Probing probing,
      long heap,
      Speed others,
      Speed drain,
      long delivered) {}

  private Waiting waiting(BenchSink other) throws IOException, InterruptedException {
    fill("waiting");
    progress.accept("a start with all of them waiting");
    Instant begin = clock.instant();
    try (ChildNode node = start("waiting", other)) {
      double firstAttempt = found(seconds(begin, firstFailure(node)));
      Latency queueList = found(latency(node, "/queues"));
      Latency messageList = found(latency(node, "/messages?limit=100"));
      Latency status = found(latency(node, "/status"));
      Probing probing = found(probing(node));
      long heap = found(node.liveHeap());
      progress.accept("messages through the other connector");
      Speed others = found(others(node, other));
      progress.accept("the host is back");
      try (BenchSink host = BenchSink.start(dead)) {
        Speed drain = found(drain(node, host));
        return new Waiting(
            firstAttempt,
            queueList,
            messageList,
            status,
            probing,
            heap,
            others,
            drain,
            host.messages());
      }
    }
  }

  private static Instant firstFailure(ChildNode node) throws IOException, InterruptedException {
    JsonNode queue = node.get(PARKED_QUEUE + "?limit=1");
    while (queue.path("lastRetryTime").isNull()) {
      pause();
      queue = node.get(PARKED_QUEUE + "?limit=1");
    }
    return Instant.parse(queue.path("lastRetryTime").asText());
  }

  private static Latency latency(ChildNode node, String path)
      throws IOException, InterruptedException {
    for (int i = 0; i < REQUESTS; i++) {
      node.get(path);
    }
    Histogram nanos = new Histogram(PRECISION_DIGITS);
    for (int i = 0; i < REQUESTS; i++) {
      long begin = System.nanoTime();
      node.get(path);
      nanos.recordValue(System.nanoTime() - begin);
    }
    return new Latency(
        rounded(nanos.getValueAtPercentile(50) / 1e6), rounded(nanos.getMaxValue() / 1e6));
  }

  private Probing probing(ChildNode node) throws IOException, InterruptedException {
    progress.accept("an hour of probes");
    try (DeadHost host = DeadHost.start(dead)) {
      long before = retries(node);
      OptionalLong written = node.written();
      advance(node, Duration.ofHours(1));
      long probes = retries(node) - before;
      OptionalLong after = node.written();
      return new Probing(
          probes,
          host.connections(),
          written.isPresent() && after.isPresent() && probes > 0
              ? OptionalLong.of(((after.getAsLong() - written.getAsLong()) >> 10) / probes)
              : OptionalLong.empty());
    }
  }

  private static long retries(ChildNode node) throws IOException, InterruptedException {
    return node.get(PARKED_QUEUE + "?limit=1").path("retryCount").asLong();
  }

  private static void advance(ChildNode node, Duration by)
      throws IOException, InterruptedException {
    node.post("/clock/advance", "{\"by\":\"" + by + "\"}");
  }

  private Speed drain(ChildNode node, BenchSink host) throws IOException, InterruptedException {
    Meter meter = Meter.start(node);
    node.post(PARKED_QUEUE + "/retry", "");
    while (node.get(PARKED_QUEUE + "?limit=1").path("messageCount").asLong() > 0) {
      pause();
    }
    return meter.speed(Math.min(plan.messages(), host.messages()));
  }

  // The other connector.

  private Speed others(ChildNode node, BenchSink sink) throws IOException, InterruptedException {
    send(node, sink, Math.min(WARM_UP, plan.others()));
    Meter meter = Meter.start(node);
    send(node, sink, plan.others());
    return meter.speed(plan.others());
  }

  private void send(ChildNode node, BenchSink sink, int count)
      throws IOException, InterruptedException {
    long target = sink.messages() + count;
    RelayPlan relay =
        new RelayPlan(plan.data(), Optional.empty(), count, 0, SESSIONS, plan.size(), true, 0);
    Optional<String> refusal = new RelaySource(node.smtp(), relay).send(count);
    if (refusal.isPresent()) {
      throw new IOException("the node takes no mail: " + refusal.get());
    }
    while (sink.messages() < target) {
      pause();
    }
  }

  // Expiry.

  private record Expired(Speed speed, long reports) {}

  private Expired expired(BenchSink other) throws IOException, InterruptedException {
    fill("expiring");
    progress.accept("a day passes");
    try (ChildNode node = start("expiring", other)) {
      firstFailure(node);
      Meter meter = Meter.start(node);
      advance(node, Duration.ofHours(24));
      Speed speed = found(meter.speed(plan.messages()));
      return new Expired(speed, reports(node));
    }
  }

  private static long reports(ChildNode node) throws IOException, InterruptedException {
    String path = "/mailboxes/" + ParkedMail.SENDER + "/messages?limit=" + PAGE;
    JsonNode page = node.get(path);
    long count = page.path("messages").size();
    while (!page.path("nextCursor").isNull()) {
      page = node.get(path + "&cursor=" + page.path("nextCursor").asText());
      count += page.path("messages").size();
    }
    return count;
  }

  // All of it.

  /** Tells it at once: the whole takes long, and may be broken off. */
  private <T> T found(T figures) {
    progress.accept("found " + figures);
    return figures;
  }

  /** A measurement that has begun. */
  private record Meter(ChildNode node, long nanos, long cpuNanos) {
    static Meter start(ChildNode node) throws IOException {
      return new Meter(node, System.nanoTime(), node.cpuNanos());
    }

    Speed speed(long count) throws IOException {
      double seconds = (System.nanoTime() - nanos) / 1e9;
      double cpuMillis = (node.cpuNanos() - cpuNanos) / 1e6;
      OptionalLong peak = node.peakMemory();
      return new Speed(
          rounded(count / seconds),
          rounded(cpuMillis / count * 1000),
          node.liveHeap() >> 20,
          peak.isPresent() ? OptionalLong.of(peak.getAsLong() >> 20) : peak);
    }
  }

  private void fill(String name) throws IOException {
    progress.accept("filling a spool with " + plan.messages() + " messages");
    try (Spool spool = SqliteSpool.open(plan.data().resolve(name))) {
      new ParkedMail(PARKED, clock.instant(), plan.messages(), plan.size()).fill(spool);
    }
  }

  private ChildNode start(String name, BenchSink other) throws IOException {
    Path config = plan.data().resolve(name + ".yaml");
    Files.writeString(
        config,
        """
        organization: { domains: [{ name: bench.example, type: InternalRelay }] }
        listen: { smtp: "127.0.0.1:0", http: "127.0.0.1:0" }
        data: ./%s
        connectors:
          - { name: parked, connectorType: OnPremises, recipientDomains: [parked.example],
              smartHosts: ["%s"] }
          - { name: other, connectorType: OnPremises, recipientDomains: [bench.example],
              smartHosts: ["%s"] }
        """
            .replaceFirst("%s", name)
            .replaceFirst("%s", smartHost(dead))
            .replaceFirst("%s", smartHost(other.address())));
    return ChildNode.start(clock, plan.node(), config, plan.data().resolve(name + ".log"));
  }

  private static String smartHost(InetSocketAddress address) {
    return Addresses.text(address);
  }

  private static double seconds(Instant begin, Instant end) {
    return Duration.between(begin, end).toMillis() / 1e3;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  /** Nobody ends this thread meanwhile. */
  private static void pause() throws InterruptedException {
    Thread.currentThread().join(PAUSE_MILLIS);
  }
}
