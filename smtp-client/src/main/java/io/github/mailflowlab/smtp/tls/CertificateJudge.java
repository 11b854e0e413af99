package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.smtp.wire.Printable;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own verdict on a peer's certificate, at the lab's time. The first defect found is the one
 * reported, in this order: signed by itself, out of its dates (leaf first, trusted root last),
 * untrusted root or missing intermediate, whatever else PKIX objects to, and with DomainValidation
 * the name. Revocation is not looked at yet.
 *
 * <p>Reads files: all threads, but no event loop.
 */
public final class CertificateJudge {
  private static final Logger log = LoggerFactory.getLogger(CertificateJudge.class);
  private static final int MAX_SUBJECT = 200;
  private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
  private static final String ANY_PURPOSE = "2.5.29.37.0";

  private final TrustRoots trust;
  private final InstantSource clock;

  public CertificateJudge(TrustRoots trust, InstantSource clock) {
    this.trust = trust;
    this.clock = clock;
  }

  /**
   * What is wrong with this chain under the connector's settings; empty when it is acceptable.
   *
   * @param presented as the peer sent it, the leaf first
   * @param serverName whom we wanted, for the text
   * @return a {@link Failure.CertificateRejected}, or {@link Failure.OwnExhaustion} when the
   *     connector's trust file cannot be used
   */
  public Optional<Failure> judge(
      List<X509Certificate> presented, Connector connector, String serverName) {
    if (!connector.tlsSettings().validatesCertificate()) {
      return Optional.empty();
    }
    if (presented.isEmpty()) {
      CertificateProblem none = CertificateProblem.INVALID;
      return Optional.of(new Failure.CertificateRejected(none, none.word() + " None presented."));
    }
    String expected = connector.tlsDomain().map(DomainPattern::toString).orElse(serverName);
    try {
      return defect(presented, connector)
          .map(defect -> defect.rejection(presented.get(0), expected));
    } catch (RuntimeException e) {
      // A peer's certificate can break its reader in more ways than the JDK declares.
      log.warn("certificate of {} not readable", serverName, e);
      CertificateProblem unreadable = CertificateProblem.INVALID;
      return Optional.of(
          new Failure.CertificateRejected(unreadable, unreadable.word() + " Not readable."));
    } catch (IOException e) {
      String why = Printable.of(String.valueOf(e.getMessage()), 300);
      return Optional.of(new Failure.OwnExhaustion(Stage.CERTIFICATE, why));
    }
  }

  private Optional<Defect> defect(List<X509Certificate> presented, Connector connector)
      throws IOException {
    PeerChain chain = PeerChain.follow(presented, trust.roots(connector.trust()));
    if (chain.end() == PeerChain.End.SELF_SIGNED_LEAF) {
      return Defect.of(CertificateProblem.SELF_SIGNED, "");
    }
    Instant now = clock.instant();
    return outOfDates(chain, now)
        .or(() -> untrusted(chain))
        .or(() -> invalid(chain, now))
        .or(() -> misnamed(presented.get(0), connector.tlsDomain()));
  }

  private static Optional<Defect> outOfDates(PeerChain chain, Instant now) {
    for (X509Certificate one : chain.path()) {
      Instant from = one.getNotBefore().toInstant();
      Instant to = one.getNotAfter().toInstant();
      if (now.isAfter(to)) {
        return Defect.of(
            CertificateProblem.EXPIRED, subject(one) + " was not valid after " + to + ".");
      }
      if (now.isBefore(from)) {
        return Defect.of(
            CertificateProblem.NOT_YET_VALID, subject(one) + " is not valid before " + from + ".");
      }
    }
    return Optional.empty();
  }

  private static Optional<Defect> untrusted(PeerChain chain) {
    X509Certificate top = chain.path().get(chain.path().size() - 1);
    return switch (chain.end()) {
      case TRUSTED -> Optional.empty();
      case SELF_SIGNED_LEAF -> Defect.of(CertificateProblem.SELF_SIGNED, "");
      case UNTRUSTED_ROOT ->
          Defect.of(CertificateProblem.UNTRUSTED_ROOT, subject(top) + " is not trusted.");
      case ISSUER_MISSING ->
          Defect.of(
              CertificateProblem.MISSING_INTERMEDIATE,
              "The issuer "
                  + Printable.of(top.getIssuerX500Principal().toString(), MAX_SUBJECT)
                  + " is neither presented nor trusted.");
    };
  }

  /** What PKIX says about the way we found: signatures, algorithms, constraints, purposes. */
  private static Optional<Defect> invalid(PeerChain chain, Instant now) {
    List<X509Certificate> path = chain.path();
    X509Certificate root = path.get(path.size() - 1);
    try {
      if (!isForServers(path.get(0))) {
        return Defect.of(CertificateProblem.INVALID, "It is not for servers.");
      }
      List<X509Certificate> belowRoot = path.subList(0, Math.max(1, path.size() - 1));
      if (belowRoot.get(0).equals(root)) {
        return Optional.empty(); // A leaf trusted by itself: there is no path to validate.
      }
      CertPath certPath = CertificateFactory.getInstance("X.509").generateCertPath(belowRoot);
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(now));
      CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      return Defect.of(
          CertificateProblem.INVALID, Printable.of(String.valueOf(e.getMessage()), 200) + ".");
    }
  }

  private static boolean isForServers(X509Certificate leaf) throws CertificateParsingException {
    List<String> purposes = leaf.getExtendedKeyUsage();
    return purposes == null || purposes.contains(SERVER_PURPOSE) || purposes.contains(ANY_PURPOSE);
  }

  private static Optional<Defect> misnamed(X509Certificate leaf, Optional<DomainPattern> expected) {
    return expected.filter(name -> !CertificateNames.match(leaf, name)).isPresent()
        ? Defect.of(
            CertificateProblem.NAME_MISMATCH,
            "Presented names: "
                + Printable.of(String.join(", ", CertificateNames.presented(leaf)), MAX_SUBJECT)
                + ".")
        : Optional.empty();
  }

  private static String subject(X509Certificate certificate) {
    return Printable.of(certificate.getSubjectX500Principal().toString(), MAX_SUBJECT);
  }

  /** A defect, before it is told in Exchange's form. */
  private record Defect(CertificateProblem problem, String more) {
    static Optional<Defect> of(CertificateProblem problem, String more) {
      return Optional.of(new Defect(problem, more));
    }

    Failure rejection(X509Certificate leaf, String expected) {
      String detail =
          problem.word()
              + " Expected Subject: "
              + expected
              + ". Presented Subject: "
              + subject(leaf)
              + ". Thumbprint: "
              + thumbprint(leaf)
              + "."
              + (more.isEmpty() ? "" : " " + more);
      return new Failure.CertificateRejected(problem, detail);
    }

    private static String thumbprint(X509Certificate certificate) {
      try {
        byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return HexFormat.of().withUpperCase().formatHex(digest);
      } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
