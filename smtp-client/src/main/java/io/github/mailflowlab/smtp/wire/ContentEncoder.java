package io.github.mailflowlab.smtp.wire;

import io.netty.buffer.ByteBuf;

/**
 * Writes content block by block, cut anywhere: dotted as DATA wants it (RFC 5321 4.5.2), where a
 * dot that opens a line is doubled and the end is a line with one dot; or as the octets of a chunk
 * (RFC 3030).
 *
 * <p>Content has CRLF line ends by contract. A bare CR or a bare LF is found, and the content is
 * then not to be finished: passed on as it is, a lenient server could take {@code LF . LF} for the
 * end of the content and what follows for commands, and anything else would mangle it. The CR that
 * ends a block is held back until its LF, because a chunk is whole with its last octet.
 */
public final class ContentEncoder {
  private final boolean dotted;
  private boolean atLineStart = true;
  private boolean afterCr;
  private boolean unfit;

  public ContentEncoder(boolean dotted) {
    this.dotted = dotted;
  }

  /** Appends one block, of which at most every octet becomes two. */
  public void encode(byte[] block, int length, ByteBuf out) {
    if (length == 0) {
      return;
    }
    if (afterCr) {
      out.writeByte('\r');
    }
    int from = 0;
    int i = 0;
    while (i < length) {
      byte octet = block[i];
      if (octet > '\r' && !afterCr && !(atLineStart && octet == '.' && dotted)) {
        atLineStart = false;
        i = endOfText(block, i + 1, length);
        continue;
      }
      if (afterCr != (octet == '\n')) {
        unfit = true;
      }
      if (atLineStart && octet == '.' && dotted) {
        out.writeBytes(block, from, i - from).writeByte('.');
        from = i;
      }
      atLineStart = afterCr && octet == '\n';
      afterCr = octet == '\r';
      i++;
    }
    out.writeBytes(block, from, (afterCr ? length - 1 : length) - from);
  }

  /** Where a run of octets ends that are plain text whatever surrounds them; most of any mail. */
  private static int endOfText(byte[] block, int from, int length) {
    int i = from;
    while (i < length && block[i] > '\r') {
      i++;
    }
    return i;
  }

  /** Whether the content has a bare CR or LF so far. */
  public boolean isUnfit() {
    return unfit;
  }

  /** Appends what follows the last block; the content may be found unfit only now. */
  public void finish(ByteBuf out) {
    unfit |= afterCr;
    if (dotted) {
      if (!atLineStart) {
        out.writeByte('\r').writeByte('\n');
      }
      out.writeByte('.').writeByte('\r').writeByte('\n');
    }
  }
}
