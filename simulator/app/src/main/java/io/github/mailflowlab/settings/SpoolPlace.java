package io.github.mailflowlab.settings;

import io.github.mailflowlab.config.PostgresUrl;
import java.nio.file.Path;

/** Where mail is kept. */
public sealed interface SpoolPlace {
  /** A folder, which need not exist yet. */
  record Folder(Path path) implements SpoolPlace {}

  /** A database on a server. */
  record Server(PostgresUrl url) implements SpoolPlace {}
}
