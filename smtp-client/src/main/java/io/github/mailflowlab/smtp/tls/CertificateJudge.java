package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.smtp.wire.Printable;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Our own verdict on a peer's certificate, at the lab's time. The first defect found is the one
 * reported, in this order: signed by itself, out of its dates (leaf first, trusted root last),
 * untrusted root or missing intermediate, weak keys and signatures, not for servers, whatever else
 * PKIX objects to, with DomainValidation the name, and last whether it is revoked.
 *
 * <p>Reads files and asks others: all threads, but no event loop.
 */
public final class CertificateJudge {
  private static final Logger log = LoggerFactory.getLogger(CertificateJudge.class);

  private final TrustRoots trust;
  private final RevocationCheck revocation;
  private final InstantSource clock;

  public CertificateJudge(TrustRoots trust, RevocationCheck revocation, InstantSource clock) {
    this.trust = trust;
    this.revocation = revocation;
    this.clock = clock;
  }

  /**
   * What is wrong with this chain under the connector's settings; empty when it is acceptable.
   *
   * @param facts of the handshake, with the chain
   * @param serverName whom we wanted, for the text
   * @return a {@link Failure.CertificateRejected}, or {@link Failure.OwnExhaustion} when the
   *     connector's trust file cannot be used
   */
  public Optional<Failure> judge(TlsFacts facts, Connector connector, String serverName) {
    List<X509Certificate> presented = facts.chain();
    if (!connector.tlsSettings().validatesCertificate()) {
      return Optional.empty();
    }
    if (presented.isEmpty()) {
      CertificateProblem none = CertificateProblem.INVALID;
      return Optional.of(new Failure.CertificateRejected(none, none.word() + " None presented."));
    }
    String expected = connector.tlsDomain().map(DomainPattern::toString).orElse(serverName);
    try {
      return defect(facts, connector).map(defect -> defect.rejection(presented.get(0), expected));
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

  private Optional<Defect> defect(TlsFacts facts, Connector connector) throws IOException {
    Instant now = clock.instant();
    PeerChain chain = PeerChain.follow(facts.chain(), trust.roots(connector.trust()), now);
    if (chain.end() == PeerChain.End.SELF_SIGNED_LEAF) {
      return untrusted(chain);
    }
    return outOfDates(chain, now)
        .or(() -> untrusted(chain))
        .or(() -> ChainRules.broken(chain, now))
        .or(() -> misnamed(chain.leaf(), connector.tlsDomain()))
        .or(() -> revocation.defect(chain, facts.staples(), now));
  }

  private static Optional<Defect> outOfDates(PeerChain chain, Instant now) {
    for (X509Certificate one : chain.path()) {
      Instant from = one.getNotBefore().toInstant();
      Instant to = one.getNotAfter().toInstant();
      if (now.isAfter(to)) {
        return Defect.of(
            CertificateProblem.EXPIRED,
            chain.which(one)
                + " was not valid after "
                + to
                + "; our clock shows "
                + now.truncatedTo(ChronoUnit.SECONDS)
                + ".");
      }
      if (now.isBefore(from)) {
        return Defect.of(
            CertificateProblem.NOT_YET_VALID,
            chain.which(one)
                + " is not valid before "
                + from
                + "; our clock shows "
                + now.truncatedTo(ChronoUnit.SECONDS)
                + ".");
      }
    }
    return Optional.empty();
  }

  private static Optional<Defect> untrusted(PeerChain chain) {
    return switch (chain.end()) {
      case TRUSTED -> Optional.empty();
      case SELF_SIGNED_LEAF ->
          Defect.of(CertificateProblem.SELF_SIGNED, "It is signed by itself and not trusted.");
      case UNTRUSTED_ROOT ->
          Defect.of(
              CertificateProblem.UNTRUSTED_ROOT, chain.which(chain.top()) + " is not trusted.");
      case ISSUER_MISSING ->
          Defect.of(
              CertificateProblem.MISSING_INTERMEDIATE,
              "The issuer "
                  + CertificateText.name(chain.top().getIssuerX500Principal())
                  + " is neither presented nor trusted.");
    };
  }

  private static Optional<Defect> misnamed(X509Certificate leaf, Optional<DomainPattern> expected) {
    return expected.filter(name -> !CertificateNames.match(leaf, name)).isPresent()
        ? Defect.of(
            CertificateProblem.NAME_MISMATCH,
            "Presented names: " + CertificateText.names(CertificateNames.presented(leaf)) + ".")
        : Optional.empty();
  }
}
