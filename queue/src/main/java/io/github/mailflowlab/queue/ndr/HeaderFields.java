package io.github.mailflowlab.queue.ndr;

import java.nio.charset.StandardCharsets;

/**
 * Fields of a mail's header or of a delivery status, folded at blanks where there are any, and
 * before column 998 in any case (RFC 5322 2.1.1). Several blanks in a row become one, so that no
 * line is blank. No value can end its field.
 */
final class HeaderFields {
  private static final int PREFERRED = 78;
  private static final int MAX_LINE = 998;
  private static final int MAX_WORD = 900;

  private final StringBuilder text = new StringBuilder();
  private final Alphabet alphabet;
  private final int width;
  private int column;

  private HeaderFields(Alphabet alphabet, int width) {
    this.alphabet = alphabet;
    this.width = width;
  }

  /** Lines as short as a header's should be. */
  static HeaderFields folded(Alphabet alphabet) {
    return new HeaderFields(alphabet, PREFERRED);
  }

  /** Lines as long as they may be, for readers of a delivery status that know no folding. */
  static HeaderFields foldedLate(Alphabet alphabet) {
    return new HeaderFields(alphabet, MAX_LINE);
  }

  HeaderFields add(String name, String value) {
    text.append(name).append(':');
    column = name.length() + 1;
    boolean first = true;
    for (String word : alphabet.line(value).strip().split(" +")) {
      append(word, first);
      first = false;
    }
    text.append("\r\n");
    return this;
  }

  /** Ends a group of fields. */
  HeaderFields blankLine() {
    text.append("\r\n");
    return this;
  }

  private void append(String word, boolean first) {
    if (first && word.isEmpty()) {
      return;
    }
    boolean fold = !first && column + 1 + octets(word) > width;
    separate(fold);
    String rest = word;
    while (octets(rest) > MAX_WORD) {
      String start = start(rest);
      text.append(start);
      separate(true);
      rest = rest.substring(start.length());
    }
    text.append(rest);
    column += octets(rest);
  }

  /** As many whole characters of a long word as fit. */
  private static String start(String word) {
    int end = 0;
    int length = 0;
    while (true) {
      int c = word.codePointAt(end);
      length += octets(Character.toString(c));
      if (length > MAX_WORD) {
        return word.substring(0, end);
      }
      end += Character.charCount(c);
    }
  }

  private static int octets(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private void separate(boolean fold) {
    text.append(fold ? "\r\n " : " ");
    column = fold ? 1 : column + 1;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
