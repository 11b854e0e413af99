package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.MessageContent;
import java.time.Instant;
import java.util.Optional;

/** One step of a transaction on the spool; {@link Spool#commit} takes all steps or none. */
public sealed interface Change {
  /** Octets of content that it brings along, for the size of a batch. */
  default long octets() {
    return 0;
  }

  /** The message that was stored before, and of which it changes what {@link SpooledMail} says. */
  default Optional<String> touched() {
    return Optional.empty();
  }

  /** Creates a queue, or replaces its state. */
  record StoreQueue(SpooledQueue queue) implements Change {}

  /** Creates a queue, unless there is one of this number; leaves that as it is. */
  record AddQueue(SpooledQueue queue) implements Change {}

  /** Stores a new message with its content, its recipients and its places in queues. */
  record StoreMessage(SpooledMail mail, MessageContent content) implements Change {
    @Override
    public long octets() {
      return content.size();
    }
  }

  /** Replaces the state of one recipient. */
  record UpdateRecipient(String message, SpooledRecipient recipient) implements Change {
    @Override
    public Optional<String> touched() {
      return Optional.of(message);
    }
  }

  /** Moves an open entry to another time, or out of its queue. */
  record UpdateEntry(SpooledEntry entry) implements Change {
    @Override
    public Optional<String> touched() {
      return Optional.of(entry.message());
    }
  }

  /** Opens an entry in a queue that a stored message joins, for the first time or again. */
  record JoinQueue(SpooledEntry entry) implements Change {
    @Override
    public Optional<String> touched() {
      return Optional.of(entry.message());
    }
  }

  /** Holds a queue back, or does so no more. */
  record SuspendQueue(long queue, boolean suspended) implements Change {}

  /** Holds all queues of a connector back, or does so no more. */
  record SuspendConnector(String connector, boolean suspended) implements Change {}

  /** Sets when the sender is told of a delay; empty once that is done. */
  record PlanDelayNotice(String message, Optional<Instant> due) implements Change {}

  /** Gives the message its final state, if none of its recipients is pending any more. */
  record Settle(String message) implements Change {
    @Override
    public Optional<String> touched() {
      return Optional.of(message);
    }
  }

  /**
   * Puts a mail into a mailbox.
   *
   * @param content absent when it shows a message that is stored anyway
   */
  record StoreMailboxItem(MailboxItem item, Optional<MessageContent> content) implements Change {
    @Override
    public long octets() {
      return content.map(MessageContent::size).orElse(0L);
    }
  }

  /** Adds to the trace of one message. */
  record MessageEvent(String message, TraceEvent event) implements Change {}

  /**
   * Adds to the trace of all messages that are in the queue now.
   *
   * @param probe the queue's probe counter, this probe included
   */
  record QueueEvent(long queue, long probe, TraceEvent event) implements Change {}

  /** Adds to the trace of all messages that are in the queue now what an operator did to it. */
  record QueueOperation(long queue, TraceEvent event) implements Change {}

  /** Forgets a finished message with its trace, and its content unless a mailbox shows it. */
  record DeleteMessage(String message) implements Change {
    @Override
    public Optional<String> touched() {
      return Optional.of(message);
    }
  }

  /** Forgets what happened before an instant, of so many events that are the oldest. */
  record DeleteEvents(Instant before, int limit) implements Change {}

  /** Forgets a queue to which no entry refers, with its trace. */
  record DeleteQueue(long queue) implements Change {}

  /** Remembers a setting. */
  record PutSetting(String key, String value) implements Change {}
}
