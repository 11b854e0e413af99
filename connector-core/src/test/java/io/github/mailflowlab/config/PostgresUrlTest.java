package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken for a URL, and where its password goes. */
final class PostgresUrlTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          jdbc:postgresql://db.example/lab                               |
          jdbc:postgresql://db.example:5433/lab?user=mailflow            |
          jdbc:postgresql://db.example/lab?user=u&password=secret        | secret
          jdbc:postgresql://db.example/lab?password=secret&user=u        | secret
          jdbc:postgresql://db.example/lab?user=u&password=a%26b&ssl=off | a&b
          jdbc:postgresql://db.example/lab?sslpassword=other             |
          """)
  void keepsThePasswordApartFromTheRest(String text, String password) {
    PostgresUrl url = PostgresUrl.parse(text).orElseThrow();
    assertThat(url.password().orElse(null)).isEqualTo(password);
    assertThat(url.location()).doesNotContain("secret").doesNotContain("%26");
    assertThat(url.toString()).matches("postgresql://db\\.example(:5433)?/lab");
  }

  @Test
  void keepsTheOtherParametersWherePasswordsStood() {
    assertThat(location("?password=x&user=u")).endsWith("/lab?user=u");
    assertThat(location("?user=u&password=x&ssl=off")).endsWith("/lab?user=u&ssl=off");
    assertThat(location("?user=u&password=x")).endsWith("/lab?user=u&");
  }

  @Test
  void takesAnotherPassword() {
    PostgresUrl url =
        PostgresUrl.parse("jdbc:postgresql://db.example/lab?password=x").orElseThrow();
    assertThat(url.withPassword("y").password()).contains("y");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://db.example:65535/lab",
        "jdbc:postgresql://127.0.0.1:1/lab",
        "jdbc:postgresql://[::1]:5432/lab",
        "jdbc:postgresql://one.example,two.example:5433/lab?targetServerType=primary"
      })
  void readsWhatTheDriverReads(String text) {
    assertThat(PostgresUrl.parse(text).orElseThrow().location()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgresql://db.example/lab",
        "jdbc:sqlite:spool.db",
        "jdbc:postgresql",
        "jdbc:postgresql://db.example:65536/lab",
        "jdbc:postgresql://db.example:/lab",
        "jdbc:postgresql://db.example",
        "jdbc:postgresql:///lab",
        "jdbc:postgresql://db.example/a/b",
        "jdbc:postgresql://db.example/a b",
        "jdbc:postgresql://db.example/lab?password=%zz"
      })
  void refusesWhatIsNoUrlOfADatabase(String text) {
    assertThat(PostgresUrl.parse(text)).isEmpty();
  }

  private static String location(String parameters) {
    return PostgresUrl.parse("jdbc:postgresql://db.example/lab" + parameters)
        .orElseThrow()
        .location();
  }
}
