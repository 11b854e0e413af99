package io.github.mailflowlab.bench;

import io.github.mailflowlab.document.SpoolDocument;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.queue.spool.RecipientState;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpoolException;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.queue.spool.SqliteSpool;
import io.github.mailflowlab.settings.SpoolPlace;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/**
 * A spool alone: each message is stored, and when that is durable it is marked as delivered, in the
 * transactions that the engine makes. One thread prepares them; so many messages are always under
 * way. For one thread, which it blocks.
 */
public final class SpoolBench implements AutoCloseable {
  private static final EnhancedStatusCode SENT = EnhancedStatusCode.of("2.0.0");

  private final SpoolPlan plan;
  private final Spool spool;
  private final ParkedMail mail;
  private final MessageContent content;
  private final ExecutorService driver = Executors.newSingleThreadExecutor();

  /** Confined to the driver, as is the next. */
  private int next;

  private int last;

  private SpoolBench(SpoolPlan plan, Spool spool, InstantSource clock) {
    this.plan = plan;
    this.spool = spool;
    this.content = BenchMail.ofSize(plan.size());
    this.mail =
        new ParkedMail("bench", clock.instant(), plan.warmUp() + plan.messages(), plan.size());
  }

  /**
   * A spool that is open, to be closed.
   *
   * @throws SpoolException in one line, when it cannot be had
   */
  public static SpoolBench start(SpoolPlan plan, InstantSource clock) throws SpoolException {
    return new SpoolBench(plan, open(plan.place()), clock);
  }

  private static Spool open(SpoolPlace place) throws SpoolException {
    if (place instanceof SpoolPlace.Folder folder) {
      return SqliteSpool.open(folder.path());
    }
    if (place instanceof SpoolPlace.Server server) {
      return PostgresSpool.open(server.url());
    }
    throw new AssertionError(place);
  }

  /** Warms up, and then measures. */
  public SpoolDocument run() {
    spool.commit(List.of(new Change.StoreQueue(mail.queue()))).toCompletableFuture().join();
    pass(plan.warmUp());
    long commits = spool.commits();
    Usage before = Usage.now();
    pass(plan.messages());
    Usage used = Usage.now().minus(before);
    double seconds = used.nanos() / 1e9;
    return new SpoolDocument(
        durability(),
        plan.atOnce(),
        plan.size(),
        plan.messages(),
        rounded(seconds),
        rounded(plan.messages() / seconds),
        rounded(used.cpuNanos() / 1e6 / plan.messages() * 1000),
        rounded((double) (spool.commits() - commits) / plan.messages()));
  }

  private void pass(int count) {
    CompletableFuture.runAsync(() -> last = next + count, driver).join();
    CompletableFuture.allOf(
            IntStream.range(0, plan.atOnce())
                .mapToObj(
                    one ->
                        CompletableFuture.completedFuture(one)
                            .thenComposeAsync(start -> line(), driver))
                .toArray(CompletableFuture[]::new))
        .join();
  }

  /** One message after the other, until none is left. */
  private CompletableFuture<Void> line() {
    if (next == last) {
      return CompletableFuture.completedFuture(null);
    }
    int number = next++;
    return spool
        .commit(mail.stored(number, content))
        .thenComposeAsync(stored -> spool.commit(delivered(number)), driver)
        .thenComposeAsync(delivered -> line(), driver)
        .toCompletableFuture();
  }

  private List<Change> delivered(int number) {
    SpooledMail stored = mail.mail(number, content.size());
    SpooledRecipient recipient = stored.recipients().get(0);
    SpooledEntry entry = stored.entries().get(0);
    String id = stored.message().id();
    return List.of(
        new Change.UpdateRecipient(
            id, recipient.decided(RecipientState.DELIVERED, SENT, "250 2.0.0 Ok")),
        ParkedMail.event(stored, TraceEvent.Kind.SEND, "Sent to nobody: 250 2.0.0 Ok"),
        new Change.UpdateEntry(entry.left(1, 0)),
        new Change.Settle(id));
  }

  private String durability() {
    return plan.place() instanceof SpoolPlace.Folder
        ? "on the disk (SQLite, its log forced after each commit)"
        : "committed by the server, synchronous_commit=on";
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }

  @Override
  public void close() {
    spool.close();
    driver.shutdown();
  }
}
