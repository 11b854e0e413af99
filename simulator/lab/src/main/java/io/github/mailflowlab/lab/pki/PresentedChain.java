package io.github.mailflowlab.lab.pki;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * What a server shows in the handshake.
 *
 * @param key of the first certificate, an EC key
 * @param certificates the leaf first
 */
public record PresentedChain(PrivateKey key, List<X509Certificate> certificates) {
  public PresentedChain {
    certificates = List.copyOf(certificates);
  }

  X509Certificate[] toArray() {
    return certificates.toArray(X509Certificate[]::new);
  }
}
