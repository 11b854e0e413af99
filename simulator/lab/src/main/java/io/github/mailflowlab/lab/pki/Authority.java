package io.github.mailflowlab.lab.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.Date;
import java.util.Optional;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A name and a key that sign certificates, its own included. Immutable; any thread may use it.
 *
 * @param name the subject
 * @param keys P-256, because such a key takes milliseconds where RSA takes a tenth of a second
 */
record Authority(X500Name name, KeyPair keys) {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int SERIAL_BITS = 127;

  static Authority of(String commonName) {
    return new Authority(new X500Name("CN=" + commonName + ", O=Mail Flow Lab"), newKeys());
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has P-256", e);
    }
  }

  PrivateKey key() {
    return keys.getPrivate();
  }

  /** A certificate of this authority for the other, or for itself. */
  X509Certificate issueAuthority(Authority subject, Validity validity) {
    try {
      X509v3CertificateBuilder builder = begin(subject.name, subject.keys.getPublic(), validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
      builder.addExtension(
          Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
      return sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A server's certificate. */
  X509Certificate issueServer(
      X500Name subject, Optional<String> dnsName, PublicKey key, Validity validity) {
    try {
      X509v3CertificateBuilder builder = begin(subject, key, validity);
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
      builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
      builder.addExtension(
          Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
      if (dnsName.isPresent()) {
        GeneralName name = new GeneralName(GeneralName.dNSName, dnsName.get());
        builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(name));
      }
      return sign(builder);
    } catch (CertIOException e) {
      throw new IllegalStateException(e);
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
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key())));
    } catch (OperatorException | GeneralSecurityException e) {
      throw new IllegalStateException("every JDK signs with P-256", e);
    }
  }
}
