package io.github.mailflowlab.queue.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The statements that a connection keeps. */
final class ReaderTest {
  @Test
  void answersAnewWithEachBinding() throws SQLException {
    try (Reader reader = reader()) {
      assertThat(reader.list("SELECT ? AS n", p -> p.number(1), row -> row.number("n")))
          .containsExactly(1L);
      assertThat(reader.list("SELECT ? AS n", p -> p.number(2), row -> row.number("n")))
          .containsExactly(2L);
    }
  }

  @Test
  void answersMoreQuestionsThanItKeepsStatements() throws SQLException {
    try (Reader reader = reader()) {
      for (int round = 0; round < 2; round++) {
        for (long i = 0; i < 65; i++) {
          assertThat(reader.list("SELECT " + i + " AS n", p -> {}, row -> row.number("n")))
              .containsExactly(i);
        }
      }
    }
  }

  private static Reader reader() throws SQLException {
    return new Reader(DriverManager.getConnection("jdbc:sqlite::memory:"));
  }
}
