package io.github.mailflowlab.report;

import io.github.mailflowlab.alerting.InvalidRecipientQuota;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.document.InvalidRecipientsDocument;
import io.github.mailflowlab.document.InvalidRecipientsDocument.Domain;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.SmtpReply;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * How much of the {@link InvalidRecipientQuota} is spent, per accepted domain; nothing is refused
 * beyond it. In memory, since the start of this run. Any thread; returns at once.
 */
public final class InvalidRecipients implements EventSink {
  private final Supplier<Organization> organization;
  private final InstantSource clock;
  private final Map<DomainName, Tally> refused = new ConcurrentHashMap<>();
  private final Map<DomainName, Tally> returned = new ConcurrentHashMap<>();

  /** One counter per hour. Under a lock, for a few instructions: everybody writes here. */
  private static final class Tally {
    private final TreeMap<Instant, Long> hours = new TreeMap<>();

    synchronized void count(Instant now) {
      hours.merge(now.truncatedTo(ChronoUnit.HOURS), 1L, Long::sum);
      forget(now);
    }

    synchronized long sum(Instant now) {
      forget(now);
      return hours.values().stream().mapToLong(Long::longValue).sum();
    }

    private void forget(Instant now) {
      hours.headMap(now.minus(InvalidRecipientQuota.WINDOW), true).clear();
    }
  }

  /**
   * Counts nothing yet.
   *
   * @param organization as it is now; recipients elsewhere are not counted
   */
  public InvalidRecipients(Supplier<Organization> organization, InstantSource clock) {
    this.organization = organization;
    this.clock = clock;
  }

  /** A recipient was refused with this reply. */
  public void refused(Mailbox recipient, SmtpReply reply) {
    if (reply.equals(Router.UNKNOWN_RECIPIENT)) {
      count(refused, recipient);
    }
  }

  /** The same submission, whose refusals are counted. */
  public Submission watched(Submission submission) {
    return (envelope, content) ->
        submission
            .submit(envelope, content)
            .thenApply(
                result -> {
                  result.rejected().forEach(this::refused);
                  return result;
                });
  }

  @Override
  public void on(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    if (InvalidRecipientQuota.isSpentBy(trace)) {
      trace.recipient().ifPresent(recipient -> count(returned, recipient));
    }
  }

  private void count(Map<DomainName, Tally> tallies, Mailbox recipient) {
    organization
        .get()
        .domain(recipient.domain())
        .map(AcceptedDomain::name)
        .ifPresent(
            name -> tallies.computeIfAbsent(name, any -> new Tally()).count(clock.instant()));
  }

  /** All accepted domains. */
  public InvalidRecipientsDocument list() {
    return new InvalidRecipientsDocument(
        InvalidRecipientQuota.WINDOW,
        organization.get().domains().stream().map(this::row).toList());
  }

  private Domain row(AcceptedDomain domain) {
    long atTheEdge = sum(refused, domain.name());
    long later = sum(returned, domain.name());
    long quota = InvalidRecipientQuota.COUNT;
    return new Domain(domain.name().toString(), atTheEdge, later, quota, atTheEdge + later > quota);
  }

  private long sum(Map<DomainName, Tally> tallies, DomainName domain) {
    Tally tally = tallies.get(domain);
    return tally == null ? 0 : tally.sum(clock.instant());
  }
}
