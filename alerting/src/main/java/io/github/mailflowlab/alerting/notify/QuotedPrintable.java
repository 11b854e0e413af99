package io.github.mailflowlab.alerting.notify;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The transfer encoding of RFC 2045 6.7, for UTF-8 text. */
final class QuotedPrintable {
  /** RFC 2045 6.7 rule 5: 76 characters, the soft line break's {@code =} among them. */
  private static final int LONGEST_LINE = 76;

  private QuotedPrintable() {}

  /** Lines ended by LF in, lines ended by CRLF out. */
  static String encode(String text) {
    StringBuilder out = new StringBuilder();
    text.lines()
        .forEach(
            line -> {
              encodeLine(line.getBytes(StandardCharsets.UTF_8), out);
              out.append("\r\n");
            });
    return out.toString();
  }

  private static void encodeLine(byte[] line, StringBuilder out) {
    int column = 0;
    for (int i = 0; i < line.length; i++) {
      String piece = piece(line[i], i == line.length - 1);
      if (column + piece.length() >= LONGEST_LINE) {
        out.append("=\r\n");
        column = 0;
      }
      out.append(piece);
      column += piece.length();
    }
  }

  /** A blank stays one unless it ends the line. */
  private static String piece(byte octet, boolean last) {
    int value = octet & 0xff;
    boolean literal = value > ' ' && value < 0x7f && value != '=';
    return literal || (value == ' ' && !last)
        ? Character.toString(value)
        : String.format(Locale.ROOT, "=%02X", value);
  }
}
