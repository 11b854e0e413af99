package io.github.mailflowlab.lab.order;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Words with jokers: {@code *} for any characters, {@code ?} for one; letters in any case. Several
 * are parted by commas, and one of them has to fit.
 *
 * @param text as it was written
 */
public record Glob(String text) {
  static final int MAX_LENGTH = 1_000;
  static final String FORM = "text with * and ?, several parted by commas";

  public Glob {
    if (!isValid(text)) {
      throw new IllegalArgumentException("glob: " + text + " (expected: " + FORM + ")");
    }
  }

  static Optional<Glob> parse(String text) {
    return Optional.of(text).filter(Glob::isValid).map(Glob::new);
  }

  private static boolean isValid(String text) {
    return text.length() <= MAX_LENGTH && words(text).stream().noneMatch(String::isEmpty);
  }

  public boolean matches(String value) {
    String lower = value.toLowerCase(Locale.ROOT);
    return words(text.toLowerCase(Locale.ROOT)).stream().anyMatch(word -> fits(word, lower));
  }

  private static List<String> words(String text) {
    return List.of(text.split(",", -1)).stream().map(String::strip).toList();
  }

  /**
   * Goes back to the last star only, so a long value takes no more than its length times the
   * word's.
   */
  private static boolean fits(String word, String value) {
    int star = -1;
    int retry = 0;
    int w = 0;
    int v = 0;
    while (v < value.length()) {
      if (w < word.length() && word.charAt(w) == '*') {
        star = w++;
        retry = v;
      } else if (w < word.length()
          && (word.charAt(w) == '?' || word.charAt(w) == value.charAt(v))) {
        w++;
        v++;
      } else if (star >= 0) {
        w = star + 1;
        v = ++retry;
      } else {
        return false;
      }
    }
    return word.substring(w).chars().allMatch(c -> c == '*');
  }

  @Override
  public String toString() {
    return text;
  }
}
