package io.github.mailflowlab.config;

import io.github.mailflowlab.mail.Mailbox;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An outbound connector (exchange-online-behaviour 4.1). Made by {@link ConnectorDraft#check()},
 * which knows what may be combined; this record only refuses what could not work at all.
 *
 * @param name unique, 1 to 64 characters
 * @param connectorType whose servers these are
 * @param enabled whether routing considers it
 * @param recipientDomains for which recipients; empty only where something else says so
 * @param smartHosts used round robin; empty when routed by the recipient domain's MX records
 * @param tlsSettings what is demanded of TLS
 * @param tlsDomain the name a certificate must match; present exactly with DomainValidation
 * @param trust a PEM file of roots trusted beside the JDK's
 * @param comment the administrator's own note, possibly empty
 * @param further the other parameters that were given, checked: {@link FurtherParameters}
 */
public record Connector(
    String name,
    ConnectorType connectorType,
    boolean enabled,
    List<DomainPattern> recipientDomains,
    List<SmartHost> smartHosts,
    TlsSettings tlsSettings,
    Optional<DomainPattern> tlsDomain,
    Optional<Path> trust,
    String comment,
    Map<ConnectorParameter, Object> further) {
  /** The longest name of a connector. */
  public static final int MAX_NAME = 64;

  public Connector {
    recipientDomains = List.copyOf(recipientDomains);
    smartHosts = List.copyOf(smartHosts);
    further = Map.copyOf(further);
    if (tlsDomain.isPresent() != (tlsSettings == TlsSettings.DOMAIN_VALIDATION)) {
      throw new IllegalArgumentException("tlsDomain: " + tlsDomain + " with " + tlsSettings);
    }
  }

  /** A connector of which nothing more was said. */
  public Connector(
      String name,
      ConnectorType connectorType,
      boolean enabled,
      List<DomainPattern> recipientDomains,
      List<SmartHost> smartHosts,
      TlsSettings tlsSettings,
      Optional<DomainPattern> tlsDomain,
      Optional<Path> trust,
      String comment) {
    this(
        name,
        connectorType,
        enabled,
        recipientDomains,
        smartHosts,
        tlsSettings,
        tlsDomain,
        trust,
        comment,
        Map.of());
  }

  /** Whether the recipient domain's MX records lead the way. */
  public boolean useMxRecord() {
    return smartHosts.isEmpty();
  }

  /** Whether it is for the organisation's own accepted domains, too. */
  public boolean allAcceptedDomains() {
    return isOn(ConnectorParameter.ALL_ACCEPTED_DOMAINS);
  }

  /** Whether only a mail flow rule sends mail through it. */
  public boolean transportRuleScoped() {
    return isOn(ConnectorParameter.IS_TRANSPORT_RULE_SCOPED);
  }

  /** Who got the mail of the last validation. */
  public List<Mailbox> validationRecipients() {
    return further.get(ConnectorParameter.VALIDATION_RECIPIENTS) instanceof List<?> addresses
        ? addresses.stream().map(address -> Mailbox.of((String) address)).toList()
        : List.of();
  }

  /** The smart hosts as configured, joined by commas; empty when MX-routed. */
  public String destinationServer() {
    return String.join(",", smartHosts.stream().map(SmartHost::toString).toList());
  }

  private boolean isOn(ConnectorParameter flag) {
    return Boolean.TRUE.equals(further.get(flag));
  }
}
