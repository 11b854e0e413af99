package io.github.mailflowlab.node;

import java.util.Optional;
import java.util.Set;

/** The form of the log, which the system property {@value #PROPERTY} chooses. */
public final class LogFormat {
  private static final String PROPERTY = "mailflow.log.format";

  /** As the appenders in {@code logback.xml} are called. */
  private static final Set<String> KNOWN = Set.of("json", "text");

  private LogFormat() {}

  /** What is wrong with the choice, if anything; to be asked before the first line is logged. */
  public static Optional<String> problem() {
    return problem(System.getProperty(PROPERTY, "text"));
  }

  static Optional<String> problem(String format) {
    return KNOWN.contains(format)
        ? Optional.empty()
        : Optional.of("-D" + PROPERTY + ": expected json or text");
  }
}
