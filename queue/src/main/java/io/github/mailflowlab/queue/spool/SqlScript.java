package io.github.mailflowlab.queue.spool;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.stream.Collectors;

/** A file of SQL beside this class. Each statement ends at the end of a line. */
record SqlScript(String name) {
  /** Runs it in the transaction of the connection, which stays open. */
  void run(Connection connection) throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : text().split(";\\s*\n")) {
        statement.executeUpdate(sql);
      }
    }
  }

  private String text() throws IOException {
    try (InputStream in = Objects.requireNonNull(SqlScript.class.getResourceAsStream(name))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("--") && !line.isBlank())
          .collect(Collectors.joining("\n", "", "\n"));
    }
  }
}
