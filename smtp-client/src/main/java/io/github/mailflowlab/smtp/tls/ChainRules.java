package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.smtp.wire.Printable;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules that a chain up to a trusted root must keep: strength, purpose, and what PKIX demands
 * (RFC 5280 6.1). Only chains that a trusted root has signed come here, so their authors are no
 * strangers.
 */
final class ChainRules {
  private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";
  private static final int MAX_REASON = 200;

  private ChainRules() {}

  static Optional<Defect> broken(PeerChain chain, Instant now) {
    try {
      Optional<Defect> defect = weak(chain);
      if (defect.isPresent()) {
        return defect;
      }
      if (!isForServers(chain.leaf())) {
        return Defect.of(
            CertificateProblem.WRONG_PURPOSE, "It is not for servers, by its extended key usage.");
      }
      return byPkix(chain, now);
    } catch (GeneralSecurityException e) {
      return Defect.of(CertificateProblem.INVALID, reason(e));
    }
  }

  private static Optional<Defect> weak(PeerChain chain) throws GeneralSecurityException {
    for (X509Certificate one : chain.path()) {
      Optional<String> key = Strength.weakKey(one.getPublicKey());
      if (key.isPresent()) {
        return Defect.of(CertificateProblem.WEAK_KEY, chain.which(one) + " has " + key.get() + ".");
      }
    }
    // A trusted root is not trusted because of its signature.
    for (X509Certificate one : chain.belowRoot()) {
      Optional<String> signature = Strength.weakSignature(one);
      if (signature.isPresent()) {
        return Defect.of(
            CertificateProblem.WEAK_SIGNATURE,
            chain.which(one) + " is signed with " + signature.get() + ".");
      }
    }
    return Optional.empty();
  }

  private static boolean isForServers(X509Certificate leaf) throws CertificateParsingException {
    List<String> purposes = leaf.getExtendedKeyUsage();
    return purposes == null || purposes.contains(SERVER_PURPOSE) || purposes.contains(ANY_PURPOSE);
  }

  private static Optional<Defect> byPkix(PeerChain chain, Instant now)
      throws GeneralSecurityException {
    List<X509Certificate> belowRoot = chain.belowRoot();
    if (belowRoot.isEmpty()) {
      return Optional.empty(); // A leaf trusted by itself: there is no path to validate.
    }
    CertPath path = CertificateFactory.getInstance("X.509").generateCertPath(belowRoot);
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(chain.top(), null)));
    parameters.setRevocationEnabled(false);
    parameters.setDate(Date.from(now));
    try {
      CertPathValidator.getInstance("PKIX").validate(path, parameters);
      return Optional.empty();
    } catch (CertPathValidatorException e) {
      return Optional.of(defect(chain, e));
    }
  }

  private static Defect defect(PeerChain chain, CertPathValidatorException e) {
    String which = e.getIndex() < 0 ? "The chain" : chain.which(chain.path().get(e.getIndex()));
    if (e.getReason() == PKIXReason.NOT_CA_CERT) {
      return new Defect(
          CertificateProblem.NOT_AUTHORITY, which + " is no authority's, but issued another.");
    }
    if (e.getReason() == PKIXReason.INVALID_NAME) {
      return new Defect(
          CertificateProblem.NAME_CONSTRAINT,
          which
              + " is for names that its authority may not certify: "
              + CertificateText.names(CertificateNames.presented(chain.leaf()))
              + ".");
    }
    return new Defect(CertificateProblem.INVALID, which + " is not valid: " + reason(e));
  }

  private static String reason(GeneralSecurityException e) {
    return Printable.of(String.valueOf(e.getMessage()), MAX_REASON) + ".";
  }
}
