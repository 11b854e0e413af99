package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says what a file system refused, without the names of Java's classes. */
final class DiskTrouble {
  private DiskTrouble() {}

  /** For example {@code permission denied}, to go after the name of the file and a colon. */
  static String inWords(IOException trouble) {
    if (trouble instanceof FileAlreadyExistsException) {
      return trouble.getMessage() + " is not a directory";
    }
    if (trouble instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (trouble instanceof NoSuchFileException) {
      return "no such file or directory";
    }
    @Nullable String reason =
        trouble instanceof FileSystemException system ? system.getReason() : trouble.getMessage();
    return reason == null || reason.isEmpty() ? "the disk refused it" : uncapitalized(reason);
  }

  private static String uncapitalized(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
