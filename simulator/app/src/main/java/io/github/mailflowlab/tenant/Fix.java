package io.github.mailflowlab.tenant;

import io.github.mailflowlab.mail.DomainName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One use of Fix now (exchange-online-behaviour 5.3), from its order on. Stored with the changes
 * that it makes, so that a restart finds all of it or nothing.
 *
 * @param alert the id of the alert that it repairs
 * @param connector the name of the connector that is disabled
 * @param domains those that become Authoritative
 * @param requested when it was ordered
 * @param due when it takes effect
 * @param done whether the mail that was queued then has been routed again
 */
public record Fix(
    String alert,
    String connector,
    List<DomainName> domains,
    String by,
    Optional<String> reason,
    Instant requested,
    Instant due,
    boolean done) {
  public Fix {
    domains = List.copyOf(domains);
  }

  /** Whether nothing has changed yet, so that it can be taken back. */
  public boolean isPending(Instant now) {
    return due.isAfter(now);
  }

  Fix asDone() {
    return new Fix(alert, connector, domains, by, reason, requested, due, true);
  }

  Fix dueAt(Instant instant) {
    return new Fix(alert, connector, domains, by, reason, requested, instant, done);
  }
}
