package io.github.mailflowlab.node;

import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.SpoolPlace;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A node that outlives its role: on a shared spool it leads when nobody does, and follows
 * otherwise. A role is for a {@link Node}'s life; so when it changes, the node is closed and
 * another one started on the same ports, which takes no mail for as long as that takes. Any thread
 * may use it.
 */
public final class LastingNode implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(LastingNode.class);

  /** Until a start that failed is tried again. */
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final LabSettings settings;
  private final long seed;
  private final Node first;
  private final CompletableFuture<Void> closing = new CompletableFuture<>();

  /** Owns the node that runs. */
  private final Thread owner = new Thread(this::run, "lasting-node");

  private LastingNode(LabSettings settings, long seed, Node first) {
    this.settings =
        settings.withListen(new LabSettings.Listen(first.smtpAddress(), first.httpAddress()));
    this.seed = seed;
    this.first = first;
    owner.setDaemon(true);
  }

  /**
   * Starts everything that the settings say.
   *
   * @param seed of the jitter
   * @throws StartupException as of {@link Node#start}; but a shared spool may be in use
   */
  public static LastingNode start(LabSettings settings, long seed) throws StartupException {
    LastingNode lasting = new LastingNode(settings, seed, startNode(settings, seed));
    lasting.owner.start();
    return lasting;
  }

  private static Node startNode(LabSettings settings, long seed) throws StartupException {
    try {
      return Node.start(settings, seed);
    } catch (StartupException e) {
      if (e.isSpoolInUse() && settings.spool() instanceof SpoolPlace.Server server) {
        return Node.follow(settings, seed, server.url());
      }
      throw e;
    }
  }

  private void run() {
    Optional<Node> node = Optional.of(first);
    while (node.isPresent()) {
      CompletableFuture<Optional<PostgresSpool>> change = node.get().change();
      CompletableFuture.anyOf(change, closing).join();
      Optional<PostgresSpool> spool = change.getNow(Optional.empty());
      node.get().close();
      node = next(spool);
    }
  }

  /** The next node, started as soon as that succeeds; none once this is closed. */
  private Optional<Node> next(Optional<PostgresSpool> won) {
    Optional<PostgresSpool> spool = won;
    while (!closing.isDone()) {
      try {
        return Optional.of(
            spool.isPresent() ? Node.lead(settings, seed, spool.get()) : startNode(settings, seed));
      } catch (StartupException e) {
        // The spool that was won is closed by that.
        spool = Optional.empty();
        log.error("the node cannot go on, trying again: {}", e.getMessage());
        pause();
      }
    }
    spool.ifPresent(PostgresSpool::close);
    return Optional.empty();
  }

  private void pause() {
    CompletableFuture<Void> over =
        closing.copy().completeOnTimeout(null, PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    over.join();
  }

  public InetSocketAddress smtpAddress() {
    return settings.listen().smtp();
  }

  public InetSocketAddress httpAddress() {
    return settings.listen().http();
  }

  /** Closes the node that runs, and starts no other. Blocks as {@link Node#close} does. */
  @Override
  public void close() {
    closing.complete(null);
    try {
      owner.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
