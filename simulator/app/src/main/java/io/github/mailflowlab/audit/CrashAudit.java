package io.github.mailflowlab.audit;

import io.github.mailflowlab.document.AuditDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Gives the real program one life after the other, and ends each with SIGKILL:
 *
 * <pre>
 * launch ─▶ ready ─▶ clients bring mail, or half a day goes by ─▶ killed at a random moment or at a point
 *   └────────▶ killed while it starts
 * … ─▶ in peace: half a day goes by, all is done ─▶ some more mail for the dead host ─▶ killed
 *   ─▶ what has it kept? ─▶ {@link Verdict}
 * </pre>
 *
 * <p>When the plan wants that, the spool lies on a {@link CutDisk}, and each kill takes with it
 * what was not flushed; or several nodes share one on a server, and the one that leads dies first.
 *
 * <p>What it asserts does not depend on how fast anything is, only how much mail is in it does. For
 * one thread, which it blocks.
 */
public final class CrashAudit implements AutoCloseable {
  /** The shortest that the program takes. */
  private static final Duration EXPIRY = Life.DAY;

  /** Half a day may go by in every life, and the verdict is on all of the mail. */
  private static final Duration RETENTION = Duration.ofDays(3650);

  /** Where the spool is, below the plan's folder. */
  private static final String DISK = "disk";

  private static final int KILLS_PER_WORD = 25;

  /** So many that some of them are for the dead host, whatever the seed. */
  private static final int LEFT_QUEUED = 100;

  /** For all mail of the run, after the last kill under load. */
  private static final Duration DRAIN_LIMIT = Duration.ofMinutes(10);

  private static final List<KillPoint> POINTS = List.of(KillPoint.values());

  private final AuditPlan plan;
  private final Class<?> program;
  private final Random random;
  private final Path config;
  private final Path log;
  private final Ledger ledger = new Ledger();
  private final Trap trap = new Trap();
  private final AuditSink sink = new AuditSink(ledger, trap::seen);
  private final Socket deadPort = new Socket();
  private final Map<KillPoint, int[]> kills = new EnumMap<>(KillPoint.class);
  private final Optional<CutDisk> disk;

  /**
   * Prepares the folder.
   *
   * @param program the class with the program's main method
   */
  public CrashAudit(AuditPlan plan, Class<?> program) throws IOException, InterruptedException {
    this.plan = plan;
    this.program = program;
    this.random = new Random(plan.seed());
    // Bound and not listening: nobody else gets the port meanwhile.
    deadPort.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    Files.createDirectories(plan.folder());
    this.log = plan.folder().resolve("program.log");
    this.config = Files.writeString(plan.folder().resolve("lab.yaml"), configuration());
    Path mountPoint = plan.folder().resolve(DISK);
    this.disk = plan.powerCuts() ? Optional.of(CutDisk.mount(mountPoint)) : Optional.empty();
  }

  private String configuration() {
    StringBuilder text = new StringBuilder();
    text.append("organization: { domains: [ { name: audit.example, mailboxes: [ ")
        .append(AuditSource.SENDER)
        .append(" ] } ] }\n")
        .append("listen: { smtp: \"127.0.0.1:0\", http: \"127.0.0.1:0\" }\n")
        .append(plan.spool().map(CrashAudit::onServer).orElse("data: ./" + DISK + "/data"))
        .append("\n")
        .append("retry: { expiry: ")
        .append(EXPIRY)
        .append(" }\nretention: { messages: ")
        .append(RETENTION)
        .append(", trace: ")
        .append(RETENTION)
        .append(" }\nconnectors:\n");
    for (Destination one : Destination.values()) {
      int port = one == Destination.DEAD ? deadPort.getLocalPort() : sink.port();
      text.append("  - name: ")
          .append(one.name())
          .append("\n    recipientDomains: [ ")
          .append(one.domain())
          .append(" ]\n    smartHosts: [ \"[127.0.0.1]:")
          .append(port)
          .append("\" ]\n");
    }
    return text.toString();
  }

  private static String onServer(String url) {
    return "spool: '" + url.replace("'", "''") + "'";
  }

  /** The configuration with which the program is started. */
  public Path config() {
    return config;
  }

  /**
   * Runs it all.
   *
   * @param progress told a line now and then, on the calling thread
   * @throws IOException when the program does not start again, or does not come to rest; the log in
   *     the plan's folder says why
   */
  public AuditDocument run(Consumer<String> progress) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    int killed = 0;
    while (killed < plan.kills() && System.nanoTime() - begin < plan.limit().toNanos()) {
      KillPoint point = POINTS.get(killed % POINTS.size());
      boolean met = live(killed, point);
      cutPower();
      int[] counts = kills.computeIfAbsent(point, key -> new int[2]);
      counts[0]++;
      counts[1] += met ? 1 : 0;
      killed++;
      if (killed % KILLS_PER_WORD == 0) {
        progress.accept(killed + " of " + plan.kills() + " kills.");
      }
    }
    leaveSomeQueued();
    cutPower();
    Kept kept = readKept();
    return document(killed, (System.nanoTime() - begin) / 1e9, kept);
  }

  /** Says whether it ended at its point. */
  private boolean live(int number, KillPoint point) throws IOException, InterruptedException {
    String name = "l" + number;
    try (Life life = new Life(point, this::launch, trap, ledger, random)) {
      boolean met = life.liveTillTheFirstDies(name, plan.nodes());
      life.liveTillTheOthersDie(name + "o");
      return met;
    }
  }

  private void cutPower() throws IOException, InterruptedException {
    if (disk.isPresent()) {
      disk.get().cut();
    }
  }

  private ChildProgram launch(List<String> options) throws IOException {
    List<String> all = Stream.concat(Stream.of("-Dmailflow.log=WARN"), options.stream()).toList();
    ChildProgram child = ChildProgram.launch(program, config, log, all, List.of());
    // Whoever sends anything again does so after that.
    child.whenEnded(sink::beginLife);
    return child;
  }

  private void leaveSomeQueued() throws IOException, InterruptedException {
    try (ChildProgram child = launch(List.of())) {
      settle(new Instance(child.http()));
      new AuditSource(child.smtp(), ledger, () -> {}, "last", random.nextLong()).bring(LEFT_QUEUED);
      child.kill();
    }
  }

  /** Lets everything expire that nobody takes, and end all else. */
  private static void settle(Instance instance) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    instance.advance(EXPIRY, true);
    while (instance.hasPending()) {
      if (System.nanoTime() - begin > DRAIN_LIMIT.toNanos()) {
        throw new IOException("messages are still pending after " + DRAIN_LIMIT);
      }
      instance.advance(Duration.ofMinutes(1), true);
    }
  }

  /** What is there once nothing but the mail for the dead host waits. */
  private Kept readKept() throws IOException, InterruptedException {
    try (ChildProgram child = launch(List.of())) {
      Instance instance = new Instance(child.http());
      instance.advance(Duration.ofMinutes(1), true);
      Kept kept = instance.kept(AuditSource.SENDER);
      if (child.stop() != 0) {
        throw new IOException("the program did not end well; see " + log);
      }
      return kept;
    }
  }

  private AuditDocument document(int killed, double seconds, Kept kept) {
    Ledger.Page page = ledger.read();
    Verdict verdict = new Verdict(page, kept);
    return new AuditDocument(
        verdict.findings().isEmpty(),
        killed,
        plan.seed(),
        Math.round(seconds * 10) / 10.0,
        page.offers().size(),
        answers(page, Ledger.Answer.ACKNOWLEDGED),
        answers(page, Ledger.Answer.REFUSED),
        answers(page, Ledger.Answer.NONE),
        verdict.ended("Delivered"),
        verdict.ended("Failed"),
        verdict.ended("Pending"),
        verdict.repetitions(),
        kept.ndrs().size(),
        kills.entrySet().stream()
            .map(
                kill ->
                    new AuditDocument.Point(
                        kill.getKey().label(), kill.getValue()[0], kill.getValue()[1]))
            .toList(),
        verdict.findings());
  }

  private static long answers(Ledger.Page page, Ledger.Answer answer) {
    return page.offers().stream().filter(offer -> offer.answer() == answer).count();
  }

  @Override
  public void close() throws IOException {
    // First what outlives this process.
    if (disk.isPresent()) {
      disk.get().close();
    }
    sink.close();
    deadPort.close();
  }
}
