package io.github.mailflowlab.lab.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows in the handshake.
 *
 * @param key of the first certificate
 * @param certificates the leaf first
 */
public record PresentedChain(PrivateKey key, List<X509Certificate> certificates) {
  public PresentedChain {
    certificates = List.copyOf(certificates);
  }

  /** {@code EC} or {@code RSA}, as a key manager is asked for it. */
  String keyType() {
    return key.getAlgorithm();
  }

  X509Certificate[] toArray() {
    return certificates.toArray(X509Certificate[]::new);
  }
}
