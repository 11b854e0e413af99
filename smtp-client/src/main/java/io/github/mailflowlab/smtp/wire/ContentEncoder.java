package io.github.mailflowlab.smtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes content as DATA wants it (RFC 5321 4.5.2): a dot that opens a line is doubled, and the end
 * is a line with one dot. Blocks may be cut anywhere.
 *
 * <p>Content has CRLF line ends by contract. Should a bare CR or a bare LF occur all the same, it
 * leaves as CRLF: passed on as it is, a lenient server could take {@code LF . LF} for the end of
 * the content and what follows for commands.
 */
public final class ContentEncoder {
  private boolean atLineStart = true;
  private boolean afterCr;

  /** Appends one block, of which at most every octet becomes two. */
  public void encode(byte[] block, int length, ByteBuf out) {
    for (int i = 0; i < length; i++) {
      encode(block[i], out);
    }
  }

  /** Appends the end of the line if it is missing, and the final dot. */
  public void finish(ByteBuf out) {
    if (afterCr || !atLineStart) {
      endLine(out);
    }
    out.writeByte('.');
    endLine(out);
  }

  private void encode(byte octet, ByteBuf out) {
    boolean completesCrLf = afterCr && octet == '\n';
    if (afterCr || octet == '\n') {
      endLine(out);
    }
    afterCr = octet == '\r';
    if (completesCrLf || afterCr || octet == '\n') {
      return;
    }
    if (atLineStart && octet == '.') {
      out.writeByte('.');
    }
    out.writeByte(octet);
    atLineStart = false;
  }

  private void endLine(ByteBuf out) {
    out.writeByte('\r').writeByte('\n');
    atLineStart = true;
    afterCr = false;
  }
}
