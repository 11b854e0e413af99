package io.github.mailflowlab.lab.pki;

import io.github.mailflowlab.lab.pki.RevocationSite.State;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;

/**
 * The roots that the lab's users trust, an intermediate below the good one, a private authority
 * that nobody trusts, and the certificates they issue. Dates are relative to the given clock at the
 * time of issue. Leaves share their keys: only the defect differs. Owns a thread and a port, on
 * which it tells of revoked certificates. Any thread may call it.
 */
final class Hierarchy implements AutoCloseable {
  private static final String OTHER_NAME = "server1.corp.example";

  private final InstantSource clock;
  private final Keys keys = new Keys();
  private final Authority root = Authority.of("Lab Root");
  private final Authority intermediate = Authority.of("Lab Intermediate");
  private final Authority oldRoot = Authority.of("Lab Old Root");
  private final Authority stranger = Authority.of("Private Root");
  private final RevocationSite site;
  private final X509Certificate rootCertificate;
  private final X509Certificate oldRootCertificate;
  private final X509Certificate intermediateCertificate;

  /**
   * Makes the authorities, and opens a port for what they say of revoked certificates.
   *
   * @throws java.io.UncheckedIOException when no port can be had
   */
  Hierarchy(InstantSource clock) {
    this.clock = clock;
    this.site = RevocationSite.open(intermediate, stranger, clock);
    Instant now = clock.instant();
    Validity validity = Validity.ofAuthority(now);
    rootCertificate = root.issueAuthority(root, validity);
    oldRootCertificate = oldRoot.issueAuthority(oldRoot, Validity.endedBefore(now));
    intermediateCertificate = root.issueAuthority(intermediate, validity);
  }

  /** The roots to trust, the good one first; the other one is out of date. */
  List<X509Certificate> roots() {
    return List.of(rootCertificate, oldRootCertificate);
  }

  /** A new chain for the host with that defect. */
  PresentedChain issue(String hostName, CertificateDefect defect) {
    Instant now = clock.instant();
    Validity validity = Validity.around(now);
    Leaf good = Leaf.of(hostName, keys.p256(), validity);
    return switch (defect) {
      case NONE -> usual(good);
      case EXPIRED -> usual(good.valid(Validity.endedBefore(now)));
      case NOT_YET_VALID -> usual(good.valid(Validity.beginningAfter(now)));
      case OF_TOMORROW -> usual(good.valid(Validity.ofTomorrow(now)));
      case INTERMEDIATE_EXPIRED -> below(intermediate(Validity.endedBefore(now)), good);
      case ROOT_EXPIRED -> chain(oldRoot, good);
      case SELF_SIGNED -> selfSigned(good);
      case UNTRUSTED_ROOT -> chain(stranger, good, strangerCertificate(now));
      case MISSING_INTERMEDIATE -> chain(intermediate, good);
      case DISORDER -> disordered(good, Validity.ofAuthority(now));
      case EXTRA ->
          chain(
              intermediate,
              good,
              strangerCertificate(now),
              intermediate.issue(good.named(OTHER_NAME)),
              intermediateCertificate);
      case OTHER_NAME -> usual(good.named(OTHER_NAME));
      case OTHER_DNS_NAME -> usual(good.called(good.subject(), Optional.of(OTHER_NAME)));
      case CN_ONLY -> usual(good.called(good.subject(), Optional.empty()));
      case NO_NAME -> usual(good.called(new X500Name("O=Mail Flow Lab"), Optional.empty()));
      case WILDCARD -> usual(good.named("*." + parent(hostName)));
      case WILDCARD_ABOVE -> usual(good.named("*." + parent(parent(hostName))));
      case WILDCARD_BELOW -> usual(good.named("*." + hostName));
      case WILDCARD_PART -> usual(good.named(hostName.charAt(0) + "*." + parent(hostName)));
      case RSA_1024 -> usual(good.with(keys.rsa(1024)));
      case RSA_512 -> usual(good.with(keys.rsa(512)));
      case SHA_1 -> chain(intermediate.signingWith("SHA1withECDSA"), good, intermediateCertificate);
      case MD_5 -> signedWithMd5(good, Validity.ofAuthority(now));
      case FOR_CLIENTS -> usual(good.meantFor(Optional.of(KeyPurposeId.id_kp_clientAuth)));
      case FOR_ANYTHING -> usual(good.meantFor(Optional.empty()));
      case NOT_AUTHORITY ->
          below(root.issueNoAuthority(intermediate, Validity.ofAuthority(now)), good);
      case NAME_CONSTRAINT ->
          below(
              root.issueAuthority(
                  intermediate, Validity.ofAuthority(now), onlyBelow("corp.example")),
              good);
      case LISTED -> usual(good.listedAt(site.list(State.HONEST)));
      case LISTED_REVOKED -> revoked(good.listedAt(site.list(State.HONEST)));
      case LIST_DOWN -> revoked(good.listedAt(site.list(State.DOWN)));
      case LIST_OUT_OF_DATE -> revoked(good.listedAt(site.list(State.OUT_OF_DATE)));
      case LIST_FORGED -> revoked(good.listedAt(site.list(State.FORGED)));
      case ANSWERED -> usual(good.answeredAt(site.responder(State.HONEST)));
      case ANSWERED_REVOKED -> revoked(good.answeredAt(site.responder(State.HONEST)));
      case RESPONDER_DOWN -> revoked(good.answeredAt(site.responder(State.DOWN)));
      case RESPONDER_OUT_OF_DATE -> revoked(good.answeredAt(site.responder(State.OUT_OF_DATE)));
      case RESPONDER_FORGED -> revoked(good.answeredAt(site.responder(State.FORGED)));
    };
  }

  /** Closes what tells of revoked certificates. */
  @Override
  public void close() {
    site.close();
  }

  /** In truth it is revoked, whether that can be found out or not. */
  private PresentedChain revoked(Leaf leaf) {
    PresentedChain chain = usual(leaf);
    site.revoke(chain.certificates().get(0));
    return chain;
  }

  private PresentedChain usual(Leaf leaf) {
    return below(intermediateCertificate, leaf);
  }

  /** Issued by the intermediate, which presents itself with that certificate. */
  private PresentedChain below(X509Certificate intermediates, Leaf leaf) {
    return chain(intermediate, leaf, intermediates);
  }

  private static PresentedChain chain(Authority issuer, Leaf leaf, X509Certificate... others) {
    List<X509Certificate> certificates = new ArrayList<>(List.of(others));
    certificates.add(0, issuer.issue(leaf));
    return new PresentedChain(leaf.keys().getPrivate(), certificates);
  }

  private X509Certificate intermediate(Validity validity) {
    return root.issueAuthority(intermediate, validity);
  }

  private X509Certificate strangerCertificate(Instant now) {
    return stranger.issueAuthority(stranger, Validity.ofAuthority(now));
  }

  private static PresentedChain selfSigned(Leaf leaf) {
    return chain(new Authority(leaf.subject(), leaf.keys(), Authority.USUAL), leaf);
  }

  private PresentedChain disordered(Leaf leaf, Validity validity) {
    Authority lower = Authority.of("Lab Lower Intermediate");
    X509Certificate lowers = intermediate.issueAuthority(lower, validity);
    return chain(lower, leaf, rootCertificate, intermediateCertificate, lowers);
  }

  private PresentedChain signedWithMd5(Leaf leaf, Validity validity) {
    Authority careless = Authority.of("Lab MD5 Intermediate", keys.rsa(2048), "MD5withRSA");
    return chain(careless, leaf, root.issueAuthority(careless, validity));
  }

  private static NameConstraints onlyBelow(String domain) {
    GeneralName permitted = new GeneralName(GeneralName.dNSName, domain);
    return new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(permitted)}, null);
  }

  private static String parent(String name) {
    return name.substring(name.indexOf('.') + 1);
  }
}
