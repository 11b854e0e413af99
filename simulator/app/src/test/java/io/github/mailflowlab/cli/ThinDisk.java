package io.github.mailflowlab.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file system that believes to have more room than lies behind it: once that is used up, whatever
 * is written is taken, and only the flush fails.
 */
record ThinDisk(Path folder, SmallDisk behind) implements AutoCloseable {
  private static final long BELIEVED = 256L << 20;

  /** Skips the test where it cannot be had. */
  static ThinDisk mount(Path folder, String size) throws IOException {
    SmallDisk behind =
        SmallDisk.mount(folder.resolveSibling(folder.getFileName() + "-behind"), size);
    Path image = behind.folder().resolve("image");
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BELIEVED);
    }
    Files.createDirectory(folder);
    // A journal that cannot be flushed would end the file system for good.
    boolean mounted =
        Tool.run("mkfs.ext4", "-q", "-F", "-O", "^has_journal", image.toString()) == 0
            && Tool.run("mount", "-o", "loop", image.toString(), folder.toString()) == 0;
    ThinDisk disk = new ThinDisk(folder, behind);
    if (!mounted) {
      disk.close();
    }
    assumeTrue(mounted, "only root can mount a loop device");
    return disk;
  }

  /** From now on there is as much as it believes. */
  void thicken() throws IOException {
    behind.remount("size=" + 2 * BELIEVED);
  }

  @Override
  public void close() {
    int unused = Tool.run("umount", "--lazy", folder.toString());
    behind.close();
  }
}
