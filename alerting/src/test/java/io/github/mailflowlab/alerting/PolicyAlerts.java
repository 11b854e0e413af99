package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import java.time.Instant;

/** Alerts as a service would raise them by what a policy says now. */
final class PolicyAlerts {
  private PolicyAlerts() {}

  static Alert raised(Policy policy, String subject, Instant now) {
    Verdict.Trouble trouble = policy.judge(subject, now).trouble().orElseThrow();
    return Alert.begin(
        "a1",
        policy.title(),
        subject,
        trouble,
        now,
        new Alert.Activity(
            trouble.count(),
            trouble.details(),
            trouble.lastError(),
            "",
            policy.advice(trouble, ConnectorType.ON_PREMISES)),
        true);
  }
}
