package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.mail.Mailbox;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One command of a transaction; the peer owes a reply for each.
 *
 * @param recipient of {@code RCPT}; null for the others
 */
record Step(Kind kind, @Nullable Mailbox recipient) {
  static final Step RSET = new Step(Kind.RSET, null);
  static final Step MAIL = new Step(Kind.MAIL, null);
  static final Step DATA = new Step(Kind.DATA, null);
  static final Step CHUNK = new Step(Kind.CHUNK, null);
  static final Step CONTENT = new Step(Kind.CONTENT, null);
  static final Step NOTHING = new Step(Kind.NOTHING, null);

  static Step rcpt(Mailbox recipient) {
    return new Step(Kind.RCPT, recipient);
  }

  enum Kind {
    RSET,
    MAIL,
    RCPT,
    DATA,
    /** The content after the reply to DATA, up to its final dot. */
    CONTENT,
    /** The content as the one chunk of BDAT (RFC 3030). */
    CHUNK,
    /** A lone dot: DATA was answered 354 though there is nobody to deliver to (RFC 2920 3.1). */
    NOTHING
  }

  /** Whether its reply decides on the content. */
  boolean isContent() {
    return kind == Kind.CONTENT || kind == Kind.CHUNK;
  }

  /** The name in a report, once the command is out as a whole. */
  Stage stage() {
    return switch (kind) {
      case RSET, MAIL -> Stage.MAIL;
      case RCPT -> Stage.RCPT;
      case DATA -> Stage.DATA;
      case CONTENT, CHUNK, NOTHING -> Stage.DOT;
    };
  }

  /** How long to wait for its reply. */
  Duration limit(Timeouts timeouts) {
    return switch (kind) {
      case RSET, MAIL -> timeouts.mail();
      case RCPT -> timeouts.rcpt();
      case DATA -> timeouts.data();
      case CONTENT, CHUNK, NOTHING -> timeouts.finalDot();
    };
  }
}
