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

  private SpoolDirectory(Path directory, FileChannel lockFile) {
    this.directory = directory;
    this.lockFile = lockFile;
  }

  /** Creates the directory when it is missing, and locks it. */
  static SpoolDirectory open(Path directory) throws SpoolException {
    try {
      if (!Files.isDirectory(directory)) {
        Files.createDirectories(directory, owner(directory, "rwx------"));
      }
      FileChannel lockFile = lock(directory);
      return new SpoolDirectory(directory, lockFile);
    } catch (SpoolException e) {
      throw e;
    } catch (IOException e) {
      throw new SpoolException("spool " + directory + " is not writable: " + e, e);
    }
  }

  /** The database's file, which exists and may be empty. */
  Path database() throws IOException {
    return create(directory.resolve(DATABASE));
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path file = create(directory.resolve(LOCK));
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new SpoolException("spool " + directory + " is in use by another instance");
    }
    return channel;
  }

  private static Path create(Path file) throws IOException {
    try {
      Files.createFile(file, owner(file.toAbsolutePath().getParent(), "rw-------"));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isWritable(file)) {
        throw new IOException(file.getFileName() + " is read-only", e);
      }
    }
    return file;
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

  @Override
  public void close() throws IOException {
    lockFile.close();
  }
}
