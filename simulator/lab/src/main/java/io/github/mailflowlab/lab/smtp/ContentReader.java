package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;

/**
 * Reads one message's content up to CRLF dot CRLF, the only end there is, and undoes dot-stuffing
 * (RFC 5321 4.5.2). Beyond {@link #MAX_SIZE} it reads on and keeps nothing. Confined to the
 * session's event loop.
 */
final class ContentReader {
  /** 35 MB, as Exchange Online sends by default. */
  static final int MAX_SIZE = 36_700_160;

  private enum State {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR,
    END
  }

  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private State state = State.LINE_START;
  private boolean fresh = true;
  private boolean tooBig;

  /** Whether nothing has been read yet. */
  boolean isFresh() {
    return fresh;
  }

  /** Takes bytes until the end of the content; whether that has been reached. */
  boolean read(ByteBuf in) {
    fresh &= !in.isReadable();
    while (in.isReadable() && state != State.END) {
      if (state == State.TEXT) {
        keepUpToCr(in);
      } else {
        state = next(in.readByte());
      }
    }
    return state == State.END;
  }

  byte[] content() {
    return content.toByteArray();
  }

  boolean tooBig() {
    return tooBig;
  }

  private State next(byte b) {
    return switch (state) {
      case LINE_START -> b == '.' ? State.DOT : text(b);
      case TEXT -> text(b);
      case CR -> b == '\n' ? lineFeed() : text(b);
      case DOT -> b == '\r' ? State.DOT_CR : text(b);
      case DOT_CR -> b == '\n' ? State.END : dotThenCrThen(b);
      case END -> throw new IllegalStateException("after the end");
    };
  }

  /** Most of a message is text, so it is copied in runs. */
  private void keepUpToCr(ByteBuf in) {
    int run = in.bytesBefore((byte) '\r');
    if (run == 0) {
      state = text(in.readByte());
      return;
    }
    byte[] bytes = new byte[run < 0 ? in.readableBytes() : run];
    in.readBytes(bytes);
    int room = Math.min(bytes.length, MAX_SIZE - content.size());
    content.write(bytes, 0, room);
    tooBig |= room < bytes.length;
  }

  private State text(byte b) {
    keep(b);
    return b == '\r' ? State.CR : State.TEXT;
  }

  private State lineFeed() {
    keep((byte) '\n');
    return State.LINE_START;
  }

  private State dotThenCrThen(byte b) {
    keep((byte) '\r');
    return text(b);
  }

  private void keep(byte b) {
    if (content.size() < MAX_SIZE) {
      content.write(b);
    } else {
      tooBig = true;
    }
  }
}
