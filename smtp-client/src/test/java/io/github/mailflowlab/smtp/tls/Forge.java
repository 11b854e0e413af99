package io.github.mailflowlab.smtp.tls;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that no honest authority would issue, all below one root. */
final class Forge {
  private static final String SIGNATURE = "SHA256withECDSA";

  private final AtomicInteger serials = new AtomicInteger();
  private final X500Name name;
  private final KeyPair keys = newKeys("EC", 256);
  private final Instant now;
  private final X509Certificate root;

  Forge(Instant now) {
    this.name = new X500Name("CN=Forge");
    this.now = now;
    this.root = issue(name, keys, signer(SIGNATURE), List.of(authority()));
  }

  private Forge(Forge above, Extension... extensions) {
    this.name = new X500Name("CN=Workshop");
    this.now = above.now;
    List<Extension> all = new ArrayList<>(List.of(extensions));
    all.add(authority());
    this.root = above.issue(name, keys, above.signer(SIGNATURE), all);
  }

  /** Another one, whose root is an intermediate of this one. */
  Forge below(Extension... extensions) {
    return new Forge(this, extensions);
  }

  X509Certificate root() {
    return root;
  }

  X509Certificate leaf(X500Name subject, Extension... extensions) {
    return issue(subject, keys, signer(SIGNATURE), List.of(extensions));
  }

  /** One of many authorities with the same key: the upper one certifies the lower one. */
  X509Certificate link(int lower, int upper, KeyPair shared) {
    return issue(
        new X500Name("CN=" + upper),
        new X500Name("CN=" + lower),
        shared,
        signer(SIGNATURE, shared),
        List.of(authority()));
  }

  /** One that the root signed in an unusual way, as if it had another key. */
  X509Certificate leaf(KeyPair of, ContentSigner signer) {
    return issue(new X500Name("CN=" + Court.HOST), of, signer, List.of());
  }

  /** A list of revoked certificates, an hour old, for so long from now on. */
  byte[] list(Duration validity, X509Certificate... revoked) {
    Date since = Date.from(now.minus(Duration.ofHours(1)));
    X509v2CRLBuilder list = new X509v2CRLBuilder(name, since);
    list.setNextUpdate(Date.from(now.plus(validity)));
    for (X509Certificate one : revoked) {
      list.addCRLEntry(one.getSerialNumber(), since, CRLReason.keyCompromise);
    }
    try {
      return list.build(signer(SIGNATURE)).getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Extension names(List<String> dnsNames) {
    GeneralName[] names =
        dnsNames.stream()
            .map(name -> new GeneralName(GeneralName.dNSName, name))
            .toArray(GeneralName[]::new);
    return extension(Extension.subjectAlternativeName, new GeneralNames(names));
  }

  static Extension lists(String... uris) {
    List<DistributionPoint> points = new ArrayList<>();
    for (String uri : uris) {
      points.add(
          new DistributionPoint(new DistributionPointName(new GeneralNames(uri(uri))), null, null));
    }
    return extension(
        Extension.cRLDistributionPoints,
        new CRLDistPoint(points.toArray(DistributionPoint[]::new)));
  }

  static Extension responders(String... uris) {
    return extension(
        Extension.authorityInfoAccess,
        new AuthorityInformationAccess(
            Stream.of(uris)
                .map(uri -> new AccessDescription(AccessDescription.id_ad_ocsp, uri(uri)))
                .toArray(AccessDescription[]::new)));
  }

  static KeyPair newKeys(String algorithm, int bits) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
      generator.initialize(bits);
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Extension authority() {
    return extension(Extension.basicConstraints, new BasicConstraints(true));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static Extension extension(ASN1ObjectIdentifier id, ASN1Encodable value) {
    try {
      return Extension.create(id, false, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ContentSigner signer(String algorithm) {
    return signer(algorithm, keys);
  }

  private static ContentSigner signer(String algorithm, KeyPair of) {
    try {
      return new JcaContentSignerBuilder(algorithm).build(of.getPrivate());
    } catch (OperatorException e) {
      throw new IllegalStateException(e);
    }
  }

  private X509Certificate issue(
      X500Name subject, KeyPair of, ContentSigner signer, List<Extension> extensions) {
    return issue(name, subject, of, signer, extensions);
  }

  private X509Certificate issue(
      X500Name issuer,
      X500Name subject,
      KeyPair of,
      ContentSigner signer,
      List<Extension> extensions) {
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            issuer,
            BigInteger.valueOf(serials.incrementAndGet()),
            Date.from(now.minus(Duration.ofDays(1))),
            Date.from(now.plus(Duration.ofDays(365))),
            subject,
            of.getPublic());
    try {
      for (Extension extension : extensions) {
        builder.addExtension(extension);
      }
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
