package io.github.mailflowlab.lab.pki;

import java.security.KeyPair;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * A server's certificate before it is issued: what a defect changes, one thing at a time.
 *
 * @param subject its common name is the host's, unless that is the defect
 * @param dnsName the only alternative name
 * @param keys the host's
 * @param validity its dates
 * @param purpose its extended key usage
 * @param list where its issuer publishes a list of revoked certificates
 * @param responder where its issuer answers by OCSP
 */
record Leaf(
    X500Name subject,
    Optional<String> dnsName,
    KeyPair keys,
    Validity validity,
    Optional<KeyPurposeId> purpose,
    Optional<String> list,
    Optional<String> responder) {

  /** A certificate without a defect. */
  static Leaf of(String hostName, KeyPair keys, Validity validity) {
    return new Leaf(
        commonName(hostName),
        Optional.of(hostName),
        keys,
        validity,
        Optional.of(KeyPurposeId.id_kp_serverAuth),
        Optional.empty(),
        Optional.empty());
  }

  Leaf named(String name) {
    return called(commonName(name), Optional.of(name));
  }

  Leaf called(X500Name otherSubject, Optional<String> otherDnsName) {
    return new Leaf(otherSubject, otherDnsName, keys, validity, purpose, list, responder);
  }

  Leaf valid(Validity other) {
    return new Leaf(subject, dnsName, keys, other, purpose, list, responder);
  }

  Leaf with(KeyPair other) {
    return new Leaf(subject, dnsName, other, validity, purpose, list, responder);
  }

  Leaf meantFor(Optional<KeyPurposeId> other) {
    return new Leaf(subject, dnsName, keys, validity, other, list, responder);
  }

  Leaf listedAt(String uri) {
    return new Leaf(subject, dnsName, keys, validity, purpose, Optional.of(uri), responder);
  }

  Leaf answeredAt(String uri) {
    return new Leaf(subject, dnsName, keys, validity, purpose, list, Optional.of(uri));
  }

  private static X500Name commonName(String name) {
    return new X500NameBuilder().addRDN(BCStyle.CN, name).build();
  }
}
