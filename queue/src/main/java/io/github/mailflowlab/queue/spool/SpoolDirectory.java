package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The directory of a spool, locked for one instance. What it creates belongs to its owner alone:
 * mail is private. SQLite gives its companion files the permissions of the database.
 */
final class SpoolDirectory implements AutoCloseable {
  private static final String DATABASE = "spool.db";
  private static final String LOCK = "spool.lock";

  private final Path directory;
  private final FileChannel lockFile;
  private final boolean lockIsNew;

  private SpoolDirectory(Path directory, FileChannel lockFile, boolean lockIsNew) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lockIsNew = lockIsNew;
  }

  /** Creates the directory when it is missing, and locks it. */
  static SpoolDirectory open(Path directory) throws SpoolException {
    requireNoFileInTheWay(directory);
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, owner(directory, "rwx------"));
      }
      boolean lockIsNew = create(directory.resolve(LOCK));
      return new SpoolDirectory(directory, lock(directory), lockIsNew);
    } catch (SpoolException e) {
      throw e;
    } catch (IOException e) {
      throw new SpoolException(
          "spool " + directory + " is not writable: " + DiskTrouble.inWords(e), e);
    }
  }

  private static void requireNoFileInTheWay(Path directory) throws SpoolException {
    @Nullable Path there = directory.toAbsolutePath();
    while (there != null && !Files.exists(there)) {
      there = there.getParent();
    }
    if (there != null && !Files.isDirectory(there)) {
      String cause = Files.exists(directory) ? " is" : " is not writable: " + there + " is";
      throw new SpoolException("spool " + directory + cause + " not a directory");
    }
  }

  /** Where the database of this directory is, or would be. */
  static Path database(Path directory) {
    return directory.resolve(DATABASE);
  }

  /** The database's file, which exists and may be empty. */
  Path database() throws IOException {
    create(database(directory));
    return database(directory);
  }

  private static FileChannel lock(Path directory) throws IOException {
    FileChannel channel = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new SpoolInUseException(directory);
    }
    return channel;
  }

  /** Returns whether there was none. */
  private static boolean create(Path file) throws IOException {
    try {
      Files.createFile(file, owner(file.toAbsolutePath().getParent(), "rw-------"));
      return true;
    } catch (FileAlreadyExistsException e) {
      if (!Files.isWritable(file)) {
        throw new IOException(file.getFileName() + " is read-only", e);
      }
      return false;
    }
  }

  private static FileAttribute<?>[] owner(@Nullable Path near, String permissions) {
    boolean posix =
        near != null && near.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /** Closes it, and leaves no lock where none was. */
  void abandon() throws IOException {
    if (lockIsNew) {
      Files.deleteIfExists(directory.resolve(LOCK));
    }
    close();
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
