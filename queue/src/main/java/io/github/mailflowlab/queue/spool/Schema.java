package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;

/** The numbered SQL files that make the schema, and the version in the database's header. */
final class Schema {
  static final int VERSION = 2;

  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER_SIZE = 100;
  private static final int USER_VERSION_OFFSET = 60;

  private Schema() {}

  /** Looks at an existing file without opening it as a database, which would already write. */
  static void checkFile(Path file) throws IOException {
    if (!Files.exists(file) || Files.size(file) == 0) {
      return;
    }
    byte[] header = new byte[HEADER_SIZE];
    try (InputStream in = Files.newInputStream(file)) {
      int length = in.readNBytes(header, 0, HEADER_SIZE);
      if (length < HEADER_SIZE || !Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
        throw new SpoolException("spool " + file + " is damaged: it is not a SQLite database");
      }
    }
    checkVersion(ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET), file);
  }

  /** Brings the database to our version, one file and one transaction per step. */
  static void migrate(Connection connection, Path file) throws SQLException, IOException {
    int version = version(connection);
    connection.commit();
    checkVersion(version, file);
    for (int next = version + 1; next <= VERSION; next++) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : script(next).split(";\\s*\n")) {
          statement.executeUpdate(sql);
        }
        statement.executeUpdate("PRAGMA user_version = " + next);
      }
      connection.commit();
    }
  }

  private static void checkVersion(int version, Path file) throws SpoolException {
    if (version > VERSION) {
      throw new SpoolException(
          "spool "
              + file
              + " is of the newer version "
              + version
              + ", this program reads "
              + VERSION
              + "; nothing was changed");
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }

  private static String script(int number) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(Schema.class.getResourceAsStream("schema-" + number + ".sql"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--") && !line.isBlank())
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
