package io.github.mailflowlab.queue.spool;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Ends the process around a commit as SIGKILL would, for the crash audit: nobody outside can see
 * these moments. Off, unless the system property {@value #PROPERTY} has {@code NAME:COUNT}: the
 * point, and how many times it is passed before that, this one included.
 *
 * <ul>
 *   <li>{@code before-commit}: all statements are written, the commit is not begun
 *   <li>{@code after-commit}: it is durable, and no future has completed
 *   <li>{@code before-ndr}, {@code after-ndr}: the same, of transactions that return mail
 * </ul>
 *
 * Any thread: a commit is made on one and is durable on another.
 */
final class CrashPoint {
  static final String PROPERTY = "mailflow.crashpoint";

  /** What a process has whose end was SIGKILL. */
  private static final int STATUS = 128 + 9;

  private final String name;
  private final AtomicInteger left;

  private CrashPoint(String name, int left) {
    this.name = name;
    this.left = new AtomicInteger(left);
  }

  /** What the property says now. */
  static CrashPoint fromProperty() {
    return parse(System.getProperty(PROPERTY));
  }

  static CrashPoint parse(@Nullable String text) {
    if (text == null) {
      return new CrashPoint("", 0);
    }
    if (!text.matches("(before|after)-(commit|ndr):[1-9]\\d{0,8}")) {
      throw new IllegalArgumentException(
          PROPERTY
              + ": "
              + text
              + " (expected: before-commit, after-commit, before-ndr or after-ndr, and :COUNT)");
    }
    int colon = text.indexOf(':');
    return new CrashPoint(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
  }

  boolean isArmed() {
    return left.get() > 0;
  }

  /** A transaction is about to be committed. */
  void before(boolean returnsMail) {
    if (isArmed()) {
      pass("before", returnsMail);
    }
  }

  /** It has been. */
  void after(boolean returnsMail) {
    if (isArmed()) {
      pass("after", returnsMail);
    }
  }

  private void pass(String when, boolean returnsMail) {
    if (isMet(when, returnsMail)) {
      Runtime.getRuntime().halt(STATUS);
    }
  }

  /** Counts, and says whether this was the time. */
  boolean isMet(String when, boolean returnsMail) {
    boolean here = name.equals(when + "-commit") || (returnsMail && name.equals(when + "-ndr"));
    return here && left.decrementAndGet() == 0;
  }
}
