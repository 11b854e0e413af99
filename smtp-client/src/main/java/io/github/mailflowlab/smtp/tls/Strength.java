package io.github.mailflowlab.smtp.tls;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.util.Optional;

/**
 * Whether keys and signatures are strong enough for Exchange Online, which refuses SHA-1 where the
 * JDK accepts it from a private authority. What is weaker still, or no RSA, the JDK judges.
 */
final class Strength {
  /** What public authorities have had to demand since 2014. */
  private static final int MIN_RSA_BITS = 2048;

  private static final String PSS = "RSASSA-PSS";

  private Strength() {}

  /** What is weak about a key. */
  static Optional<String> weakKey(PublicKey key) {
    if (key instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
      int bits = rsa.getModulus().bitLength();
      return Optional.of("a key of RSA with " + bits + " bits (expected: " + MIN_RSA_BITS + ")");
    }
    return Optional.empty();
  }

  /** The algorithm, when it is too weak. */
  static Optional<String> weakSignature(X509Certificate certificate)
      throws GeneralSecurityException {
    String algorithm = certificate.getSigAlgName();
    String digest = algorithm.equals(PSS) ? digestOfPss(certificate) : algorithm;
    return digest.matches("(?i)(MD[245]|SHA-?1)(with.*)?")
        ? Optional.of(digest + " (expected: SHA-256 or better)")
        : Optional.empty();
  }

  private static String digestOfPss(X509Certificate certificate) throws GeneralSecurityException {
    byte[] encoded = certificate.getSigAlgParams();
    if (encoded == null) {
      return "SHA-1"; // RFC 4055 3.1: what absent parameters mean.
    }
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance(PSS);
      parameters.init(encoded);
      return parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
    } catch (IOException e) {
      throw new GeneralSecurityException("unreadable parameters of " + PSS, e);
    }
  }
}
