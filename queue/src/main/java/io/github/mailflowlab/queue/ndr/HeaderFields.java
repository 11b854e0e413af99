package io.github.mailflowlab.queue.ndr;

/**
 * Fields of a mail's header or of a delivery status, in ASCII, folded at blanks before column 78
 * where there are any and before column 998 in any case (RFC 5322 2.1.1). No value can end its
 * field.
 */
final class HeaderFields {
  private static final int PREFERRED = 78;
  private static final int MAX_WORD = 900;

  private final StringBuilder text = new StringBuilder();
  private int column;

  HeaderFields add(String name, String value) {
    text.append(name).append(':');
    column = name.length() + 1;
    boolean first = true;
    for (String word : Ascii.line(value).strip().split(" ", -1)) {
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
    // A line of blanks alone would end the header for some readers, so none starts with a blank.
    boolean fold = !first && !word.isEmpty() && column + 1 + word.length() > PREFERRED;
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
