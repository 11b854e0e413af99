package io.github.mailflowlab.queue.ndr;

/**
 * Fields of a mail's header or of a delivery status, in ASCII, folded at blanks where there are
 * any, and before column 998 in any case (RFC 5322 2.1.1). Several blanks in a row become one, so
 * that no line is blank. No value can end its field.
 */
final class HeaderFields {
  private static final int PREFERRED = 78;
  private static final int MAX_LINE = 998;
  private static final int MAX_WORD = 900;

  private final StringBuilder text = new StringBuilder();
  private final int width;
  private int column;

  private HeaderFields(int width) {
    this.width = width;
  }

  /** Lines as short as a header's should be. */
  static HeaderFields folded() {
    return new HeaderFields(PREFERRED);
  }

  /** Lines as long as they may be, for readers of a delivery status that know no folding. */
  static HeaderFields foldedLate() {
    return new HeaderFields(MAX_LINE);
  }

  HeaderFields add(String name, String value) {
    text.append(name).append(':');
    column = name.length() + 1;
    boolean first = true;
    for (String word : Ascii.line(value).strip().split(" +")) {
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
    boolean fold = !first && column + 1 + word.length() > width;
    separate(fold);
    String rest = word;
    while (rest.length() > MAX_WORD) {
      text.append(rest, 0, MAX_WORD);
      separate(true);
      rest = rest.substring(MAX_WORD);
    }
    text.append(rest);
    column += rest.length();
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
