package io.github.mailflowlab.audit;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Kills a program when so many of a point have been seen outside of it. Any thread. */
final class Trap {
  private record Armed(KillPoint point, AtomicInteger left, ChildProgram victim) {}

  private volatile @Nullable Armed armed;

  /** From now on the program dies when so many of these points have been seen. */
  void arm(KillPoint point, int count, ChildProgram victim) {
    armed = new Armed(point, new AtomicInteger(count), victim);
  }

  void disarm() {
    armed = null;
  }

  /** A point is seen; says whether it was the one at which the program is killed. */
  boolean seen(KillPoint point) {
    Armed set = armed;
    if (set == null || set.point != point || set.left.decrementAndGet() != 0) {
      return false;
    }
    set.victim.signalKill();
    return true;
  }
}
