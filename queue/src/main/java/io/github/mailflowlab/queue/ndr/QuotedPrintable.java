package io.github.mailflowlab.queue.ndr;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Quoted-printable for text in ASCII or UTF-8 (RFC 2045 6.7), with soft line breaks at blanks where
 * there are any, so that the raw mail stays readable.
 */
final class QuotedPrintable {
  private static final int MAX_LINE = 76;

  private QuotedPrintable() {}

  /** Encodes lines that end with LF; the result's end with CRLF. */
  static String encode(String text) {
    // One character for each octet.
    String octets = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    return String.join(
        "\r\n", List.of(octets.split("\n", -1)).stream().map(QuotedPrintable::line).toList());
  }

  private static String line(String line) {
    StringBuilder encoded = new StringBuilder();
    int column = 0;
    for (String word : words(line)) {
      for (String piece : pieces(word)) {
        // One column is kept for the = of a soft break.
        if (column > 0 && column + piece.length() > MAX_LINE - 1) {
          encoded.append("=\r\n");
          column = 0;
        }
        encoded.append(piece);
        column += piece.length();
      }
    }
    return encoded.toString();
  }

  /** Words with the blank behind them, encoded. */
  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      boolean last = i == line.length() - 1;
      word.append(c == '=' || c < ' ' || c > '~' || (c == ' ' && last) ? escaped(c) : "" + c);
      if (c == ' ' || last) {
        words.add(word.toString());
        word.setLength(0);
      }
    }
    return words;
  }

  private static String escaped(char c) {
    String hex = Integer.toHexString(c).toUpperCase(Locale.ROOT);
    return c < 0x10 ? "=0" + hex : "=" + hex;
  }

  /** A word in pieces that fit on a line, never cut within an escape. */
  private static List<String> pieces(String word) {
    List<String> pieces = new ArrayList<>();
    String rest = word;
    while (rest.length() > MAX_LINE - 1) {
      int end = MAX_LINE - 1;
      int escape = rest.lastIndexOf('=', end - 1);
      if (escape > end - 3) {
        end = escape;
      }
      pieces.add(rest.substring(0, end));
      rest = rest.substring(end);
    }
    pieces.add(rest);
    return pieces;
  }
}
