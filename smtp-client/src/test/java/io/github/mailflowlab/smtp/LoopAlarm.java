package io.github.mailflowlab.smtp;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import reactor.blockhound.BlockHound;
import reactor.blockhound.BlockingOperationError;

/**
 * Fails the test during which an event loop of the client blocked. JUnit finds it by itself and so
 * applies it to every test of the module.
 *
 * <p>The blocking call is noted and goes on, for an error thrown in the middle of Netty would be
 * taken for an event of the connection.
 */
public final class LoopAlarm implements AfterEachCallback {
  private static final String READ = "(Ljava/io/FileDescriptor;JI)I";

  private static final String TIMER_QUEUE =
      "java.util.concurrent.ScheduledThreadPoolExecutor$DelayedWorkQueue";

  /** There is one agent in a JVM, so there is one list. */
  private static final Queue<BlockingOperationError> NOTED = new ConcurrentLinkedQueue<>();

  static {
    BlockHound.builder()
        .loadIntegrations()
        // BlockHound does not know files read through channels; 17 and 25 name the class
        // differently.
        .markAsBlocking("sun.nio.ch.FileDispatcherImpl", "read0", READ)
        .markAsBlocking("sun.nio.ch.UnixFileDispatcherImpl", "read0", READ)
        // The system's random generator: it waits for nothing once the machine is up.
        .allowBlockingCallsInside("java.security.SecureRandom", "nextBytes")
        // Netty shares memory between threads behind a lock that is held for an instant.
        .allowBlockingCallsInside(
            "io.netty.buffer.AdaptivePoolingAllocator$MagazineGroup", "allocate")
        // Work is handed to other threads behind such a lock, too.
        .allowBlockingCallsInside(TIMER_QUEUE, "offer")
        .allowBlockingCallsInside(TIMER_QUEUE, "remove")
        .allowBlockingCallsInside("java.util.concurrent.LinkedBlockingQueue", "offer")
        .allowBlockingCallsInside("java.util.concurrent.ThreadPoolExecutor", "addWorker")
        // Where a log goes, and whether that waits, is the assembly's choice.
        .allowBlockingCallsInside("ch.qos.logback.classic.Logger", "callAppenders")
        .nonBlockingThreadPredicate(netty -> thread -> thread.getName().matches("smtp-\\d+-\\d+"))
        .blockingMethodCallback(method -> NOTED.add(new BlockingOperationError(method)))
        .install();
  }

  @Override
  public void afterEach(ExtensionContext test) {
    List<BlockingOperationError> noted = drain();
    if (!noted.isEmpty()) {
      AssertionError blocked = new AssertionError("an event loop blocked, see the causes");
      noted.forEach(blocked::addSuppressed);
      throw blocked;
    }
  }

  /** What was noted since the last time. */
  static List<BlockingOperationError> drain() {
    List<BlockingOperationError> noted = new ArrayList<>();
    for (BlockingOperationError one = NOTED.poll(); one != null; one = NOTED.poll()) {
      noted.add(one);
    }
    return noted;
  }
}
