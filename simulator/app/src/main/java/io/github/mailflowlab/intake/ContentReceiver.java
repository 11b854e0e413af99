package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.status.SmtpReply;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Receives what follows DATA, octet by octet, and takes the dot stuffing away (RFC 5321 4.5.2).
 *
 * <p>The end is CRLF.CRLF and nothing else. Servers that also believe in {@code LF.LF} or {@code
 * LF.CRLF} let a sender smuggle a second message past the server before them, so here a bare CR or
 * LF neither ends a line nor starts one: the message is refused, but only once its true end has
 * come. The first flaw decides the reply; from then on everything is read and forgotten.
 *
 * <p>For one thread, which may block on a disk.
 */
final class ContentReceiver implements Closeable {
  /** Without CRLF, RFC 5321 4.5.3.1.6. */
  static final int MAX_LINE = 998;

  /** How many hops a message may have behind it. */
  static final int MAX_RECEIVED = 20;

  private static final String RECEIVED = "received:";

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
  private final long maxSize;
  private At at = At.LINE_START;
  private long size;
  private int column;
  private boolean inHeader = true;
  private int receivedPrefix;
  private int receivedLines;
  private boolean eightBit;
  private @Nullable SmtpReply flaw;

  /**
   * @param traceLine goes on top, and does not count
   * @param maxSize in octets, without dot stuffing and without the final dot (RFC 1870)
   */
  ContentReceiver(byte[] traceLine, long maxSize) {
    this.maxSize = maxSize;
    try {
      buffer.write(traceLine);
    } catch (IOException e) {
      refuse(IntakeReplies.NO_STORAGE);
    }
  }

  /** Takes octets up to the end of the content. True when it was there; the rest stays unread. */
  boolean accept(ByteBuffer octets) {
    while (octets.hasRemaining() && at != At.END) {
      at = next(octets.get());
    }
    return at == At.END;
  }

  /** What was received; only after the end. */
  ContentOutcome finish() {
    assert at == At.END;
    SmtpReply refusal = flaw;
    if (refusal == null) {
      try {
        return new ContentOutcome.Received(
            buffer.finish(), eightBit ? BodyType.EIGHT_BIT_MIME : BodyType.SEVEN_BIT);
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
      case LINE_START -> octet == '.' ? At.DOT : text(octet);
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
    } else if (column == MAX_LINE) {
      refuse(IntakeReplies.TEXT_LINE_TOO_LONG);
    } else {
      look(octet);
      store(octet);
      column++;
    }
    return At.TEXT;
  }

  private At endLine() {
    store('\r');
    store('\n');
    inHeader &= column > 0;
    column = 0;
    receivedPrefix = 0;
    return At.LINE_START;
  }

  /** Looks for octets above 127, and counts the trace lines in the header. */
  private void look(byte octet) {
    eightBit |= octet < 0;
    if (!inHeader || receivedPrefix != column || column >= RECEIVED.length()) {
      return;
    }
    if (Character.toLowerCase((char) octet) == RECEIVED.charAt(column)) {
      receivedPrefix++;
    }
    if (receivedPrefix == RECEIVED.length() && ++receivedLines > MAX_RECEIVED) {
      refuse(IntakeReplies.TOO_MANY_HOPS);
    }
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
