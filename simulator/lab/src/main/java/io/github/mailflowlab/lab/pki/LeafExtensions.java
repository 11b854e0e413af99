package io.github.mailflowlab.lab.pki;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a server's certificate says beside subject, key and dates (RFC 5280 4.2). */
final class LeafExtensions {
  private LeafExtensions() {}

  static List<Extension> of(Leaf leaf) {
    List<Extension> all = new ArrayList<>();
    all.add(extension(Extension.basicConstraints, true, new BasicConstraints(false)));
    all.add(extension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature)));
    leaf.purpose()
        .map(ExtendedKeyUsage::new)
        .ifPresent(usage -> all.add(extension(Extension.extendedKeyUsage, false, usage)));
    leaf.dnsName()
        .map(name -> new GeneralNames(new GeneralName(GeneralName.dNSName, name)))
        .ifPresent(names -> all.add(extension(Extension.subjectAlternativeName, false, names)));
    leaf.list()
        .map(LeafExtensions::list)
        .ifPresent(list -> all.add(extension(Extension.cRLDistributionPoints, false, list)));
    leaf.responder()
        .map(LeafExtensions::responder)
        .ifPresent(one -> all.add(extension(Extension.authorityInfoAccess, false, one)));
    return all;
  }

  private static CRLDistPoint list(String uri) {
    DistributionPointName where = new DistributionPointName(new GeneralNames(uri(uri)));
    return new CRLDistPoint(new DistributionPoint[] {new DistributionPoint(where, null, null)});
  }

  private static AuthorityInformationAccess responder(String uri) {
    return new AuthorityInformationAccess(AccessDescription.id_ad_ocsp, uri(uri));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static Extension extension(
      ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
    try {
      return Extension.create(id, critical, value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
