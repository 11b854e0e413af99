package io.github.mailflowlab.config;

/** What a connector demands of TLS (exchange-online-behaviour 6.1). */
public enum TlsSettings {
  /** TLS if it can be had, whatever the certificate; clear text otherwise. The parameter absent. */
  OPPORTUNISTIC("Opportunistic"),
  /** TLS, whatever the certificate. */
  ENCRYPTION_ONLY("EncryptionOnly"),
  /** TLS, and a certificate that chains to a trusted root. */
  CERTIFICATE_VALIDATION("CertificateValidation"),
  /** The same, and its name matches the connector's {@code TlsDomain}. */
  DOMAIN_VALIDATION("DomainValidation");

  private final String parameter;

  TlsSettings(String parameter) {
    this.parameter = parameter;
  }

  /** Exchange's spelling. */
  public String parameter() {
    return parameter;
  }

  /** Whether no mail may be sent in clear. */
  public boolean demandsTls() {
    return this != OPPORTUNISTIC;
  }

  /** Whether the certificate is looked at. */
  public boolean validatesCertificate() {
    return this == CERTIFICATE_VALIDATION || this == DOMAIN_VALIDATION;
  }
}
