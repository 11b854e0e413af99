package io.github.mailflowlab.cli;

import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.settings.SpoolPlace;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** Whether there is nothing yet where a program that is to be killed shall keep its mail. */
final class EmptyDatabase {
  private static final String CONNECT_TIMEOUT_SECONDS = "5";
  private static final String TABLES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()";

  private EmptyDatabase() {}

  /**
   * Looks for tables in a database, and changes nothing; a folder is not looked at.
   *
   * @throws CommandFailure when there is one, or it cannot be asked
   */
  static void require(SpoolPlace place) {
    if (place instanceof SpoolPlace.Server server) {
      require(server.url());
    }
  }

  private static void require(PostgresUrl url) {
    try (Connection connection = DriverManager.getConnection(url.location(), properties(url));
        Statement statement = connection.createStatement();
        ResultSet tables = statement.executeQuery(TABLES)) {
      if (tables.next()) {
        throw failure(url, "has a table " + tables.getString(1) + " (expected: an empty database)");
      }
    } catch (SQLException e) {
      throw failure(url, "cannot be asked: " + e.getMessage());
    }
  }

  private static Properties properties(PostgresUrl url) {
    Properties properties = new Properties();
    properties.setProperty("connectTimeout", CONNECT_TIMEOUT_SECONDS);
    url.password().ifPresent(password -> properties.setProperty("password", password));
    return properties;
  }

  private static CommandFailure failure(PostgresUrl url, String what) {
    return new CommandFailure(MailFlow.FAILED, "--spool: " + Console.safe(url + " " + what));
  }
}
