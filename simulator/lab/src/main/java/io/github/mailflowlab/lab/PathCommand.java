package io.github.mailflowlab.lab;

import java.util.Map;

/**
 * A MAIL or RCPT command that a lab host took.
 *
 * @param line the command as it came, each byte a character
 * @param path without angle brackets, read as UTF-8; empty for the null reverse-path
 * @param parameters values by keyword in upper case, such as {@code SIZE}, {@code NOTIFY}; the
 *     value is empty where there was none
 */
public record PathCommand(String line, String path, Map<String, String> parameters) {
  public PathCommand {
    parameters = Map.copyOf(parameters);
  }
}
