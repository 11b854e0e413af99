package io.github.mailflowlab.smtp.wire;

import java.nio.charset.StandardCharsets;

/** Writes commands. The last guard against a line that would be two commands. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * The command with its CRLF.
   *
   * @throws IllegalArgumentException for anything but printable ASCII: addresses and parameters are
   *     checked where they come in, so this is a broken rule of ours
   */
  public static byte[] encode(String command) {
    if (command.chars().anyMatch(c -> c < ' ' || c > '~')) {
      throw new IllegalArgumentException(
          "command: " + Printable.of(command, 100) + " (expected: printable ASCII)");
    }
    return (command + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }
}
