package io.github.mailflowlab.queue.spool;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a spool on PostgreSQL is, and as whom to go there: {@code
 * jdbc:postgresql://host:port/database?user=name}, with any parameter that the driver knows. As
 * text it is without its parameters, of which one may be the password.
 */
public final class PostgresUrl {
  private static final String PREFIX = "jdbc:postgresql:";
  private static final Pattern PASSWORD = Pattern.compile("(?<=[?&])password=([^&]*)(&|$)");

  private final String location;
  private final Optional<String> password;

  private PostgresUrl(String location, Optional<String> password) {
    this.location = location;
    this.password = password;
  }

  /** Reads a URL; empty when the driver cannot. */
  public static Optional<PostgresUrl> parse(String text) {
    if (!text.startsWith(PREFIX)) {
      return Optional.empty();
    }
    try {
      DriverManager.getDriver(text);
      Optional<String> password =
          PASSWORD
              .matcher(text)
              .results()
              .findFirst()
              .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8));
      return Optional.of(new PostgresUrl(PASSWORD.matcher(text).replaceAll(""), password));
    } catch (SQLException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As the driver reads it, without the password. */
  String location() {
    return location;
  }

  public Optional<String> password() {
    return password;
  }

  /** The same with another password. */
  public PostgresUrl withPassword(String other) {
    return new PostgresUrl(location, Optional.of(other));
  }

  @Override
  public String toString() {
    return location.substring("jdbc:".length()).replaceFirst("\\?.*", "");
  }
}
