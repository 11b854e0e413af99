package io.github.mailflowlab.smtp.tls;

import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;

/**
 * Whom a certificate names for questions about its revocation (RFC 5280 4.2.1.13, 4.2.2.1), as far
 * as we would ask them: plain HTTP, because what they say is signed, and not LDAP or a file.
 *
 * @param responders by OCSP
 * @param lists of revoked certificates
 */
record RevocationSources(List<URI> responders, List<URI> lists) {
  /** Of each kind; nobody needs more, and each may cost a wait. */
  private static final int MAX_URIS = 2;

  private static final int MAX_LENGTH = 500;

  static RevocationSources of(X509Certificate certificate) {
    return new RevocationSources(
        readable(() -> usable(responders(certificate))),
        readable(() -> usable(lists(certificate))));
  }

  private static Stream<GeneralName> responders(X509Certificate certificate) {
    return extension(certificate, Extension.authorityInfoAccess).stream()
        .map(AuthorityInformationAccess::getInstance)
        .flatMap(access -> Stream.of(access.getAccessDescriptions()))
        .filter(one -> one.getAccessMethod().equals(AccessDescription.id_ad_ocsp))
        .map(AccessDescription::getAccessLocation);
  }

  private static Stream<GeneralName> lists(X509Certificate certificate) {
    return extension(certificate, Extension.cRLDistributionPoints).stream()
        .map(CRLDistPoint::getInstance)
        .flatMap(points -> Stream.of(points.getDistributionPoints()))
        .map(DistributionPoint::getDistributionPoint)
        .filter(name -> name != null && name.getType() == DistributionPointName.FULL_NAME)
        .flatMap(name -> Stream.of(GeneralNames.getInstance(name.getName()).getNames()));
  }

  /** Both extensions are mere hints; nobody else rejects a certificate for a broken one. */
  private static List<URI> readable(Supplier<List<URI>> hints) {
    try {
      return hints.get();
    } catch (RuntimeException e) {
      return List.of(); // The reader throws more than it declares.
    }
  }

  boolean isEmpty() {
    return responders.isEmpty() && lists.isEmpty();
  }

  private static Optional<byte[]> extension(X509Certificate certificate, ASN1ObjectIdentifier id) {
    return Optional.ofNullable(certificate.getExtensionValue(id.getId()))
        .map(value -> ASN1OctetString.getInstance(value).getOctets());
  }

  private static List<URI> usable(Stream<GeneralName> names) {
    return names
        .filter(name -> name.getTagNo() == GeneralName.uniformResourceIdentifier)
        .map(name -> name.getName().toString())
        .flatMap(text -> usable(text).stream())
        .limit(MAX_URIS)
        .toList();
  }

  private static Optional<URI> usable(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      return Optional.of(URI.create(text))
          .filter(uri -> "http".equalsIgnoreCase(uri.getScheme()))
          .filter(uri -> uri.getHost() != null && uri.getUserInfo() == null);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
