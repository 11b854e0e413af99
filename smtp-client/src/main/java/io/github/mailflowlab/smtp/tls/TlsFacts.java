package io.github.mailflowlab.smtp.tls;

import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * What is known once a handshake is done.
 *
 * @param summary version and cipher suite: {@code TLSv1.3 TLS_AES_256_GCM_SHA384}
 * @param chain as the peer presented it, the leaf first
 * @param staples what OCSP responders say of the chain, as the peer passed it on (RFC 6066 8)
 */
public record TlsFacts(String summary, List<X509Certificate> chain, List<byte[]> staples) {
  public TlsFacts {
    chain = List.copyOf(chain);
    staples = List.copyOf(staples);
  }

  public static TlsFacts of(SSLSession session) {
    return new TlsFacts(
        session.getProtocol() + " " + session.getCipherSuite(),
        presented(session),
        session instanceof ExtendedSSLSession extended ? extended.getStatusResponses() : List.of());
  }

  /** When the peer's own certificate stops being valid; empty when it has none. */
  public Optional<Instant> expires() {
    return chain.stream().findFirst().map(leaf -> leaf.getNotAfter().toInstant());
  }

  /** A line for each certificate; its names are the peer's words. */
  public List<String> describeChain() {
    return chain.stream().map(TlsFacts::describe).toList();
  }

  private static String describe(X509Certificate certificate) {
    return "TLS peer certificate: subject "
        + certificate.getSubjectX500Principal()
        + ", issuer "
        + certificate.getIssuerX500Principal()
        + ", valid "
        + certificate.getNotBefore().toInstant()
        + " to "
        + certificate.getNotAfter().toInstant();
  }

  private static List<X509Certificate> presented(SSLSession session) {
    List<X509Certificate> chain = new ArrayList<>();
    try {
      for (Certificate one : session.getPeerCertificates()) {
        if (one instanceof X509Certificate x509) {
          chain.add(x509);
        }
      }
    } catch (SSLPeerUnverifiedException e) {
      return List.of(); // An anonymous suite; the JDK offers none by default.
    }
    return chain;
  }
}
