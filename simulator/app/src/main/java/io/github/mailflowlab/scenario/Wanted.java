package io.github.mailflowlab.scenario;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a fact should be. */
sealed interface Wanted {
  /** How {@link Range#parse} wants it. */
  String RANGE_FORM = "a number, or a range such as 3..5, 3.. or ..5";

  /** Whether that is so. */
  boolean isMetBy(Seen seen);

  /**
   * All numbers from one to another, both included.
   *
   * @param most empty for no end
   */
  record Range(long least, OptionalLong most) implements Wanted {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9})?(\\.\\.)?(\\d{1,9})?");

    static Optional<Range> parse(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches() || (matcher.group(1) == null && matcher.group(3) == null)) {
        return Optional.empty();
      }
      long least = matcher.group(1) == null ? 0 : Long.parseLong(matcher.group(1));
      if (matcher.group(2) == null) {
        return Optional.of(new Range(least, OptionalLong.of(least)))
            .filter(range -> matcher.group(3) == null);
      }
      OptionalLong most =
          matcher.group(3) == null
              ? OptionalLong.empty()
              : OptionalLong.of(Long.parseLong(matcher.group(3)));
      return Optional.of(new Range(least, most)).filter(range -> range.upTo() >= least);
    }

    @Override
    public boolean isMetBy(Seen seen) {
      return seen instanceof Seen.Numbers numbers
          && numbers.least() >= least
          && numbers.most() <= upTo();
    }

    private long upTo() {
      return most.orElse(Long.MAX_VALUE);
    }

    @Override
    public String toString() {
      return upTo() == least
          ? Long.toString(least)
          : least + ".." + (most.isPresent() ? most.getAsLong() : "");
    }
  }

  /** Exactly these words. */
  record Words(Set<String> words) implements Wanted {
    /** The word for no word at all. */
    static final String NONE = "none";

    public Words {
      words = Set.copyOf(words);
    }

    static Words of(List<String> words) {
      return new Words(words.equals(List.of(NONE)) ? Set.of() : Set.copyOf(words));
    }

    @Override
    public boolean isMetBy(Seen seen) {
      return seen instanceof Seen.Words found && found.words().equals(words);
    }

    @Override
    public String toString() {
      return words.isEmpty() ? NONE : String.join(", ", new TreeSet<>(words));
    }
  }
}
