package io.github.mailflowlab.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads paths as written in the file: relative ones start at its folder. */
final class PathText {
  private PathText() {}

  static Optional<Path> resolve(Path folder, String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    try {
      return Optional.of(folder.resolve(text).normalize());
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
