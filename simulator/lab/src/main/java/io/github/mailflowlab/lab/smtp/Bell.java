package io.github.mailflowlab.lab.smtp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Wakes those who wait for something to have happened at a host. As long as nobody waits it costs a
 * read. Any thread.
 */
final class Bell {
  private final AtomicInteger waiting = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition rung = lock.newCondition();

  /** Something has happened, and shows. */
  void ring() {
    if (waiting.get() > 0) {
      lock.lock();
      try {
        rung.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  /**
   * Waits until it has happened, on the wall clock; whether it has.
   *
   * @throws InterruptedException when interrupted meanwhile
   */
  boolean await(BooleanSupplier happened, Duration limit) throws InterruptedException {
    // Before the look: who rings after it sees that somebody waits.
    waiting.incrementAndGet();
    lock.lock();
    try {
      long nanos = limit.toNanos();
      while (!happened.getAsBoolean()) {
        if (nanos <= 0) {
          return false;
        }
        nanos = rung.awaitNanos(nanos);
      }
      return true;
    } finally {
      lock.unlock();
      waiting.decrementAndGet();
    }
  }
}
