package io.github.mailflowlab.lab.pki;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;

/**
 * A root that the lab's users trust, the intermediate below it, a private authority that nobody
 * trusts, and the certificates they issue. Dates are relative to the given clock at the time of
 * issue. All leaves share one key: only the defect differs. Immutable; any thread may call it.
 */
public final class LabPki {
  private final InstantSource clock;
  private final Authority root = Authority.of("Lab Root");
  private final Authority intermediate = Authority.of("Lab Intermediate");
  private final Authority stranger = Authority.of("Private Root");
  private final KeyPair serverKeys = Authority.newKeys();
  private final X509Certificate rootCertificate;
  private final X509Certificate intermediateCertificate;

  public LabPki(InstantSource clock) {
    this.clock = clock;
    Validity validity = Validity.ofAuthority(clock.instant());
    rootCertificate = root.issueAuthority(root, validity);
    intermediateCertificate = root.issueAuthority(intermediate, validity);
  }

  /** The root to trust. */
  public X509Certificate root() {
    return rootCertificate;
  }

  /** A new chain for the host with that defect. */
  public PresentedChain issue(String hostName, CertificateDefect defect) {
    Instant now = clock.instant();
    Validity validity = Validity.around(now);
    return switch (defect) {
      case NONE -> chain(leaf(hostName, validity), intermediateCertificate);
      case EXPIRED -> chain(leaf(hostName, Validity.endedBefore(now)), intermediateCertificate);
      case NOT_YET_VALID ->
          chain(leaf(hostName, Validity.beginningAfter(now)), intermediateCertificate);
      case OTHER_NAME -> chain(leaf("server1.corp.example", validity), intermediateCertificate);
      case SELF_SIGNED -> chain(selfSigned(hostName, validity));
      case UNTRUSTED_ROOT ->
          chain(
              leaf(stranger, hostName, validity),
              stranger.issueAuthority(stranger, Validity.ofAuthority(now)));
      case INTERMEDIATE_EXPIRED ->
          chain(
              leaf(hostName, validity),
              root.issueAuthority(intermediate, Validity.endedBefore(now)));
      case MISSING_INTERMEDIATE -> chain(leaf(hostName, validity));
      case WILDCARD ->
          chain(
              leaf("*" + hostName.substring(hostName.indexOf('.')), validity),
              intermediateCertificate);
      case CN_ONLY ->
          chain(
              intermediate.issueServer(
                  named(hostName), Optional.empty(), serverKeys.getPublic(), validity),
              intermediateCertificate);
    };
  }

  private X509Certificate leaf(String name, Validity validity) {
    return leaf(intermediate, name, validity);
  }

  private X509Certificate leaf(Authority issuer, String name, Validity validity) {
    return issuer.issueServer(named(name), Optional.of(name), serverKeys.getPublic(), validity);
  }

  private X509Certificate selfSigned(String name, Validity validity) {
    return leaf(new Authority(named(name), serverKeys), name, validity);
  }

  private PresentedChain chain(X509Certificate... certificates) {
    return new PresentedChain(serverKeys.getPrivate(), List.of(certificates));
  }

  private static X500Name named(String commonName) {
    return new X500Name("CN=" + commonName);
  }
}
