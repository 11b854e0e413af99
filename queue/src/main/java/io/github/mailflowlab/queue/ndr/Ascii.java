package io.github.mailflowlab.queue.ndr;

/** Makes text of anybody's harmless where only printable ASCII may stand. */
final class Ascii {
  private Ascii() {}

  /** One line: a blank for each control character, a question mark for all beyond ASCII. */
  static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> c < ' ' || c == 0x7f ? ' ' : c)
        .map(c -> c > 0x7f ? '?' : c)
        .forEach(line::appendCodePoint);
    return line.toString();
  }

  /** The same for several lines, which keep their line ends as LF. */
  static String lines(String text) {
    return String.join("\n", text.lines().map(Ascii::line).toList());
  }
}
