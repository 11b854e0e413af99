package io.github.mailflowlab.training;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.settings.Section;
import java.util.List;
import java.util.Optional;

/** Reads one goal of a lesson: what it {@code says}, and one kind of goal with its details. */
final class GoalReader {
  private static final int MOST = 100;

  private final Section section;
  private final String says;

  private GoalReader(Section section) {
    this.section = section;
    this.says = section.text("says").orElse("");
  }

  /**
   * The goal; empty when there are problems, which the section then has.
   *
   * @param recipient of the test mail of a validation
   */
  static Optional<Goal> read(Section section, Mailbox recipient) {
    Optional<Goal> goal = new GoalReader(section).read(recipient);
    section.rejectUnknown();
    if (!section.has("says") || goal.isEmpty()) {
      section.problem("says", "expected: says, and one kind of goal");
    }
    return goal;
  }

  private Optional<Goal> read(Mailbox recipient) {
    int count = section.integer("count", 1, MOST).orElse(1);
    List<String> values = section.texts("values").orElse(List.of());
    Optional<String> key = section.text("parameter");
    Optional<String> setting = section.text("setting");
    Optional<String> value = section.text("value");
    Optional<String> type = section.text("type");
    return section
        .text("delivered")
        .map(host -> Goals.delivered(says, host, count))
        .or(
            () ->
                section
                    .text("deliveredOverTls")
                    .map(host -> Goals.deliveredOverTls(says, host, count)))
        .or(() -> section.flag("nothingQueued").map(yes -> Goals.nothingQueued(says)))
        .or(() -> section.flag("noOpenAlert").map(yes -> Goals.noOpenAlert(says)))
        .or(() -> section.text("untouched").map(name -> Goals.untouched(says, name)))
        .or(() -> section.text("validates").map(name -> Goals.validates(says, name, recipient)))
        .or(
            () ->
                section
                    .text("connector")
                    .flatMap(name -> key.map(k -> Goals.parameter(says, name, k, values))))
        .or(
            () ->
                section.text("domain").flatMap(name -> type.map(t -> Goals.domain(says, name, t))))
        .or(
            () ->
                section
                    .text("host")
                    .flatMap(
                        host ->
                            setting.flatMap(k -> value.map(v -> Goals.knob(says, host, k, v)))));
  }
}
