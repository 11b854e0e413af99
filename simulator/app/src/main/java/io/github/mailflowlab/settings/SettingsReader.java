package io.github.mailflowlab.settings;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.queue.Retention;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.settings.LabSettings.Connections;
import io.github.mailflowlab.settings.LabSettings.Listen;
import io.github.mailflowlab.settings.LabSettings.TimeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads the configuration file (YAML). Absent settings have their defaults, unknown ones are
 * errors, and all problems are found in one go.
 */
public final class SettingsReader {
  private static final Duration LONGEST_TIMEOUT = Duration.ofHours(1);
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);
  private static final int MOST_CONNECTIONS = 1_000;
  private static final int MOST_MESSAGES = 1_000_000;

  /** Servers close what is silent for longer (RFC 5321 4.5.3.2.7). */
  private static final Duration LONGEST_IDLE = Duration.ofMinutes(5);

  private final Path folder;
  private final Function<String, Optional<String>> environment;
  private final LabSettings defaults;

  private SettingsReader(
      Path folder, Function<String, Optional<String>> environment, LabSettings defaults) {
    this.folder = folder;
    this.environment = environment;
    this.defaults = defaults;
  }

  /** Reads a file. Whatever is wrong with it, or with reaching it, is in the outcome. */
  public static ReadOutcome<LabSettings> read(Path file) {
    return read(file, name -> Optional.ofNullable(System.getenv(name)));
  }

  static ReadOutcome<LabSettings> read(Path file, Function<String, Optional<String>> environment) {
    Problems problems = new Problems(file.toString());
    Section top = YamlFile.section(file, problems);
    Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    return ReadOutcome.of(
        top, problems, new SettingsReader(folder, environment, LabSettings.defaults(folder))::read);
  }

  /**
   * Reads what a scenario says in the same words: who we are, our connectors, and what the client,
   * the retries and the alerts are told. Unknown keys are left to the caller.
   *
   * @param defaults for what is absent
   * @param trust stands for the roots to trust, {@code trust: lab}, which every connector has
   */
  public static LabSettings readScenario(Section top, LabSettings defaults, Path trust) {
    SettingsReader reader = new SettingsReader(trust, name -> Optional.empty(), defaults);
    Section dns = top.section("dns");
    if (dns.has("servers")) {
      dns.problem("servers", "expected: none, for the lab has its own");
    }
    return new LabSettings(
        OrganizationSection.read(top.section("organization"), defaults.organization()),
        defaults.listen(),
        defaults.spool(),
        reader.dns(dns),
        ConnectorsSection.read(
            top.sections("connectors").orElse(List.of()), item -> labTrust(item, trust)),
        reader.revocation(top.section("tls")),
        reader.connections(top.section("connections")),
        reader.timeouts(top.section("timeouts")),
        reader.retry(top.section("retry")),
        AlertsSection.read(top.section("alerts"), defaults.alerts()),
        defaults.time(),
        reader.propagation(top.section("propagation")),
        defaults.pressure(),
        defaults.retention(),
        defaults.security());
  }

  private static Optional<Path> labTrust(Section item, Path trust) {
    Optional<String> unused =
        item.parsed("trust", text -> Optional.of(text).filter("lab"::equals), "lab");
    return Optional.of(trust);
  }

  private LabSettings read(Section top) {
    Optional<Security> security =
        top.has("security")
            ? SecuritySection.read(top.section("security"), environment)
            : Optional.empty();
    LabSettings settings =
        new LabSettings(
            OrganizationSection.read(top.section("organization"), defaults.organization()),
            listen(top.section("listen"), top.has("security")),
            SpoolKeys.read(top, folder, environment).orElse(defaults.spool()),
            dns(top.section("dns")),
            ConnectorsSection.read(top.sections("connectors").orElse(List.of()), folder),
            revocation(top.section("tls")),
            connections(top.section("connections")),
            timeouts(top.section("timeouts")),
            retry(top.section("retry")),
            AlertsSection.read(top.section("alerts"), defaults.alerts()),
            time(top.section("time")),
            propagation(top.section("propagation")),
            PressureSection.read(top.section("pressure")),
            retention(top.section("retention")),
            security);
    top.rejectUnknown();
    return settings;
  }

  private Listen listen(Section section, boolean secured) {
    Listen listen =
        new Listen(
            section
                .parsed("smtp", AddressText::listener, AddressText.LISTEN_FORM)
                .orElse(defaults.listen().smtp()),
            section
                .parsed("http", AddressText::listener, AddressText.LISTEN_FORM)
                .orElse(defaults.listen().http()));
    section.rejectUnknown();
    if (!secured) {
      rejectOpen(section, "smtp", listen.smtp().getAddress().isLoopbackAddress());
      rejectOpen(section, "http", listen.http().getAddress().isLoopbackAddress());
    }
    return listen;
  }

  private static void rejectOpen(Section section, String name, boolean loopback) {
    if (!loopback) {
      section.problem(
          name, "beyond loopback (expected: a loopback address, or security.token and .allow)");
    }
  }

  private DnsSettings dns(Section section) {
    DnsSettings dns =
        new DnsSettings(
            section
                .parsedList("servers", AddressText::dnsServer, AddressText.SERVER_FORM)
                .orElse(defaults.dns().servers()),
            section.duration("timeout", LONGEST_TIMEOUT).orElse(defaults.dns().timeout()),
            section.integer("tries", 1, 10).orElse(defaults.dns().tries()));
    section.rejectUnknown();
    return dns;
  }

  private Revocation revocation(Section section) {
    Revocation revocation =
        section
            .word("revocation", Revocation::parse, "off, soft or hard")
            .orElse(defaults.revocation());
    section.rejectUnknown();
    return revocation;
  }

  private Connections connections(Section section) {
    Connections standard = defaults.connections();
    Connections connections =
        new Connections(
            section.integer("perNextHop", 1, MOST_CONNECTIONS).orElse(standard.perNextHop()),
            new ConnectionLimits(
                section.integer("messages", 1, MOST_MESSAGES).orElse(standard.limits().messages()),
                section.duration("idle", LONGEST_IDLE).orElse(standard.limits().idle())));
    section.rejectUnknown();
    return connections;
  }

  private Timeouts timeouts(Section section) {
    Timeouts standard = defaults.timeouts();
    Timeouts timeouts =
        new Timeouts(
            timeout(section, "connect", standard.connect()),
            timeout(section, "banner", standard.banner()),
            timeout(section, "ehlo", standard.ehlo()),
            timeout(section, "starttls", standard.starttls()),
            timeout(section, "mail", standard.mail()),
            timeout(section, "rcpt", standard.rcpt()),
            timeout(section, "data", standard.data()),
            timeout(section, "block", standard.block()),
            timeout(section, "finalDot", standard.finalDot()));
    section.rejectUnknown();
    return timeouts;
  }

  private static Duration timeout(Section section, String name, Duration standard) {
    return section.duration(name, LONGEST_TIMEOUT).orElse(standard);
  }

  private RetryPolicy retry(Section section) {
    RetryPolicy profile =
        section.parsed("profile", RetryPolicy::profile, "exchange or faq").orElse(defaults.retry());
    Duration expiry =
        section
            .duration("expiry", RetryPolicy.MIN_EXPIRY, RetryPolicy.MAX_EXPIRY)
            .orElse(profile.expiry());
    Optional<Duration> delayNotice = section.duration("delayNotice", expiry.minusMinutes(1));
    section.rejectUnknown();
    return profile.withExpiry(expiry).withDelayNotice(delayNotice);
  }

  private TimeSettings time(Section section) {
    TimeSettings time =
        new TimeSettings(
            section
                .decimal("speed", ClockState.MIN_SPEED, ClockState.MAX_SPEED)
                .orElse(defaults.time().speed()),
            section.flag("steerable").orElse(defaults.time().steerable()));
    section.rejectUnknown();
    return time;
  }

  private Propagation propagation(Section section) {
    Propagation standard = defaults.propagation();
    Duration min = section.duration("min", Duration.ZERO, LONGEST_DELAY).orElse(standard.min());
    Duration max = section.duration("max", Duration.ZERO, LONGEST_DELAY).orElse(standard.max());
    boolean enabled = section.flag("enabled").orElse(standard.enabled());
    section.rejectUnknown();
    if (max.compareTo(min) < 0) {
      section.problem("max", max + " is less than min, " + min);
      return standard;
    }
    return new Propagation(enabled, min, max);
  }

  private Retention retention(Section section) {
    Retention standard = defaults.retention();
    Retention retention =
        new Retention(
            section.duration("messages", Retention.MIN, Retention.MAX).orElse(standard.messages()),
            section.duration("trace", Retention.MIN, Retention.MAX).orElse(standard.trace()));
    section.rejectUnknown();
    return retention;
  }
}
