package io.github.mailflowlab.pressure;

/**
 * At which figures the intake is slowed and closed. Where {@code close} is the greater one, the
 * figure must not rise to them, else it must not fall to them.
 *
 * <p>A level is left later than it is entered, so that a figure near a mark does not make the
 * intake flutter: what is closed stays closed until the figure is back behind {@code slow}, and
 * what is slowed until it is a tenth beyond.
 *
 * @param slow positive
 * @param close positive, and another figure
 */
public record Marks(double slow, double close) {
  private static final double MARGIN = 0.1;

  public Marks {
    if (!(slow > 0 && close > 0) || slow == close) {
      throw new IllegalArgumentException(
          "marks: " + slow + ", " + close + " (expected: two positive figures)");
    }
  }

  /** What follows from a figure, after this level. */
  Level next(Level before, double reading) {
    if (isReached(close, reading)) {
      return Level.CLOSED;
    }
    return switch (before) {
      case OPEN -> isReached(slow, reading) ? Level.SLOWED : Level.OPEN;
      case SLOWED -> isReached(calm(), reading) ? Level.SLOWED : Level.OPEN;
      case CLOSED -> {
        if (isReached(slow, reading)) {
          yield Level.CLOSED;
        }
        yield isReached(calm(), reading) ? Level.SLOWED : Level.OPEN;
      }
    };
  }

  private boolean mustNotRise() {
    return close > slow;
  }

  private double calm() {
    return mustNotRise() ? slow * (1 - MARGIN) : slow * (1 + MARGIN);
  }

  private boolean isReached(double mark, double reading) {
    return mustNotRise() ? reading >= mark : reading <= mark;
  }
}
