package io.github.mailflowlab.queue.ndr;

/** Which characters may stand in a report; makes text of anybody's harmless for it. */
enum Alphabet {
  /** Printable ASCII; a question mark for all beyond. */
  ASCII("us-ascii"),
  /** All that is visible, for reports on mail with addresses in UTF-8 (RFC 6533). */
  UNICODE("utf-8");

  private final String charset;

  Alphabet(String charset) {
    this.charset = charset;
  }

  /** The charset of MIME. */
  String charset() {
    return charset;
  }

  /** One line: a blank for each character that is invisible or ends lines. */
  String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().map(this::harmless).forEach(line::appendCodePoint);
    return line.toString();
  }

  /** The same for several lines, which keep their line ends as LF. */
  String lines(String text) {
    return String.join("\n", text.lines().map(this::line).toList());
  }

  private int harmless(int c) {
    if (c < ' ' || c == 0x7f) {
      return ' ';
    }
    if (c < 0x7f) {
      return c;
    }
    return switch (this) {
      case ASCII -> '?';
      case UNICODE ->
          switch (Character.getType(c)) {
            case Character.CONTROL,
                Character.FORMAT,
                Character.LINE_SEPARATOR,
                Character.PARAGRAPH_SEPARATOR ->
                ' ';
            case Character.SURROGATE -> '?';
            default -> c;
          };
    };
  }
}
