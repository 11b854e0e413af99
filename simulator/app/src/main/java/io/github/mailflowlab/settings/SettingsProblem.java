package io.github.mailflowlab.settings;

/**
 * One thing wrong in a configuration file.
 *
 * @param file as it was named
 * @param line from 1
 * @param key which setting, for example {@code connectors[0].smartHosts}
 * @param message what is wrong, and what was expected
 */
public record SettingsProblem(String file, int line, String key, String message) {
  /** {@code lab.yaml:12: connectors[0].smartHosts: missing (…)}. */
  @Override
  public String toString() {
    return file + ":" + line + ": " + key + ": " + message;
  }
}
