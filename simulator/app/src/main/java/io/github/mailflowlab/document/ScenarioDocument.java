package io.github.mailflowlab.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What came of a scenario. Everything in it follows from the scenario and the seed.
 *
 * @param id for commands
 * @param succeeded whether all was as expected, and everything could be done
 * @param timeLine in the order of time
 * @param checks in the order of time
 */
public record ScenarioDocument(
    String id,
    String name,
    String story,
    long seed,
    Instant start,
    boolean succeeded,
    List<Line> timeLine,
    List<Check> checks) {
  /**
   * Something that happened, once or again and again.
   *
   * @param after since the start
   * @param until when it happened for the last time, if more than once
   */
  public record Line(
      Instant time,
      Duration after,
      String kind,
      String subject,
      String text,
      int count,
      Optional<Instant> until) {}

  /** Something that was expected. */
  public record Check(Instant time, String what, String expected, String seen, boolean met) {}

  /** What came of several. */
  public record Run(boolean succeeded, long seed, List<ScenarioDocument> scenarios) {}

  /** Those there are. */
  public record Listing(List<Title> scenarios) {}

  /** One of them. */
  public record Title(String id, String name, String story) {}
}
