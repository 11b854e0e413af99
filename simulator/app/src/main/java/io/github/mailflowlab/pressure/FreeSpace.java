package io.github.mailflowlab.pressure;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is left for us on the disk of a folder, in octets. */
final class FreeSpace implements Source {
  private static final Logger log = LoggerFactory.getLogger(FreeSpace.class);

  private static final double MOST = 1L << 30;

  private final Path folder;

  FreeSpace(Path folder) {
    this.folder = folder;
  }

  /** Marks for a disk of this size: a tenth and a twentieth of it, at most 1 GiB and half of it. */
  static Marks marksFor(long size) {
    double slow = Math.min(MOST, Math.max(size, 1) / 10.0);
    return new Marks(slow, slow / 2);
  }

  /** The same for the disk of the folder. */
  Marks marks() {
    try {
      return marksFor(store().getTotalSpace());
    } catch (IOException e) {
      return marksFor(Long.MAX_VALUE);
    }
  }

  @Override
  public OptionalDouble read() {
    try {
      return OptionalDouble.of((double) store().getUsableSpace());
    } catch (IOException e) {
      log.debug("folder={} does not tell its free space", folder, e);
      return OptionalDouble.empty();
    }
  }

  private FileStore store() throws IOException {
    return Files.getFileStore(folder);
  }
}
