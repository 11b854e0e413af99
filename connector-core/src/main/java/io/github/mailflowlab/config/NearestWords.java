package io.github.mailflowlab.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Guesses which word somebody meant, for messages about a wrong one. */
public final class NearestWords {
  private static final int MOST = 3;

  /** In a word of so few letters two wrong ones make it any word. */
  private static final int SHORT = 3;

  /** What is longer was not mistyped. */
  private static final int LONGEST = 100;

  private NearestWords() {}

  /**
   * The candidates that are like the word, the nearest first and at most three; perhaps none.
   * Nearness is the number of letters to add, drop or change, at most a third of them or two (one
   * in a short word); a candidate of which the word is a part is near, too.
   */
  public static List<String> to(String word, Collection<String> candidates) {
    String given = word.toLowerCase(Locale.ROOT);
    if (given.isEmpty() || given.length() > LONGEST) {
      return List.of();
    }
    int furthest = given.length() <= SHORT ? 1 : Math.max(2, given.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(given, candidate) <= furthest)
        .sorted(Comparator.comparingInt(candidate -> distance(given, candidate)))
        .limit(MOST)
        .toList();
  }

  /** For the end of a message: {@code " (did you mean a or b?)"}, or nothing. */
  public static String hint(String word, Collection<String> candidates) {
    List<String> nearest = to(word, candidates);
    return nearest.isEmpty() ? "" : " (did you mean " + String.join(" or ", nearest) + "?)";
  }

  private static int distance(String given, String candidate) {
    String other = candidate.toLowerCase(Locale.ROOT);
    return other.contains(given) ? 1 : edits(given, other);
  }

  /** Levenshtein's, row by row. */
  private static int edits(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int change = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
