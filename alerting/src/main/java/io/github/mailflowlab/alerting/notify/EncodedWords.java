package io.github.mailflowlab.alerting.notify;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.StringJoiner;

/** Text for an unstructured header field: as it is when that is safe, else RFC 2047 words. */
final class EncodedWords {
  /** With the field's name in front, an unfolded line stays under RFC 5322 2.1.1's 78. */
  private static final int LONGEST_PLAIN = 60;

  /** A word of 64 characters: with {@code Subject:} in front under the 76 of RFC 2047 2. */
  private static final int OCTETS_PER_WORD = 39;

  private EncodedWords() {}

  static String encode(String text) {
    String clean = text.replaceAll("\\p{Cc}", "?");
    boolean plain =
        clean.length() <= LONGEST_PLAIN
            && clean.equals(clean.strip())
            && !clean.contains("=?")
            && clean.chars().allMatch(c -> c < 0x7f);
    return plain ? clean : words(clean);
  }

  /** Words never split a character; the blank between two of them is not part of the text. */
  private static String words(String text) {
    StringJoiner words = new StringJoiner("\r\n ");
    StringBuilder pending = new StringBuilder();
    int octets = 0;
    for (int codePoint : text.codePoints().toArray()) {
      String character = Character.toString(codePoint);
      int size = character.getBytes(StandardCharsets.UTF_8).length;
      if (octets + size > OCTETS_PER_WORD) {
        words.add(word(pending));
        pending.setLength(0);
        octets = 0;
      }
      pending.append(character);
      octets += size;
    }
    return words.add(word(pending)).toString();
  }

  private static String word(CharSequence text) {
    byte[] octets = text.toString().getBytes(StandardCharsets.UTF_8);
    return "=?utf-8?B?" + Base64.getEncoder().encodeToString(octets) + "?=";
  }
}
