package io.github.mailflowlab.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One life of the program, which SIGKILL ends. Of several nodes the first, which leads, dies at the
 * point; the others live a moment longer, in which one of them may take over, and die together.
 * Clients bring mail meanwhile, unless half a day goes by. For one thread, which it blocks.
 */
final class Life implements AutoCloseable {
  /** What goes by in a life without mail. */
  static final Duration DAY = Duration.ofHours(12);

  private static final int CLIENTS = 4;
  private static final int MAX_MILLIS = 500;
  private static final int MAX_START_MILLIS = 1500;

  /** A follower needs a quarter of a second to see that nobody leads. */
  private static final int MAX_OUTLIVING_MILLIS = 2000;

  /** How long a point may take to be met; then the kill is at a random moment. */
  private static final Duration POINT_LIMIT = Duration.ofSeconds(3);

  /** Starts the program with these options of its JVM. */
  interface Launcher {
    ChildProgram launch(List<String> jvmOptions) throws IOException;
  }

  private final KillPoint point;
  private final Launcher launcher;
  private final Trap trap;
  private final Ledger ledger;
  private final Random random;
  private final int count;
  private final boolean onADay;
  private final int millis;
  private final List<ChildProgram> others = new ArrayList<>();
  private final List<Thread> clients = new ArrayList<>();

  /**
   * Prepares.
   *
   * @param point where the first node dies
   * @param ledger in which the clients enter their mail
   * @param random of how many of the point there are before, and of all moments
   */
  Life(KillPoint point, Launcher launcher, Trap trap, Ledger ledger, Random random) {
    this.point = point;
    this.launcher = launcher;
    this.trap = trap;
    this.ledger = ledger;
    this.random = random;
    this.count =
        1 + random.nextInt(point == KillPoint.BEFORE_NDR || point == KillPoint.AFTER_NDR ? 5 : 40);
    this.onADay = point.mayBeOnADay() && random.nextBoolean();
    this.millis = random.nextInt(point == KillPoint.STARTING ? MAX_START_MILLIS : MAX_MILLIS);
  }

  /**
   * Lives till the first node is dead; says whether that was at its point.
   *
   * @param name goes before the ids of all mail
   * @param nodes how many there are
   */
  boolean liveTillTheFirstDies(String name, int nodes) throws IOException, InterruptedException {
    try (ChildProgram first = launcher.launch(options())) {
      if (point == KillPoint.STARTING) {
        launchOthers(nodes - 1);
        first.awaitEnd(Duration.ofMillis(millis));
        first.kill();
        return true;
      }
      // Alone, it leads.
      boolean ready = first.awaitReady();
      launchOthers(nodes - 1);
      return ready ? liveTillPoint(first, name) : point.isInside();
    }
  }

  private List<String> options() {
    return point.isInside()
        ? List.of("-Dmailflow.crashpoint=" + point.label() + ":" + count)
        : List.of();
  }

  private void launchOthers(int nodes) throws IOException {
    for (int i = 0; i < nodes; i++) {
      others.add(launcher.launch(List.of()));
    }
  }

  private boolean liveTillPoint(ChildProgram first, String name)
      throws IOException, InterruptedException {
    if (point.isSeenOutside()) {
      trap.arm(point, count, first);
    }
    if (onADay) {
      startDay(first);
    } else {
      List<ChildProgram> all = new ArrayList<>(List.of(first));
      all.addAll(others);
      bringMail(all, name);
    }
    boolean met =
        first.awaitEnd(point == KillPoint.RANDOM ? Duration.ofMillis(millis) : POINT_LIMIT);
    first.kill();
    trap.disarm();
    return met || point == KillPoint.RANDOM;
  }

  private static void startDay(ChildProgram child) throws InterruptedException, IOException {
    try {
      new Instance(child.http()).advance(DAY, false);
    } catch (IOException e) {
      if (!child.awaitEnd(POINT_LIMIT)) {
        throw e;
      }
      // It was killed before it could answer.
    }
  }

  private void bringMail(List<ChildProgram> nodes, String name)
      throws IOException, InterruptedException {
    for (int i = 0; i < CLIENTS; i++) {
      String client = name + "c" + i;
      AuditSource source =
          new AuditSource(
              nodes.get(i % nodes.size()).smtp(),
              ledger,
              () -> trap.seen(KillPoint.AFTER_REPLY),
              client,
              random.nextLong());
      Thread thread = new Thread(source, client);
      thread.start();
      clients.add(thread);
    }
  }

  /** The others, if there are any, live on for a moment. */
  void liveTillTheOthersDie(String name) throws IOException, InterruptedException {
    if (!others.isEmpty()) {
      if (clients.isEmpty() && !onADay) {
        bringMail(others, name);
      }
      others.get(0).awaitEnd(Duration.ofMillis(random.nextInt(MAX_OUTLIVING_MILLIS)));
      others.forEach(ChildProgram::signalKill);
    }
    for (ChildProgram other : others) {
      other.kill();
    }
    for (Thread client : clients) {
      client.join();
    }
  }

  @Override
  public void close() {
    others.forEach(ChildProgram::close);
  }
}
