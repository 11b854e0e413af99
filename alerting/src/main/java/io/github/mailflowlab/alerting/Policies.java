package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.Backlog;
import java.util.LinkedHashMap;
import java.util.Map;

/** The policies that the settings ask for. */
final class Policies {
  private Policies() {}

  /** By name. */
  static Map<String, Policy> of(AlertSettings settings, Backlog.View backlogs) {
    Map<String, Policy> policies = new LinkedHashMap<>();
    add(
        policies,
        DelayedMessages.messagesDelayed(settings.threshold(), settings.delayedFor(), backlogs));
    return policies;
  }

  private static void add(Map<String, Policy> policies, Policy policy) {
    policies.put(policy.title().name(), policy);
  }
}
