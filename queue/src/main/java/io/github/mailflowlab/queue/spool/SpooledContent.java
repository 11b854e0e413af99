package io.github.mailflowlab.queue.spool;

import io.github.mailflowlab.mail.MessageContent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/** A body read piece by piece, each piece checked before its first octet is handed out. */
record SpooledContent(Readers readers, String body, long size) implements MessageContent {
  private static final byte[] NOTHING = {};

  static long crc(byte[] octets) {
    CRC32C crc = new CRC32C();
    crc.update(octets);
    return crc.getValue();
  }

  @Override
  public InputStream open() {
    return new Chunks();
  }

  private final class Chunks extends InputStream {
    private byte[] chunk = NOTHING;
    private int position;
    private long number;
    private long left = size;

    @Override
    public int read() throws IOException {
      return fill() ? chunk[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!fill()) {
        return -1;
      }
      int count = Math.min(length, chunk.length - position);
      System.arraycopy(chunk, position, target, offset, count);
      position += count;
      return count;
    }

    /** Whether there is an octet to read. */
    private boolean fill() throws IOException {
      if (position < chunk.length) {
        return true;
      }
      if (left == 0) {
        return false;
      }
      byte[] next = load();
      if (next.length == 0 || next.length > left) {
        throw damaged();
      }
      chunk = next;
      position = 0;
      left -= chunk.length;
      number++;
      return true;
    }

    /** The next piece; nothing when it is missing, or not as it was written. */
    private byte[] load() throws IOException {
      try {
        return readers
            .first(
                "SELECT crc, octets FROM chunk WHERE body = ? AND number = ?",
                parameters -> parameters.text(body).number(number),
                row -> checked(row.octets("octets"), row.number("crc")))
            .orElse(NOTHING);
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }

    private static byte[] checked(byte[] octets, long crc) {
      return crc(octets) == crc ? octets : NOTHING;
    }

    private DamagedContentException damaged() {
      return new DamagedContentException("the stored content of " + body + " is damaged");
    }
  }
}
