package io.github.mailflowlab.settings;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.alerting.FurtherPolicies;
import io.github.mailflowlab.alerting.Webhook;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;

/**
 * Reads {@code alerts}. A policy beside the first is on when its key is there, if only as {@code
 * {}}.
 */
final class AlertsSection {
  private static final int LARGEST_COUNT = 1_000_000;
  private static final int LARGEST_DAILY_LIMIT = 1000;
  private static final Duration LONGEST_DELAY = Duration.ofDays(1);
  private static final Duration LONGEST_WINDOW = Duration.ofDays(7);
  private static final Duration LONGEST_WARNING = Duration.ofDays(365);

  private AlertsSection() {}

  static AlertSettings read(Section section, AlertSettings defaults) {
    AlertSettings alerts =
        new AlertSettings(
            section.integer("threshold", 1, LARGEST_COUNT).orElse(defaults.threshold()),
            section.duration("delayedFor", LONGEST_DELAY).orElse(defaults.delayedFor()),
            section
                .integer("dailyLimit", 1, LARGEST_DAILY_LIMIT)
                .map(OptionalInt::of)
                .orElse(defaults.dailyLimit()),
            webhooks(section).orElse(defaults.webhooks()),
            further(section, FurtherPolicies.STANDARD));
    section.rejectUnknown();
    return alerts;
  }

  private static Optional<List<Webhook>> webhooks(Section section) {
    Optional<List<Webhook>> webhooks =
        section.parsedList("webhooks", Webhook::parse, Webhook.EXPECTED);
    if (webhooks.isPresent() && webhooks.get().size() > AlertSettings.MAX_WEBHOOKS) {
      section.problem("webhooks", "expected: at most " + AlertSettings.MAX_WEBHOOKS);
      return Optional.empty();
    }
    return webhooks;
  }

  private static FurtherPolicies further(Section alerts, FurtherPolicies standard) {
    return new FurtherPolicies(
        policy(alerts, "oldestAge", span("age", LONGEST_WINDOW, standard.oldestAge())),
        policy(alerts, "silence", span("for", LONGEST_WINDOW, standard.silence())),
        policy(
            alerts,
            "failureShare",
            section -> share(section, standard.failureShare().orElseThrow())),
        policy(alerts, "returns", section -> rate(section, standard.returns().orElseThrow())),
        policy(
            alerts,
            "invalidRecipients",
            section -> rate(section, standard.invalidRecipients().orElseThrow())),
        policy(
            alerts,
            "certificateExpiry",
            span("before", LONGEST_WARNING, standard.certificateExpiry())),
        alerts.flag("spool").orElse(false));
  }

  private static <T> Optional<T> policy(Section alerts, String name, Function<Section, T> read) {
    if (!alerts.has(name)) {
      return Optional.empty();
    }
    Section section = alerts.section(name);
    T policy = read.apply(section);
    section.rejectUnknown();
    return Optional.of(policy);
  }

  private static Function<Section, Duration> span(
      String name, Duration longest, Optional<Duration> standard) {
    return section -> section.duration(name, longest).orElseGet(standard::orElseThrow);
  }

  private static FurtherPolicies.Rate rate(Section section, FurtherPolicies.Rate standard) {
    return new FurtherPolicies.Rate(
        section.integer("count", 1, LARGEST_COUNT).orElse(standard.count()),
        section.duration("window", LONGEST_WINDOW).orElse(standard.window()));
  }

  private static FurtherPolicies.Share share(Section section, FurtherPolicies.Share standard) {
    return new FurtherPolicies.Share(
        section.integer("percent", 1, 100).orElse(standard.percent()),
        section.integer("atLeast", 1, LARGEST_COUNT).orElse(standard.atLeast()),
        section.duration("window", LONGEST_WINDOW).orElse(standard.window()));
  }
}
