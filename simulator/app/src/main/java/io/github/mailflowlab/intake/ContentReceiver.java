package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.status.SmtpReply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Receives content octet by octet: what follows DATA, whose dot stuffing it takes away (RFC 5321
 * 4.5.2), or the chunks of BDAT (RFC 3030), which have none.
 *
 * <p>After DATA the end is CRLF.CRLF and nothing else. Servers that also believe in {@code LF.LF}
 * or {@code LF.CRLF} let a sender smuggle a second message past the server before them, so here a
 * bare CR or LF neither ends a line nor starts one: the message is refused, but only once its true
 * end has come. Chunks obey the same rules, since the message may go on by DATA. The first flaw
 * decides the reply; from then on everything is read and forgotten.
 *
 * <p>For one thread, which may block on a disk.
 */
final class ContentReceiver implements Closeable {
  /** Without CRLF, RFC 5321 4.5.3.1.6. */
  static final int MAX_LINE = 998;

  /** How many hops a message may have behind it. */
  static final int MAX_RECEIVED = 20;

  /** Where the last octet left us. */
  private enum At {
    LINE_START,
    DOT,
    DOT_CR,
    TEXT,
    CR,
    END
  }

  private final ContentBuffer buffer = new ContentBuffer();
  private final HeaderWatch header = new HeaderWatch();
  private final long maxSize;
  private final boolean stuffed;
  private At at = At.LINE_START;
  private long size;
  private @Nullable SmtpReply flaw;

  private ContentReceiver(byte[] traceLine, long maxSize, boolean stuffed) {
    this.maxSize = maxSize;
    this.stuffed = stuffed;
    try {
      buffer.write(traceLine);
    } catch (IOException e) {
      refuse(IntakeReplies.NO_STORAGE);
    }
  }

  /**
   * For what follows DATA.
   *
   * @param traceLine goes on top, and does not count
   * @param maxSize in octets, without dot stuffing and without the final dot (RFC 1870)
   */
  static ContentReceiver ofData(byte[] traceLine, long maxSize) {
    return new ContentReceiver(traceLine, maxSize, true);
  }

  /**
   * For chunks.
   *
   * @param traceLine goes on top, and does not count
   * @param maxSize of all chunks together, in octets
   */
  static ContentReceiver ofChunks(byte[] traceLine, long maxSize) {
    return new ContentReceiver(traceLine, maxSize, false);
  }

  /** Takes octets up to the end of the content. True when it was there; the rest stays unread. */
  boolean accept(ByteBuffer octets) {
    while (octets.hasRemaining() && at != At.END) {
      at = next(octets.get());
      if (at == At.TEXT && header.isPastNames()) {
        takeText(octets);
      }
    }
    return at == At.END;
  }

  /** No more chunks come. A last line without CRLF gets one, since DATA could not do without. */
  void endChunks() {
    assert !stuffed;
    if (at == At.CR) {
      refuse(IntakeReplies.BARE_LINE_END);
    } else if (at == At.TEXT) {
      endLine();
    }
    at = At.END;
  }

  /** Why what has come is not taken; empty as long as nothing is wrong. */
  Optional<SmtpReply> flaw() {
    return Optional.ofNullable(flaw);
  }

  /** What was received; only after the end. */
  ContentOutcome finish() {
    assert at == At.END;
    SmtpReply refusal = flaw;
    if (refusal == null) {
      try {
        return new ContentOutcome.Received(
            buffer.finish(),
            header.isEightBit() ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT,
            header.hasEightBitHeader());
      } catch (IOException e) {
        refusal = IntakeReplies.NO_STORAGE;
      }
    }
    close();
    return new ContentOutcome.Refused(refusal);
  }

  /** Forgets what was received. */
  @Override
  public void close() {
    try {
      buffer.close();
    } catch (IOException e) {
      // The file has no name any more; there is nothing left to delete.
    }
  }

  private At next(byte octet) {
    return switch (at) {
      case LINE_START -> octet == '.' && stuffed ? At.DOT : text(octet);
      case DOT -> octet == '\r' ? At.DOT_CR : text(octet);
      case DOT_CR -> octet == '\n' ? At.END : afterBareCr(octet);
      case TEXT -> text(octet);
      case CR -> octet == '\n' ? endLine() : afterBareCr(octet);
      case END -> throw new AssertionError(at);
    };
  }

  private At afterBareCr(byte octet) {
    refuse(IntakeReplies.BARE_LINE_END);
    return text(octet);
  }

  private At text(byte octet) {
    if (octet == '\r') {
      return At.CR;
    }
    if (octet == '\n') {
      refuse(IntakeReplies.BARE_LINE_END);
    } else if (octet == 0) {
      refuse(IntakeReplies.NUL_IN_CONTENT);
    } else if (header.column() == MAX_LINE) {
      refuse(IntakeReplies.TEXT_LINE_TOO_LONG);
    } else {
      header.octet(octet);
      if (header.receivedLines() > MAX_RECEIVED) {
        refuse(IntakeReplies.TOO_MANY_HOPS);
      }
      store(octet);
    }
    return At.TEXT;
  }

  /** Takes what is nothing but text, all at once: almost all of a mail is. */
  private void takeText(ByteBuffer octets) {
    int begin = octets.position();
    int limit = Math.min(octets.limit(), begin + MAX_LINE - header.column());
    int end = begin;
    int seen = 0;
    while (end < limit && isText(octets.get(end))) {
      seen |= octets.get(end++);
    }
    int length = end - begin;
    header.text(length, seen < 0);
    size += length;
    if (size > maxSize) {
      refuse(IntakeReplies.TOO_LARGE);
    }
    ByteBuffer text = octets.slice(begin, length);
    octets.position(end);
    if (flaw != null) {
      return;
    }
    try {
      buffer.write(text);
    } catch (IOException e) {
      refuse(IntakeReplies.NO_STORAGE);
    }
  }

  private static boolean isText(byte octet) {
    return octet != '\r' && octet != '\n' && octet != 0;
  }

  private At endLine() {
    store('\r');
    store('\n');
    header.endOfLine();
    return At.LINE_START;
  }

  private void store(int octet) {
    size++;
    if (size > maxSize) {
      refuse(IntakeReplies.TOO_LARGE);
    }
    if (flaw != null) {
      return;
    }
    try {
      buffer.write(octet);
    } catch (IOException e) {
      refuse(IntakeReplies.NO_STORAGE);
    }
  }

  private void refuse(SmtpReply reply) {
    if (flaw == null) {
      flaw = reply;
      close();
    }
  }
}
