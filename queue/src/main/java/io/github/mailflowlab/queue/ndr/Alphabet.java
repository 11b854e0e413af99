package io.github.mailflowlab.queue.ndr;

/** Which characters may stand in a report; makes text of anybody's harmless for it. */
enum Alphabet {
  /** Printable ASCII; a question mark for all beyond. */
  ASCII("us-ascii"),
  /** All that is visible, for reports on mail with addresses in UTF-8 (RFC 6533). */
  UNICODE("utf-8");

  /** In characters. A report to 1,000 recipients shall stay some megabytes. */
  private static final int MAX_QUOTED = 2000;

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

  /** A peer's words as one line, as much of them as a report repeats. */
  String quoted(String text) {
    return line(text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "...");
  }

  /** Harmless text of several lines, which keep their line ends as LF. */
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
