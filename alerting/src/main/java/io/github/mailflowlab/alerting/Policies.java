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
    FurtherPolicies further = settings.further();
    further.oldestAge().ifPresent(age -> add(policies, DelayedMessages.oldestAge(age, backlogs)));
    further.silence().ifPresent(silence -> add(policies, new Silence(silence, backlogs)));
    further.failureShare().ifPresent(limit -> add(policies, new FailureShare(limit)));
    further.returns().ifPresent(limit -> add(policies, new ReturnedMail(limit)));
    further.invalidRecipients().ifPresent(limit -> add(policies, new InvalidRecipients(limit)));
    further.certificateExpiry().ifPresent(before -> add(policies, new CertificateExpiry(before)));
    if (further.spool()) {
      add(policies, new SpoolTrouble());
    }
    return policies;
  }

  private static void add(Map<String, Policy> policies, Policy policy) {
    policies.put(policy.title().name(), policy);
  }
}
