package io.github.mailflowlab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CutDiskTest {
  @TempDir Path parent;

  @Test
  void aCutTakesWhatWasNotFlushedAndLeavesTheRest() throws IOException, InterruptedException {
    try (CutDisk disk = mount()) {
      write("flushed", true);
      write("written", false);

      disk.cut();

      assertThat(file("flushed")).hasContent("flushed");
      assertThat(file("written")).doesNotExist();
      write("later", false);
      assertThat(file("later")).exists();
    }
  }

  /** Skips the test where it cannot be had. */
  private CutDisk mount() throws InterruptedException {
    try {
      return CutDisk.mount(parent.resolve("disk"));
    } catch (IOException e) {
      return abort(e.getMessage());
    }
  }

  private void write(String name, boolean flushed) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int unused = channel.write(ByteBuffer.wrap(name.getBytes(StandardCharsets.US_ASCII)));
      if (flushed) {
        channel.force(true);
      }
    }
  }

  private Path file(String name) {
    return parent.resolve("disk").resolve(name);
  }
}
