package io.github.mailflowlab.queue;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;

/**
 * The messages that the queue itself is about to store or to change, from the decision until that
 * is durable. No attempt begins for them meanwhile, and nobody else decides. Who comes late may
 * wait. Confined to the queue's thread.
 */
final class Claims {
  private final Set<String> claimed = new HashSet<>();
  private final Map<String, Queue<Runnable>> waiting = new HashMap<>();

  boolean holds(String message) {
    return claimed.contains(message);
  }

  int size() {
    return claimed.size();
  }

  void take(String message) {
    if (!claimed.add(message)) {
      throw new IllegalStateException("message " + message + " is claimed already");
    }
  }

  void release(String message) {
    claimed.remove(message);
    wake(message);
  }

  /** Runs the task when the message may have become free; it looks again itself. */
  void await(String message, Runnable task) {
    waiting.computeIfAbsent(message, any -> new ArrayDeque<>()).add(task);
  }

  /** The message may have become free: a claim was released, or an attempt is over. */
  void wake(String message) {
    Queue<Runnable> tasks = waiting.remove(message);
    if (tasks != null) {
      tasks.forEach(Runnable::run);
    }
  }
}
