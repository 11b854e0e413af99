package io.github.mailflowlab.settings;

import io.github.mailflowlab.config.PostgresUrl;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code data} or {@code spool}: one of them says where mail is kept. */
final class SpoolKeys {
  private static final String FORM =
      "expected: jdbc:postgresql://host:port/database?user=name&password=env:NAME";

  private SpoolKeys() {}

  /**
   * What one of them says; empty when neither does, or there is a problem.
   *
   * @param environment looks up a variable
   */
  static Optional<SpoolPlace> read(
      Section top, Path folder, Function<String, Optional<String>> environment) {
    Optional<SpoolPlace> data =
        top.parsed("data", text -> PathText.resolve(folder, text), "a path")
            .map(SpoolPlace.Folder::new);
    Optional<SpoolPlace> server =
        top.text("spool").flatMap(text -> url(top, text, environment)).map(SpoolPlace.Server::new);
    if (top.has("data") && top.has("spool")) {
      top.problem("spool", "beside data (expected: one of the two)");
    }
    return server.or(() -> data);
  }

  /** The problem must not show the URL, in which a password may stand. */
  private static Optional<PostgresUrl> url(
      Section top, String text, Function<String, Optional<String>> environment) {
    Optional<PostgresUrl> url = PostgresUrl.parse(text);
    if (url.isEmpty()) {
      top.problem("spool", FORM);
    }
    return url.flatMap(
        read ->
            read.password().isEmpty()
                ? url
                : Secret.read(top, "spool", read.password().get(), environment)
                    .map(read::withPassword));
  }
}
