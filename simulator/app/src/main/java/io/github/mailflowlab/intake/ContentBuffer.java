package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.MessageContent;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects content: in memory while it is small, then in a temporary file that is deleted when
 * closed (and on Unix has no name while it is open, so that not even a crash leaves it behind). For
 * one thread, which may block on a disk.
 */
final class ContentBuffer implements Closeable {
  /** What a session may hold in memory. */
  static final int MAX_IN_MEMORY = 256 * 1024;

  private static final int FIRST_BLOCK = 8 * 1024;

  private byte[] block = new byte[FIRST_BLOCK];
  private int length;
  private @Nullable FileChannel file;

  void write(int octet) throws IOException {
    if (length == block.length) {
      makeRoom();
    }
    block[length++] = (byte) octet;
  }

  void write(byte[] octets) throws IOException {
    write(ByteBuffer.wrap(octets));
  }

  /** Takes all that remains. */
  void write(ByteBuffer octets) throws IOException {
    while (octets.hasRemaining()) {
      if (length == block.length) {
        makeRoom();
      }
      int count = Math.min(octets.remaining(), block.length - length);
      octets.get(block, length, count);
      length += count;
    }
  }

  /**
   * The content as collected; nothing may be written any more.
   *
   * @return to be closed by the caller
   */
  TemporaryContent finish() throws IOException {
    FileChannel spilled = file;
    if (spilled == null) {
      return TemporaryContent.inMemory(MessageContent.of(Arrays.copyOf(block, length)));
    }
    spill(spilled);
    file = null;
    return TemporaryContent.inFile(spilled, spilled.size());
  }

  /** Forgets what was collected. */
  @Override
  public void close() throws IOException {
    block = new byte[0];
    length = 0;
    FileChannel spilled = file;
    file = null;
    if (spilled != null) {
      spilled.close();
    }
  }

  private void makeRoom() throws IOException {
    if (block.length < MAX_IN_MEMORY) {
      block = Arrays.copyOf(block, Math.min(MAX_IN_MEMORY, 2 * block.length));
      return;
    }
    if (file == null) {
      file = open();
    }
    spill(file);
  }

  private void spill(FileChannel target) throws IOException {
    ByteBuffer octets = ByteBuffer.wrap(block, 0, length);
    while (octets.hasRemaining()) {
      target.write(octets);
    }
    length = 0;
  }

  private static FileChannel open() throws IOException {
    // createTempFile makes it readable for the owner only.
    Path path = Files.createTempFile("mailflow-intake-", ".eml");
    return FileChannel.open(
        path,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE,
        StandardOpenOption.DELETE_ON_CLOSE);
  }
}
