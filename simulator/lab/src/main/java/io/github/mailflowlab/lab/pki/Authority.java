package io.github.mailflowlab.lab.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A name and a key that sign certificates, its own included. Immutable; any thread may use it.
 *
 * @param name the subject
 * @param keys P-256 as a rule, because such a key takes milliseconds where RSA takes a tenth of a
 *     second
 * @param algorithm of its signatures
 */
record Authority(X500Name name, KeyPair keys, String algorithm) {
  /** Of signatures with P-256. */
  static final String USUAL = "SHA256withECDSA";

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127;

  static Authority of(String commonName) {
    return of(commonName, Keys.newP256(), USUAL);
  }

  static Authority of(String commonName, KeyPair keys, String algorithm) {
    return new Authority(new X500Name("O=Mail Flow Lab, CN=" + commonName), keys, algorithm);
  }

  /** The same authority, which signs in another way. */
  Authority signingWith(String other) {
    return new Authority(name, keys, other);
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  /** A certificate of this authority for the other, or for itself. */
  X509Certificate issueAuthority(Authority subject, Validity validity) {
    return issueAuthority(subject, validity, true, Optional.empty());
  }

  /** One that does not say that the other is an authority. */
  X509Certificate issueNoAuthority(Authority subject, Validity validity) {
    return issueAuthority(subject, validity, false, Optional.empty());
  }

  /** One that restricts the names that the other may certify. */
  X509Certificate issueAuthority(Authority subject, Validity validity, NameConstraints names) {
    return issueAuthority(subject, validity, true, Optional.of(names));
  }

  private X509Certificate issueAuthority(
      Authority subject, Validity validity, boolean isAuthority, Optional<NameConstraints> names) {
    try {
      X509v3CertificateBuilder builder = begin(subject.name, subject.keys.getPublic(), validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      if (names.isPresent()) {
        builder.addExtension(Extension.nameConstraints, true, names.get());
      }
      return sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server's certificate. */
  X509Certificate issue(Leaf leaf) {
    try {
      X509v3CertificateBuilder builder =
          begin(leaf.subject(), leaf.keys().getPublic(), leaf.validity());
      for (Extension extension : LeafExtensions.of(leaf)) {
        builder.addExtension(extension);
      }
      return sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  ContentSigner signer() {
    try {
      return new JcaContentSignerBuilder(algorithm).build(key());
    } catch (OperatorException e) {
      throw new IllegalStateException("every JDK signs with " + algorithm, e);
    }
  }

  private X509v3CertificateBuilder begin(X500Name subject, PublicKey key, Validity validity) {
    return new JcaX509v3CertificateBuilder(
        name,
        new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
        Date.from(validity.from()),
        Date.from(validity.until()),
        subject,
        key);
  }

  private X509Certificate sign(X509v3CertificateBuilder builder) {
    try {
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK reads certificates", e);
    }
  }
}
