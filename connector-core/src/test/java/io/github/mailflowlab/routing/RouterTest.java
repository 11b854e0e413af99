package io.github.mailflowlab.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RouterTest {
  private static final Organization CONTOSO =
      new Organization(
          List.of(
              domain("contoso.example", AcceptedDomain.Type.INTERNAL_RELAY, "alice"),
              domain("cloud.example", AcceptedDomain.Type.AUTHORITATIVE, "bob")),
          List.of(Mailbox.of("admin@elsewhere.example")));

  private static final List<Connector> CONNECTORS =
      List.of(
          connector("all", true, "*"),
          connector("wildcard", true, "*.contoso.example"),
          connector("longer wildcard", true, "*.corp.contoso.example"),
          connector("exact", true, "contoso.example", "hr.corp.contoso.example"),
          connector("disabled", false, "off.example"),
          connector("twin b", true, "twin.example"),
          connector("twin a", true, "twin.example"));

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "contoso.example, exact",
    "hr.corp.contoso.example, exact",
    "it.corp.contoso.example, longer wildcard",
    "corp.contoso.example, wildcard",
    "xcorp.contoso.example, wildcard",
    "xcontoso.example, all",
    "off.example, all",
    "twin.example, twin a",
  })
  void theMostSpecificEnabledConnectorWins(String domain, String connector) {
    assertThat(Router.select(CONTOSO, CONNECTORS, DomainName.of(domain)))
        .map(Connector::name)
        .contains(connector);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "contoso.example, exact",
    "sales.contoso.example, wildcard",
    "cloud.example, accepted",
    "fabrikam.example, all",
  })
  void allAcceptedDomainsComeBeforeTheRestOfTheWorld(String domain, String connector) {
    Organization organization =
        new Organization(
            List.of(
                domain("contoso.example", AcceptedDomain.Type.INTERNAL_RELAY, "alice"),
                domain("sales.contoso.example", AcceptedDomain.Type.INTERNAL_RELAY, "alice"),
                domain("cloud.example", AcceptedDomain.Type.INTERNAL_RELAY, "bob")),
            List.of());
    List<Connector> connectors =
        List.of(
            connector("all", true, "*"),
            scoped("accepted", ConnectorParameter.ALL_ACCEPTED_DOMAINS),
            connector("wildcard", true, "*.contoso.example"),
            connector("exact", true, "contoso.example"));

    assertThat(Router.select(organization, connectors, DomainName.of(domain)))
        .map(Connector::name)
        .contains(connector);
  }

  @Test
  void aConnectorForRulesIsNeverTakenByItself() {
    List<Connector> connectors =
        List.of(scoped("for rules", ConnectorParameter.IS_TRANSPORT_RULE_SCOPED, "x.example"));

    assertThat(Router.select(CONTOSO, connectors, DomainName.of("x.example"))).isEmpty();
    assertThat(Router.isFor(CONTOSO, connectors.get(0), DomainName.of("y.example"))).isTrue();
  }

  @ParameterizedTest(name = "{0} for {1}: {2}")
  @CsvSource({
    "disabled, off.example, true",
    "disabled, on.example, false",
    "wildcard, it.contoso.example, true",
    "wildcard, contoso.example, false",
    "all, it.contoso.example, true",
  })
  void aConnectorIsForItsDomainsAlsoWhileItIsDisabled(String name, String domain, boolean is) {
    Connector connector =
        CONNECTORS.stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();

    assertThat(Router.isFor(CONTOSO, connector, DomainName.of(domain))).isEqualTo(is);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "alice@contoso.example",
        "ALICE@contoso.example",
        "bob@cloud.example",
        "admin@elsewhere.example",
        "postmaster@contoso.example",
        "Postmaster@Contoso.example"
      })
  void mailForMailboxesOfTheLabStays(String recipient) {
    assertThat(route(recipient)).isEqualTo(new Route.ToMailbox());
  }

  @ParameterizedTest
  @ValueSource(strings = {"carol@cloud.example", "alice@cloud.example", "postmaster@cloud.example"})
  void unknownRecipientsOfAnAuthoritativeDomainAreRefused(String recipient) {
    assertThat(route(recipient)).isEqualTo(new Route.Refused(Router.UNKNOWN_RECIPIENT));
    assertThat(Router.UNKNOWN_RECIPIENT)
        .hasToString("550 5.4.1 Recipient address rejected: Access denied");
  }

  @Test
  void unknownRecipientsOfARelayedDomainGoThroughItsConnector() {
    assertThat(route("carol@contoso.example"))
        .isEqualTo(new Route.ViaConnector(new NextHop("exact", Optional.empty())));
  }

  @Test
  void withoutAConnectorNothingLeaves() {
    assertThat(Router.route(CONTOSO, List.of(), Mailbox.of("a@fabrikam.example")))
        .isEqualTo(new Route.Refused(Router.NO_CONNECTOR));
    assertThat(Router.NO_CONNECTOR).hasToString("550 5.4.4 No connector for this domain");
  }

  @Test
  void byMxEachDomainIsANextHopOfItsOwn() {
    Connector mx =
        new ConnectorDraft("mx", null, null, List.of("*"), true, null, null, null, null, null)
            .check()
            .value();
    NextHop nextHop = new NextHop("mx", Optional.of(DomainName.of("fabrikam.example")));

    assertThat(Router.route(CONTOSO, List.of(mx), Mailbox.of("a@fabrikam.example")))
        .isEqualTo(new Route.ViaConnector(nextHop));
    assertThat(nextHop.deliveryType()).isEqualTo("DnsConnectorDelivery");
    assertThat(new NextHop("mx", Optional.empty()).deliveryType())
        .isEqualTo("SmartHostConnectorDelivery");
  }

  private static Route route(String recipient) {
    return Router.route(CONTOSO, CONNECTORS, Mailbox.of(recipient));
  }

  private static AcceptedDomain domain(String name, AcceptedDomain.Type type, String mailbox) {
    DomainName domain = DomainName.of(name);
    return new AcceptedDomain(domain, type, Set.of(new Mailbox(mailbox, domain)));
  }

  private static Connector connector(String name, boolean enabled, String... domains) {
    return new ConnectorDraft(
            name, null, enabled, List.of(domains), null, List.of("mail"), null, null, null, null)
        .check()
        .value();
  }

  private static Connector scoped(String name, ConnectorParameter flag, String... domains) {
    return new ConnectorDraft(
            Map.of(
                ConnectorParameter.NAME,
                name,
                ConnectorParameter.CONNECTOR_TYPE,
                "OnPremises",
                ConnectorParameter.RECIPIENT_DOMAINS,
                List.of(domains),
                flag,
                true))
        .check()
        .value();
  }
}
