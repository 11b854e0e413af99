package io.github.mailflowlab.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a shared spool on PostgreSQL is, and as whom to go there: {@code
 * jdbc:postgresql://host:port/database?user=name}, with any parameter that the driver knows. As
 * text it is without its parameters, of which one may be the password.
 */
public final class PostgresUrl {
  private static final String PORT =
      ":(?:[0-5]?\\d{1,4}|6[0-4]\\d{3}|65[0-4]\\d\\d|655[0-2]\\d|6553[0-5])";
  private static final String HOST = "(?:[^\\s/?#,:\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?:" + PORT + ")?";
  private static final Pattern FORM =
      Pattern.compile(
          "jdbc:postgresql://" + HOST + "(?:," + HOST + ")*/[^\\s/?#]+(?:\\?[^\\s#]*)?");
  private static final Pattern PASSWORD = Pattern.compile("(?<=[?&])password=([^&]*)(&|$)");

  private final String location;
  private final Optional<String> password;

  private PostgresUrl(String location, Optional<String> password) {
    this.location = location;
    this.password = password;
  }

  /** Reads a URL; empty when it is none of this form. */
  public static Optional<PostgresUrl> parse(String text) {
    if (!FORM.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      Optional<String> password =
          PASSWORD
              .matcher(text)
              .results()
              .findFirst()
              .map(found -> URLDecoder.decode(found.group(1), StandardCharsets.UTF_8));
      return Optional.of(new PostgresUrl(PASSWORD.matcher(text).replaceAll(""), password));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As the driver reads it, without the password. */
  public String location() {
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
