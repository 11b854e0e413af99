package io.github.mailflowlab.bench;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.document.RelayDocument;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.node.Addresses;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.node.StartupException;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.LabSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A whole node in this process, with a source before it and a sink behind it, and what it takes to
 * get mail through: intake, spool, delivery. For one thread, which it blocks.
 *
 * <p>Source and sink have a thread each, whose processor time is taken off; what the system does
 * for them inside the node's own calls is not.
 */
public final class RelayBench implements AutoCloseable {
  private static final String DURABILITY =
      "on the disk before it is acknowledged (SQLite, its log forced after each commit)";
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private final RelayPlan plan;
  private final BenchSink ownSink;
  private final Node node;

  private RelayBench(RelayPlan plan, BenchSink ownSink) throws StartupException {
    this.plan = plan;
    this.ownSink = ownSink;
    SmartHost sink =
        plan.sink()
            .orElseGet(() -> SmartHost.parse(Addresses.text(ownSink.address())).orElseThrow());
    this.node = Node.start(settings(plan, sink), 1);
  }

  /**
   * A node that waits for mail, to be closed.
   *
   * @throws StartupException in one line, when the spool or a port cannot be had
   */
  public static RelayBench start(RelayPlan plan) throws IOException, StartupException {
    BenchSink sink = BenchSink.start(ANY);
    try {
      return new RelayBench(plan, sink);
    } catch (StartupException | RuntimeException e) {
      sink.close();
      throw e;
    }
  }

  /**
   * Warms up, and then measures.
   *
   * @throws IOException when the relay refuses mail, with its reply
   */
  public RelayDocument run() throws IOException, InterruptedException {
    send(plan.warmUp());
    Usage before = Usage.now();
    long commits = node.queue().commits();
    long sinkTime = ownSink.cpuNanos();
    resetPeaks();
    RelaySource source = send(plan.messages());
    Usage used = Usage.now().minus(before);
    long others = source.cpuNanos() + ownSink.cpuNanos() - sinkTime;
    return document(source, used, others, node.queue().commits() - commits);
  }

  private RelaySource send(int messages) throws IOException, InterruptedException {
    RelaySource source = new RelaySource(node.smtpAddress(), plan);
    Optional<String> refusal = source.send(messages);
    if (refusal.isPresent()) {
      throw new IOException("the relay takes no mail: " + refusal.get());
    }
    node.work().awaitQuiet();
    return source;
  }

  private RelayDocument document(RelaySource source, Usage used, long others, long commits) {
    double seconds = used.nanos() / 1e9;
    return new RelayDocument(
        DURABILITY,
        plan.sessions(),
        plan.size(),
        plan.kept(),
        plan.messages(),
        node.queue().queues().stream().mapToLong(QueueView::messageCount).sum(),
        rounded(seconds),
        rounded(plan.messages() / seconds),
        rounded((used.cpuNanos() - others) / 1e6 / plan.messages() * 1000),
        rounded(source.nanosAtPercentile(50) / 1e6),
        rounded(source.nanosAtPercentile(99) / 1e6),
        rounded((double) commits / plan.messages()),
        peakHeap() >> 20);
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  private static List<MemoryPoolMXBean> heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static void resetPeaks() {
    heap().forEach(MemoryPoolMXBean::resetPeakUsage);
  }

  private static long peakHeap() {
    return heap().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  private static LabSettings settings(RelayPlan plan, SmartHost sink) {
    DomainName domain = BenchMail.ENVELOPE.recipients().get(0).domain();
    return LabSettings.defaults(plan.data())
        .withData(plan.data())
        .withListen(new LabSettings.Listen(ANY, ANY))
        .withOrganization(
            new Organization(
                List.of(new AcceptedDomain(domain, AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
                List.of(new Mailbox("admin", domain))))
        .withConnectors(
            List.of(
                new Connector(
                    "bench",
                    ConnectorType.ON_PREMISES,
                    true,
                    List.of(DomainPattern.parse("*").orElseThrow()),
                    List.of(sink),
                    TlsSettings.OPPORTUNISTIC,
                    Optional.empty(),
                    Optional.empty(),
                    "")));
  }

  @Override
  public void close() {
    node.close();
    ownSink.close();
  }
}
