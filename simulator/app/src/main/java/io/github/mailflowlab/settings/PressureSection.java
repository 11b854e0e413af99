package io.github.mailflowlab.settings;

import io.github.mailflowlab.pressure.Marks;
import io.github.mailflowlab.pressure.PressureSettings;
import java.time.Duration;
import java.util.Optional;

/** Reads {@code pressure}: at which figures mail is slowed and put off. */
final class PressureSection {
  private static final Duration LONGEST_LAG = Duration.ofMinutes(10);

  private PressureSection() {}

  static PressureSettings read(Section section) {
    PressureSettings standard = PressureSettings.DEFAULT;
    PressureSettings settings =
        new PressureSettings(
            lag(section.section("lag"), standard.lag()),
            heap(section.section("heap"), standard.heap()),
            free(section.section("free")));
    section.rejectUnknown();
    return settings;
  }

  private static Marks lag(Section section, Marks standard) {
    Optional<Double> slow = seconds(section, "slow");
    Optional<Double> close = seconds(section, "close");
    section.rejectUnknown();
    return rising(section, slow.orElse(standard.slow()), close.orElse(standard.close()), standard);
  }

  private static Optional<Double> seconds(Section section, String name) {
    return section.duration(name, LONGEST_LAG).map(read -> read.toMillis() / 1000.0);
  }

  private static Marks heap(Section section, Marks standard) {
    double slow = section.integer("slow", 1, 100).map(n -> (double) n).orElse(standard.slow());
    double close = section.integer("close", 1, 100).map(n -> (double) n).orElse(standard.close());
    section.rejectUnknown();
    return rising(section, slow, close, standard);
  }

  private static Marks rising(Section section, double slow, double close, Marks standard) {
    if (slow <= 0 || close <= slow) {
      section.problem(
          "close", "not more than slow (expected: mail is slowed before it is put off)");
      return standard;
    }
    return new Marks(slow, close);
  }

  /** What is given alone has the other at twice or half of it, as the defaults have. */
  private static Optional<Marks> free(Section section) {
    Optional<Long> slow = section.parsed("slow", SizeText::parse, SizeText.FORM);
    Optional<Long> close = section.parsed("close", SizeText::parse, SizeText.FORM);
    section.rejectUnknown();
    if (slow.isEmpty() && close.isEmpty()) {
      return Optional.empty();
    }
    double from = slow.map(Long::doubleValue).orElseGet(() -> 2.0 * close.orElseThrow());
    double below = close.map(Long::doubleValue).orElse(from / 2);
    if (below >= from) {
      section.problem(
          "close", "not less than slow (expected: mail is slowed before it is put off)");
      return Optional.empty();
    }
    return Optional.of(new Marks(from, below));
  }
}
