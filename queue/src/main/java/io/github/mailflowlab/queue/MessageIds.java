package io.github.mailflowlab.queue;

import java.time.Instant;

/**
 * Makes ids: the millisecond and a counter in base 36, eleven characters wide, so that their order
 * as text is the order of making. The last bits name the node, so that no two nodes on one spool
 * make the same. Confined to the queue's thread.
 */
final class MessageIds {
  /** How many nodes have bits of their own. */
  static final int NODES = 64;

  private static final int WIDTH = 11;
  private static final int COUNTER_BITS = 12;

  private final long node;
  private long last;

  /**
   * Makes none yet.
   *
   * @param node its number; more than {@link #NODES} are as good as the remainder
   */
  MessageIds(long node) {
    this.node = Math.floorMod(node, NODES);
    this.last = this.node;
  }

  /** Makes greater ids than this one, whatever the clock says. */
  void continueAfter(String id) {
    last = Math.max(last, ours(Long.parseLong(id, Character.MAX_RADIX)));
  }

  String next(Instant now) {
    last = Math.max(last + NODES, ours(now.toEpochMilli() << COUNTER_BITS));
    return text(last);
  }

  /**
   * What is less was made before that instant; as long as no node makes more than {@link #NODES} in
   * a millisecond.
   */
  static String leastOf(Instant instant) {
    return text(Math.max(0, instant.toEpochMilli()) << COUNTER_BITS);
  }

  private static String text(long id) {
    String digits = Long.toString(id, Character.MAX_RADIX);
    return "0".repeat(Math.max(0, WIDTH - digits.length())) + digits;
  }

  /** The same instant with our bits. */
  private long ours(long id) {
    return id - Math.floorMod(id, NODES) + node;
  }
}
