package io.github.mailflowlab.tenant;

/** What a requester wrote, on its way back in an answer. */
final class Texts {
  private static final int LONGEST = 100;

  private Texts() {}

  /** One line without controls, and not longer than somebody reads. */
  static String printable(String text) {
    String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
