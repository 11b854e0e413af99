package io.github.mailflowlab.smtp.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;

/** Writes commands. The last guard against a line that would be two commands. */
public final class CommandLine {
  private CommandLine() {}

  /**
   * Appends the command with its CRLF, in UTF-8.
   *
   * @throws IllegalArgumentException for a control character or half a surrogate pair: addresses
   *     and parameters are checked where they come in, so this is a broken rule of ours
   */
  public static void write(String command, ByteBuf out) {
    for (int i = 0; i < command.length(); i++) {
      char c = command.charAt(i);
      if (c < ' ' || (c > '~' && isUnfit(command, i))) {
        throw new IllegalArgumentException(
            "command: " + Printable.of(command, 100) + " (expected: printable text)");
      }
    }
    ByteBufUtil.writeUtf8(out, command);
    out.writeByte('\r').writeByte('\n');
  }

  private static boolean isUnfit(String command, int index) {
    char c = command.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 == command.length() || !Character.isLowSurrogate(command.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index == 0 || !Character.isHighSurrogate(command.charAt(index - 1));
    }
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
