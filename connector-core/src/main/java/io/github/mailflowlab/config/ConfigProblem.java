package io.github.mailflowlab.config;

/**
 * One thing wrong in what an administrator wrote.
 *
 * @param key which parameter, for example {@code smartHosts}
 * @param message what is wrong, and what was expected
 */
public record ConfigProblem(String key, String message) {
  @Override
  public String toString() {
    return key + ": " + message;
  }
}
