package io.github.mailflowlab.audit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ext4 file system in a file whose power can be cut: of what was written to it, that which was
 * not flushed is gone then, and the rest is read back by its journal. For one thread, which it
 * blocks.
 */
final class CutDisk implements AutoCloseable {
  /** Only what is used of it is there. */
  private static final long SIZE = 8L << 30;

  /** Longer than any life: nothing becomes durable by waiting. */
  private static final String OPTIONS = "loop,commit=300";

  /**
   * Ends a file system as a power failure does: EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH.
   * Java has no ioctl, and every Debian has perl.
   */
  private static final String SHUTDOWN =
      "open(my $root, '<', $ARGV[0]) or die $!; my $how = pack('L', 2);"
          + " ioctl($root, 0x8004587d, $how) or die $!";

  private final Path image;
  private final Path folder;

  private CutDisk(Path image, Path folder) {
    this.image = image;
    this.folder = folder;
  }

  /**
   * Makes one and mounts it.
   *
   * @param folder which does not exist; the image is beside it, and stays
   * @throws IOException when this is not Linux, or not root
   */
  static CutDisk mount(Path folder) throws IOException, InterruptedException {
    CutDisk disk = new CutDisk(folder.resolveSibling(folder.getFileName() + ".ext4"), folder);
    Files.createDirectory(folder);
    try (RandomAccessFile file = new RandomAccessFile(disk.image.toFile(), "rw")) {
      file.setLength(SIZE);
    }
    try {
      run("mkfs.ext4", "-q", disk.image.toString());
      disk.mount();
    } catch (IOException e) {
      throw new IOException(
          "--power-cuts needs Linux, root, a loop device and mkfs.ext4: " + e.getMessage(), e);
    }
    return disk;
  }

  /** Cuts its power, and mounts what is left. Nobody may have a file open on it. */
  void cut() throws IOException, InterruptedException {
    run("perl", "-e", SHUTDOWN, folder.toString());
    run("umount", folder.toString());
    mount();
  }

  private void mount() throws IOException, InterruptedException {
    run("mount", "-o", OPTIONS, image.toString(), folder.toString());
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + ": " + said.strip());
    }
  }

  /** Also when a program that failed still has files open. */
  @Override
  public void close() throws IOException {
    try {
      run("umount", "--lazy", folder.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
