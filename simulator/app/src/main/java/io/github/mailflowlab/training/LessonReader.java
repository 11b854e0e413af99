package io.github.mailflowlab.training;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.environment.HostsSection;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.Problems;
import io.github.mailflowlab.settings.Section;
import io.github.mailflowlab.settings.SettingsReader;
import io.github.mailflowlab.settings.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a lesson (YAML). What is wrong with one is a mistake of ours, and thrown. */
final class LessonReader {
  private static final Duration LEAD = Duration.ofMinutes(70);
  private static final Duration LONGEST_LEAD = Duration.ofHours(23);
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(100);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration DNS_LIMIT = Duration.ofSeconds(1);

  /** Stands for the lab's own file until there is one. */
  private static final Path TRUST = Path.of("lab");

  private LessonReader() {}

  static Lesson read(String id, String text) {
    Problems problems = new Problems(id + ".yaml");
    Section top = YamlFile.section(text, problems);
    Lesson lesson = lesson(id, top);
    top.rejectUnknown();
    if (!problems.isEmpty()) {
      throw new IllegalStateException("lesson: " + problems.inOrder());
    }
    return lesson;
  }

  private static Lesson lesson(String id, Section top) {
    List<HostPlan> hosts = HostsSection.read(top.sections("hosts").orElse(List.of()));
    LabSettings settings = SettingsReader.readScenario(top, defaults(), TRUST);
    Lesson.Mail mail = mail(top.section("mail"));
    Mailbox recipient =
        mail.to().isEmpty() ? settings.organization().admins().get(0) : mail.to().get(0);
    return new Lesson(
        id,
        required(top, "title"),
        required(top, "code"),
        texts(top),
        hosts,
        records(top),
        settings,
        mail,
        top.duration("lead", LONGEST_LEAD).orElse(LEAD),
        top.sections("goals").orElse(List.of()).stream()
            .flatMap(item -> GoalReader.read(item, recipient).stream())
            .toList());
  }

  private static Lesson.Texts texts(Section top) {
    return new Lesson.Texts(
        required(top, "story"),
        required(top, "symptoms"),
        required(top, "goal"),
        top.texts("commands").orElse(List.of()),
        top.texts("hints").orElse(List.of()),
        top.texts("solution").orElse(List.of()),
        required(top, "explanation"),
        required(top, "exchange"));
  }

  private static String required(Section top, String key) {
    if (!top.has(key)) {
      top.problem(key, "missing");
    }
    return top.text(key).orElse("").strip();
  }

  private static Map<String, String> records(Section top) {
    Map<String, String> records = new LinkedHashMap<>();
    for (Section item : top.sections("records").orElse(List.of())) {
      item.text("name")
          .ifPresent(
              name ->
                  item.parsed(
                          "address",
                          text -> Optional.of(text).filter(HostPlan::isLoopback),
                          "127.x.y.z")
                      .ifPresent(address -> records.put(name, address)));
      item.rejectUnknown();
    }
    return records;
  }

  private static Lesson.Mail mail(Section section) {
    List<Mailbox> to = section.parsedList("to", Mailbox::parse, "an address").orElse(List.of());
    String line = section.text("line").orElse("See you on Monday.");
    section.rejectUnknown();
    return new Lesson.Mail(to, line);
  }

  /** As of the settings, but a lesson must not take long, and two late messages are an alert. */
  private static LabSettings defaults() {
    LabSettings defaults = LabSettings.defaults(TRUST);
    return new LabSettings(
        defaults.organization(),
        defaults.listen(),
        defaults.spool(),
        new DnsSettings(DnsSettings.DEFAULT.servers(), DNS_LIMIT, DnsSettings.DEFAULT.tries()),
        defaults.connectors(),
        defaults.revocation(),
        new LabSettings.Connections(1, ConnectionLimits.NONE_KEPT),
        Timeouts.of(CONNECT_LIMIT, COMMAND_LIMIT),
        defaults.retry(),
        new AlertSettings(2, Duration.ofHours(1)),
        defaults.time(),
        defaults.propagation(),
        defaults.pressure(),
        defaults.retention(),
        defaults.security());
  }
}
