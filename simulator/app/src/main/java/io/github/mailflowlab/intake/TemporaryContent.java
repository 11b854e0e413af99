package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.MessageContent;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Content that lives until it is closed, which happens when its submission has completed.
 *
 * @param content readable until then, by any thread
 * @param release what closing does
 */
record TemporaryContent(MessageContent content, Closeable release) implements Closeable {
  static TemporaryContent inMemory(MessageContent content) {
    return new TemporaryContent(content, () -> {});
  }

  /** Owns the file. */
  static TemporaryContent inFile(FileChannel file, long size) {
    return new TemporaryContent(new InFile(file, size), file);
  }

  @Override
  public void close() throws IOException {
    release.close();
  }

  private record InFile(FileChannel file, long size) implements MessageContent {
    @Override
    public InputStream open() {
      return new FileStream(file);
    }
  }

  /** Reads by position, so that several streams share one open file. */
  private static final class FileStream extends InputStream {
    private final FileChannel file;
    private long position;

    FileStream(FileChannel file) {
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      if (count == 0) {
        return 0;
      }
      int read = file.read(ByteBuffer.wrap(target, offset, count), position);
      position += Math.max(0, read);
      return read;
    }
  }
}
