package io.github.mailflowlab.intake;

/** Looks at content as it comes by: how far the header goes, and what is in it. */
final class HeaderWatch {
  private static final String RECEIVED = "received:";

  private boolean inHeader = true;
  private int column;
  private int prefix;
  private int receivedLines;
  private boolean eightBit;
  private boolean eightBitHeader;

  /** An octet within a line. */
  void octet(byte octet) {
    eightBit |= octet < 0;
    eightBitHeader |= octet < 0 && inHeader;
    if (inHeader
        && column < RECEIVED.length()
        && prefix == column
        && Character.toLowerCase((char) octet) == RECEIVED.charAt(column)) {
      prefix++;
      receivedLines += prefix == RECEIVED.length() ? 1 : 0;
    }
    column++;
  }

  /** Whether the text that comes next can be of any length, for it names no field. */
  boolean isPastNames() {
    return !inHeader || column >= RECEIVED.length();
  }

  /** So many octets within a line, past names. */
  void text(int length, boolean anyEightBit) {
    assert isPastNames();
    eightBit |= anyEightBit;
    eightBitHeader |= anyEightBit && inHeader;
    column += length;
  }

  void endOfLine() {
    inHeader &= column > 0;
    column = 0;
    prefix = 0;
  }

  /** In the line that is coming. */
  int column() {
    return column;
  }

  /** How many servers wrote a trace line. */
  int receivedLines() {
    return receivedLines;
  }

  /** Whether an octet above 127 was seen. */
  boolean isEightBit() {
    return eightBit;
  }

  /** Whether it was seen in the header. */
  boolean hasEightBitHeader() {
    return eightBitHeader;
  }
}
