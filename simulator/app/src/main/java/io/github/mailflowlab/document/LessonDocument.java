package io.github.mailflowlab.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A lesson of the training, and where a learner stands in it. */
public record LessonDocument(
    String id,
    String title,
    String code,
    String story,
    String symptoms,
    String goal,
    List<String> commands,
    Instant began,
    int hintsGiven,
    int hints) {
  /** What there is to learn. */
  public record Listing(List<Entry> lessons) {}

  /**
   * One lesson.
   *
   * @param code what Exchange says of it
   */
  public record Entry(String id, String title, String code) {}

  /**
   * A hint.
   *
   * @param number from 1
   * @param of how many there are
   * @param hint empty when all have been given
   */
  public record Hint(int number, int of, Optional<String> hint) {}

  /**
   * How it is done.
   *
   * @param commands for {@code mailflow}, in that order
   * @param exchange where one would have looked in Exchange
   */
  public record Solution(List<String> commands, String explanation, String exchange) {}

  /** Whether all is as it should be. */
  public record Check(String lesson, boolean solved, List<Finding> findings) {}

  /**
   * One thing that should be so.
   *
   * @param found how it is
   */
  public record Finding(String what, boolean met, String found) {}
}
