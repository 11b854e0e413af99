package io.github.mailflowlab.settings;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with one file. For one thread. */
public final class Problems {
  /** What more would be noise. */
  private static final int LIMIT = 100;

  private final String file;
  private final List<SettingsProblem> found = new ArrayList<>();

  /** None yet, of the file named so. */
  public Problems(String file) {
    this.file = file;
  }

  /** What is quoted from the file may hold anything, and must not reach a terminal as it is. */
  void add(int line, String key, String message) {
    if (found.size() < LIMIT) {
      found.add(new SettingsProblem(file, line, printable(key), printable(message)));
    }
  }

  boolean isNoted(String key) {
    return found.stream().anyMatch(problem -> problem.key().equals(key));
  }

  public boolean isEmpty() {
    return found.isEmpty();
  }

  /** All of them, in the order of lines. */
  public List<SettingsProblem> inOrder() {
    return found.stream().sorted(Comparator.comparingInt(SettingsProblem::line)).toList();
  }

  private static String printable(String text) {
    return text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "?");
  }
}
