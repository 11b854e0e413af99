package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.queue.spool.SpooledMail;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What has just joined a queue, with its content if that is in memory, so that a first attempt need
 * not read it back. A bounded part: what finds no room or waits in several queues is read from the
 * spool. Each is handed out once; it is forgotten when anything is written about it, or when its
 * queue stops sending. Confined to the queue's thread.
 */
final class FreshMail {
  private static final long MAX_OCTETS = 16L << 20;

  /** What a message without content costs, roughly. */
  private static final int OVERHEAD = 2048;

  /**
   * A message as it is stored.
   *
   * @param content when reading it never blocks
   */
  record Stored(SpooledMail mail, Optional<MessageContent> content) {
    Stored {
      content = content.filter(MessageContent::isInMemory);
    }

    private long octets() {
      return content.map(MessageContent::size).orElse(0L) + OVERHEAD;
    }
  }

  private final Map<Long, Map<String, Stored>> byQueue = new HashMap<>();
  private long octets;

  /** Remembers a message that waits in this queue alone. */
  void add(long queue, Stored stored) {
    if (octets + stored.octets() <= MAX_OCTETS) {
      octets += stored.octets();
      byQueue
          .computeIfAbsent(queue, number -> new HashMap<>())
          .put(stored.mail().message().id(), stored);
    }
  }

  /** Hands a message out, and forgets it. */
  Optional<Stored> take(long queue, String message) {
    Map<String, Stored> here = byQueue.get(queue);
    Stored found = here == null ? null : here.remove(message);
    if (found != null) {
      octets -= found.octets();
    }
    return Optional.ofNullable(found);
  }

  /** Forgets all messages of a queue. */
  void forget(long queue) {
    Map<String, Stored> here = byQueue.remove(queue);
    if (here != null) {
      octets -= here.values().stream().mapToLong(Stored::octets).sum();
    }
  }

  /** Forgets a message, whichever queue it is in. */
  void forget(String message) {
    byQueue.keySet().forEach(queue -> take(queue, message));
  }
}
