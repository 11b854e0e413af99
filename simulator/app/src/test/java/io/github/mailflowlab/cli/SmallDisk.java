package io.github.mailflowlab.cli;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system in memory, mounted for one test. */
record SmallDisk(Path folder) implements AutoCloseable {
  /** Skips the test where it cannot be had. */
  static SmallDisk mount(Path folder, String size) throws IOException {
    Files.createDirectory(folder);
    assumeTrue(
        Tool.run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", folder.toString()) == 0,
        "only root can mount a small file system");
    return new SmallDisk(folder);
  }

  /** Changes an option: its size, or whether it can be written. */
  void remount(String option) throws IOException {
    if (Tool.run("mount", "-o", "remount," + option, folder.toString()) != 0) {
      throw new IOException("cannot remount " + folder + " with " + option);
    }
  }

  @Override
  public void close() {
    int unused = Tool.run("umount", "--lazy", folder.toString());
  }
}
