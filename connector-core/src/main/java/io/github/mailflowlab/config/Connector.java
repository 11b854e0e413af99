package io.github.mailflowlab.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * An outbound connector (exchange-online-behaviour 4.1). Made by {@link ConnectorDraft#check()},
 * which knows what may be combined; this record only refuses what could not work at all.
 *
 * @param name unique, 1 to 64 characters
 * @param connectorType whose servers these are
 * @param enabled whether routing considers it
 * @param recipientDomains for which recipients; at least one
 * @param smartHosts used round robin; empty when routed by the recipient domain's MX records
 * @param tlsSettings what is demanded of TLS
 * @param tlsDomain the name a certificate must match; present exactly with DomainValidation
 * @param trust a PEM file of roots trusted beside the JDK's
 * @param comment the administrator's own note, possibly empty
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
    String comment) {
  /** The longest name of a connector. */
  public static final int MAX_NAME = 64;

  public Connector {
    recipientDomains = List.copyOf(recipientDomains);
    smartHosts = List.copyOf(smartHosts);
    if (tlsDomain.isPresent() != (tlsSettings == TlsSettings.DOMAIN_VALIDATION)) {
      throw new IllegalArgumentException("tlsDomain: " + tlsDomain + " with " + tlsSettings);
    }
  }

  /** Whether the recipient domain's MX records lead the way. */
  public boolean useMxRecord() {
    return smartHosts.isEmpty();
  }

  /** The smart hosts as configured, joined by commas; empty when MX-routed. */
  public String destinationServer() {
    return String.join(",", smartHosts.stream().map(SmartHost::toString).toList());
  }
}
