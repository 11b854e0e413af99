package io.github.mailflowlab.document;

import java.util.List;
import java.util.Optional;

/** The result of the demo. */
public record DemoDocument(boolean succeeded, long seed, List<Row> rows) {

  /** One fault; outcome is delivered or returned. */
  public record Row(
      String fault,
      Optional<String> expectedCode,
      Optional<String> code,
      Optional<String> lastError,
      int attempts,
      boolean alert,
      Optional<String> ndrStatus,
      String outcome,
      boolean asExpected) {}
}
