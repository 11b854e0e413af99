package io.github.mailflowlab.scenario;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.environment.HostsSection;
import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.Problems;
import io.github.mailflowlab.settings.ReadOutcome;
import io.github.mailflowlab.settings.Section;
import io.github.mailflowlab.settings.SettingsReader;
import io.github.mailflowlab.settings.YamlFile;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads scenarios (YAML). Unknown keys are errors, and all problems are found in one go. */
public final class ScenarioReader {
  /** A Monday morning. */
  private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");

  private static final Duration LONGEST = Duration.ofDays(3650);
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Duration LONGEST_LIMIT = Duration.ofHours(1);

  /** By then what came last has expired. */
  private static final Duration AFTER_THE_LAST = Duration.ofHours(25);

  private static final Duration CONNECT_LIMIT = Duration.ofMillis(100);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration DNS_LIMIT = Duration.ofSeconds(1);

  /** Stands for the lab's own file until there is one. */
  private static final Path TRUST = Path.of("lab");

  private ScenarioReader() {}

  /** Reads a file. Whatever is wrong with it, or with reaching it, is in the outcome. */
  public static ReadOutcome<Scenario> read(Path file) {
    Problems problems = new Problems(file.toString());
    String name = String.valueOf(file.getFileName());
    String id = name.replaceFirst("\\.ya?ml$", "");
    return ReadOutcome.of(YamlFile.section(file, problems), problems, top -> scenario(id, top));
  }

  /**
   * Reads a text.
   *
   * @param id what it is to be called
   */
  static ReadOutcome<Scenario> read(String id, String text) {
    Problems problems = new Problems(id + ".yaml");
    return ReadOutcome.of(YamlFile.section(text, problems), problems, top -> scenario(id, top));
  }

  private static Scenario scenario(String id, Section top) {
    String name = required(top, "name");
    String story = required(top, "story");
    Instant start =
        top.parsed("start", ScenarioReader::instant, "an instant such as 2026-03-06T16:00:00Z")
            .orElse(START);
    List<HostPlan> hosts = HostsSection.read(top.sections("hosts").orElse(List.of()));
    LabSettings settings = SettingsReader.readScenario(top, defaults(), TRUST);
    Cast cast = new Cast(hosts, settings);
    checkSmartHosts(top, cast);
    List<Step> steps = new ArrayList<>();
    for (Section item : top.sections("timeline").orElse(List.of())) {
      steps.addAll(StepReader.read(item, cast));
    }
    steps.sort(Comparator.comparing(Step::at));
    Duration last = steps.isEmpty() ? Duration.ZERO : steps.get(steps.size() - 1).at();
    Duration until = top.duration("until", LONGEST).orElse(last.plus(AFTER_THE_LAST));
    if (until.compareTo(last) < 0) {
      top.problem("until", until + " is before the last step, " + last);
    }
    List<Expectation> expectations =
        top.has("expect") ? ExpectationReader.readAll(top, "expect", cast) : List.of();
    Duration limit = top.duration("limit", LONGEST_LIMIT).orElse(LIMIT);
    top.rejectUnknown();
    return new Scenario(
        id, name, story.strip(), start, settings, hosts, steps, expectations, until, limit);
  }

  private static String required(Section top, String key) {
    if (!top.has(key)) {
      top.problem(key, "missing");
    }
    return top.text(key).orElse("");
  }

  /** As of the settings, but for a client that meets broken hosts on its own machine. */
  private static LabSettings defaults() {
    LabSettings defaults = LabSettings.defaults(TRUST);
    return new LabSettings(
        defaults.organization(),
        defaults.listen(),
        defaults.spool(),
        new DnsSettings(DnsSettings.DEFAULT.servers(), DNS_LIMIT, DnsSettings.DEFAULT.tries()),
        defaults.connectors(),
        defaults.revocation(),
        // One at a time and each message anew: then what happens does not depend on who is faster.
        new LabSettings.Connections(1, new ConnectionLimits(1, ConnectionLimits.DEFAULT.idle())),
        Timeouts.of(CONNECT_LIMIT, COMMAND_LIMIT),
        defaults.retry(),
        defaults.alerts(),
        defaults.time(),
        defaults.propagation(),
        defaults.pressure(),
        defaults.retention(),
        defaults.security());
  }

  private static void checkSmartHosts(Section top, Cast cast) {
    List<Section> items = top.sections("connectors").orElse(List.of());
    for (int i = 0; i < items.size(); i++) {
      String name = items.get(i).text("name").orElse("");
      for (Connector connector : cast.settings().connectors()) {
        if (connector.name().equals(name)) {
          for (SmartHost host : connector.smartHosts()) {
            cast.smartHost(items.get(i), "smartHosts", host);
          }
        }
      }
    }
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
