package io.github.mailflowlab.routing;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Decides where mail goes (exchange-online-behaviour 4.2 and 4.5). Pure: the same organisation,
 * connectors and recipient give the same route.
 */
public final class Router {
  /** RFC-style reply for a recipient that no connector serves. */
  public static final SmtpReply NO_CONNECTOR =
      SmtpReply.of(550, "5.4.4 No connector for this domain");

  /** What Exchange's edge says of an unknown recipient of an Authoritative domain. */
  public static final SmtpReply UNKNOWN_RECIPIENT =
      SmtpReply.of(550, "5.4.1 Recipient address rejected: Access denied");

  private static final int NOT_MEANT = 0;
  private static final int ALL = 1;
  private static final int ACCEPTED = 2;

  private Router() {}

  /** The route of one recipient. */
  public static Route route(
      Organization organization, List<Connector> connectors, Mailbox recipient) {
    if (organization.hasMailbox(recipient)) {
      return new Route.ToMailbox();
    }
    boolean everybodyIsKnown =
        organization
            .domain(recipient.domain())
            .map(domain -> domain.type() == AcceptedDomain.Type.AUTHORITATIVE)
            .orElse(false);
    if (everybodyIsKnown) {
      return new Route.Refused(UNKNOWN_RECIPIENT);
    }
    return select(organization, connectors, recipient.domain())
        .<Route>map(connector -> viaConnector(connector, recipient.domain()))
        .orElseGet(() -> new Route.Refused(NO_CONNECTOR));
  }

  /**
   * The enabled connector that is for this domain most specifically: by name, by a wildcard, as one
   * of all accepted domains, by {@code *}; among equals the first by name. Never one that a mail
   * flow rule would have to name: there are none.
   */
  public static Optional<Connector> select(
      Organization organization, List<Connector> connectors, DomainName domain) {
    boolean accepted = organization.domain(domain).isPresent();
    return connectors.stream()
        .filter(connector -> connector.enabled() && !connector.transportRuleScoped())
        .filter(connector -> specificity(connector, domain, accepted) > 0)
        .min(
            Comparator.<Connector>comparingInt(
                    connector -> -specificity(connector, domain, accepted))
                .thenComparing(Connector::name));
  }

  /** Whether mail for this domain may go through the connector, enabled or not. */
  public static boolean isFor(Organization organization, Connector connector, DomainName domain) {
    return connector.transportRuleScoped()
        || specificity(connector, domain, organization.domain(domain).isPresent()) > 0;
  }

  private static int specificity(Connector connector, DomainName domain, boolean accepted) {
    int asAccepted = accepted && connector.allAcceptedDomains() ? ACCEPTED : NOT_MEANT;
    return connector.recipientDomains().stream()
        .filter(pattern -> pattern.matches(domain))
        .mapToInt(pattern -> pattern.domain().isPresent() ? ACCEPTED + pattern.specificity() : ALL)
        .reduce(asAccepted, Math::max);
  }

  private static Route viaConnector(Connector connector, DomainName domain) {
    return new Route.ViaConnector(
        new NextHop(
            connector.name(), connector.useMxRecord() ? Optional.of(domain) : Optional.empty()));
  }
}
