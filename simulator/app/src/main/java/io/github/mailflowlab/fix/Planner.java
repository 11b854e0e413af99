package io.github.mailflowlab.fix;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.document.FixDocument;
import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.ReturnStatus;
import io.github.mailflowlab.tenant.Fix;
import io.github.mailflowlab.tenant.Tenant;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what Fix now would do about an alert, or why it does not apply. Changes nothing. */
record Planner(Tenant tenant, Backlog.View backlogs, Propagation propagation, InstantSource clock) {
  /** The plan as it stands: ordered, or to be ordered. */
  FixAnswer plan(Alert alert, Optional<Fix> fix) {
    if (fix.isPresent()) {
      return new FixAnswer.Plan(document(fix.get()));
    }
    return obstacle(alert)
        .<FixAnswer>map(FixAnswer.Refused::new)
        .orElseGet(
            () ->
                new FixAnswer.Plan(
                    document(
                        alert.id(),
                        "Available",
                        alert.connector(),
                        domains(alert.connector()),
                        Optional.empty())));
  }

  /** What is left after an order was taken back, also where it could not be given again. */
  FixAnswer undone(Alert alert) {
    return new FixAnswer.Plan(
        document(
            alert.id(),
            obstacle(alert).isEmpty() ? "Available" : "Undone",
            alert.connector(),
            domains(alert.connector()),
            Optional.empty()));
  }

  /** The accepted domains whose mail goes through this connector. */
  List<DomainName> domains(String connector) {
    Organization organization = tenant.organization();
    return organization.domains().stream()
        .map(AcceptedDomain::name)
        .filter(
            domain ->
                Router.select(organization, tenant.connectors(), domain)
                    .filter(chosen -> chosen.name().equals(connector))
                    .isPresent())
        .toList();
  }

  private Optional<String> obstacle(Alert alert) {
    String name = "Connector '" + alert.connector() + "'";
    Optional<Connector> connector = tenant.connector(alert.connector());
    if (!alert.ongoing()) {
      return Optional.of("Alert " + alert.id() + " is over: nothing is left to be fixed.");
    }
    if (alert.lastError().flatMap(LastError::condition).stream()
        .noneMatch(ConnectorStatus.CONNECTION_REFUSED::equals)) {
      return Optional.of(
          "Fix now is for mail to servers that are gone, "
              + ConnectorStatus.CONNECTION_REFUSED.deferredReply()
              + "; the last error of alert "
              + alert.id()
              + " is "
              + alert.lastError().map(LastError::plain).orElse("not known")
              + ".");
    }
    if (connector.isEmpty()) {
      return Optional.of(name + " is gone.");
    }
    if (connector.get().connectorType() != ConnectorType.ON_PREMISES) {
      return Optional.of(
          name + " leads to a partner, whose servers are not ours to give up: tell the partner.");
    }
    if (!connector.get().enabled()) {
      return Optional.of(name + " is disabled already.");
    }
    if (domains(alert.connector()).isEmpty()) {
      return Optional.of(
          name + " serves no accepted domain, so there is none to make Authoritative.");
    }
    return tenant.fixes().stream()
        .filter(fix -> fix.connector().equals(alert.connector()) && !fix.done())
        .findFirst()
        .map(fix -> name + " is being fixed already, for alert " + fix.alert() + ".");
  }

  private FixDocument document(Fix fix) {
    String state = fix.isPending(clock.instant()) ? "Pending" : fix.done() ? "Done" : "Rerouting";
    return document(fix.alert(), state, fix.connector(), fix.domains(), Optional.of(fix));
  }

  private FixDocument document(
      String alert, String state, String connector, List<DomainName> domains, Optional<Fix> fix) {
    return new FixDocument(
        alert,
        state,
        connector,
        domains.stream().map(DomainName::toString).toList(),
        steps(connector, domains, fix.map(Fix::due)),
        new FixDocument.Propagation(propagation.min(), propagation.max()),
        fix.map(Fix::requested),
        fix.map(Fix::by),
        fix.flatMap(Fix::reason),
        fix.map(Fix::due));
  }

  private List<String> steps(String connector, List<DomainName> domains, Optional<Instant> due) {
    List<String> steps = new ArrayList<>();
    steps.add("Connector '" + connector + "' is disabled.");
    for (DomainName domain : domains) {
      long mailboxes =
          tenant.organization().domain(domain).map(known -> known.mailboxes().size()).orElse(0);
      steps.add(
          "Accepted domain " + domain + " becomes Authoritative, mailboxes: " + mailboxes + ".");
    }
    steps.add(
        due.map(at -> "Both take effect at " + at + ".")
            .orElse(
                "Both take effect "
                    + propagation.min()
                    + " to "
                    + propagation.max()
                    + " after the order."));
    steps.add(
        "Then the mail that waits is routed again, now "
            + backlogs.backlog(connector, clock.instant(), 1).queued()
            + " messages: mailboxes get theirs, that for unknown recipients goes back with "
            + ReturnStatus.NO_SUCH_RECIPIENT.code()
            + ".");
    steps.add("New mail for unknown recipients is refused: " + Router.UNKNOWN_RECIPIENT + ".");
    tenant
        .connector(connector)
        .filter(one -> servesOthers(one, domains))
        .ifPresent(
            one ->
                steps.add(
                    "Mail for other domains of the connector stays queued until it expires, unless"
                        + " another connector serves them."));
    return steps;
  }

  private static boolean servesOthers(Connector connector, List<DomainName> domains) {
    return connector.recipientDomains().stream()
        .anyMatch(
            pattern ->
                domains.stream().map(DomainName::toString).noneMatch(pattern.toString()::equals));
  }
}
