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

/** SQLite's numbered SQL files that make the schema, and the version in the database's header. */
final class Schema {
  static final int VERSION = 5;

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
    requireKnown(ByteBuffer.wrap(header).getInt(USER_VERSION_OFFSET), VERSION, file);
  }

  /** Brings the database to our version, one file and one transaction per step. */
  static void migrate(Connection connection, Path file) throws SQLException, IOException {
    int version = version(connection);
    connection.commit();
    requireKnown(version, VERSION, file);
    for (int next = version + 1; next <= VERSION; next++) {
      try (Statement statement = connection.createStatement()) {
        new SqlScript("schema-" + next + ".sql").run(connection);
        statement.executeUpdate("PRAGMA user_version = " + next);
      }
      connection.commit();
    }
  }

  /** Refuses what a later program has made. */
  static void requireKnown(int version, int newest, Object spool) throws SpoolException {
    if (version > newest) {
      throw new SpoolException(
          "spool "
              + spool
              + " is of the newer version "
              + version
              + ", this program reads "
              + newest
              + "; nothing was changed");
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA user_version")) {
      return result.getInt(1);
    }
  }
}
