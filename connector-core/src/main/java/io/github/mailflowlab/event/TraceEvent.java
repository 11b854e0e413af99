package io.github.mailflowlab.event;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One line of a message's trace (exchange-online-behaviour 3.4).
 *
 * @param recipient absent when it concerns all
 * @param code absent when there is none to tell
 * @param detail for people
 * @param transcript of the attempt, empty for other events
 */
public record TraceEvent(
    Instant time,
    Kind kind,
    Optional<Mailbox> recipient,
    Optional<EnhancedStatusCode> code,
    String detail,
    List<String> transcript) {
  /** What happened, in the words of a message trace. */
  public enum Kind {
    /** It came in. */
    RECEIVE("Receive"),
    /** It was routed and queued. */
    SUBMIT("Submit"),
    /** An attempt failed and will be repeated. */
    DEFER("Defer"),
    /** The next hop took it. */
    SEND("Send"),
    /** It is in a mailbox of the lab. */
    DELIVER("Deliver"),
    /** One recipient became several. */
    EXPAND("Expand"),
    /** It was given up, and returned unless an operator said otherwise. */
    FAIL("Fail"),
    /** The sender was told of its state. */
    DSN("Dsn"),
    /** An operator holds it back. */
    SUSPEND("Suspend"),
    /** An operator holds it back no more. */
    RESUME("Resume"),
    /** An operator had it tried at once. */
    RETRY("Retry"),
    /** An operator had it routed again. */
    RESUBMIT("Resubmit"),
    /** An operator took it out of its queue. */
    REMOVE("Remove");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  public TraceEvent {
    transcript = List.copyOf(transcript);
  }
}
