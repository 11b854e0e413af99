package io.github.mailflowlab.lab.smtp;

import java.util.List;

/**
 * How a host does its handshake.
 *
 * @param protocols the versions it knows, as the JDK names them
 * @param demandsClientCertificate whether it takes nobody who cannot show one
 * @param surplusCertificates how often the last certificate of its chain is repeated
 */
public record TlsManner(
    List<String> protocols, boolean demandsClientCertificate, int surplusCertificates) {
  /** TLS 1.2 and 1.3, for everybody. */
  static final TlsManner HEALTHY = new TlsManner(List.of("TLSv1.3", "TLSv1.2"), false, 0);

  public TlsManner {
    protocols = List.copyOf(protocols);
  }
}
