package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.smtp.wire.Printable;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** What a certificate says about itself, fit to be shown: its words are the peer's. */
final class CertificateText {
  private static final int MAX_NAME = 200;
  private static final int MAX_NAMES = 10;

  private CertificateText() {}

  static String subject(X509Certificate certificate) {
    return name(certificate.getSubjectX500Principal());
  }

  static String name(X500Principal name) {
    return Printable.of(name.toString(), MAX_NAME);
  }

  /** The first ones; a certificate can hold thousands. */
  static String names(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String first = String.join(", ", names.subList(0, Math.min(MAX_NAMES, names.size())));
    String more = names.size() > MAX_NAMES ? " and " + (names.size() - MAX_NAMES) + " more" : "";
    return Printable.of(first, MAX_NAME) + more;
  }

  /** As Windows shows it: SHA-1 of the whole, in upper case. */
  static String thumbprint(X509Certificate certificate) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
      return HexFormat.of().withUpperCase().formatHex(digest);
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }
}
