package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * Cuts bytes into lines at CRLF and nowhere else. Of a line that is too long only the beginning is
 * kept, one character more than allowed. Confined to the session's event loop.
 */
final class LineReader {
  /** Four times what RFC 5321 4.5.3.1.4 demands. */
  static final int MAX_LENGTH = 2_048;

  private final StringBuilder line = new StringBuilder();
  private boolean afterCr;

  /** The next line without CRLF, each byte a character; empty when more bytes are needed. */
  Optional<String> read(ByteBuf in) {
    while (in.isReadable()) {
      byte next = in.readByte();
      if (afterCr && next == '\n') {
        String whole = line.toString();
        reset();
        return Optional.of(whole);
      }
      if (afterCr) {
        append((byte) '\r');
      }
      afterCr = next == '\r';
      if (!afterCr) {
        append(next);
      }
    }
    return Optional.empty();
  }

  /** Forgets what came of an unfinished line. */
  void reset() {
    line.setLength(0);
    afterCr = false;
  }

  private void append(byte next) {
    if (line.length() <= MAX_LENGTH) {
      line.append((char) (next & 0xff));
    }
  }
}
