package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.mail.DomainName;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;

/**
 * The names in a certificate: its dNSName entries if it has any, else its common name (RFC 6125
 * 6.4). A wildcard counts as a whole leftmost label, for one label, and not directly under a
 * top-level domain.
 */
final class CertificateNames {
  private static final int DNS_NAME = 2;

  private CertificateNames() {}

  /** Whether the certificate is for a connector's {@code tlsDomain}, itself perhaps a wildcard. */
  static boolean match(X509Certificate certificate, DomainPattern expected) {
    return presented(certificate).stream().anyMatch(name -> matches(name, expected));
  }

  /** In lower case, as they stand there. */
  static List<String> presented(X509Certificate certificate) {
    List<String> names = dnsNames(certificate);
    return names.isEmpty() ? commonName(certificate).stream().toList() : names;
  }

  static boolean matches(String presented, DomainPattern expected) {
    boolean wildcard = presented.startsWith("*.");
    Optional<DomainName> name = DomainName.parse(wildcard ? presented.substring(2) : presented);
    if (name.isEmpty() || (wildcard && name.get().value().indexOf('.') < 0)) {
      return false;
    }
    if (!wildcard) {
      return expected.matches(name.get());
    }
    DomainName parent = name.get();
    return expected
        .domain()
        .map(own -> expected.wildcard() ? parent.isWithin(own) : isOneLabelBelow(own, parent))
        .orElse(true);
  }

  private static boolean isOneLabelBelow(DomainName name, DomainName parent) {
    int dot = name.value().indexOf('.');
    return dot > 0 && name.value().substring(dot + 1).equals(parent.value());
  }

  private static List<String> dnsNames(X509Certificate certificate) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
      for (List<?> entry : alternatives == null ? List.<List<?>>of() : alternatives) {
        if (Integer.valueOf(DNS_NAME).equals(entry.get(0)) && entry.get(1) instanceof String name) {
          names.add(name.toLowerCase(Locale.ROOT));
        }
      }
    } catch (CertificateParsingException e) {
      return List.of(); // No name we could read, so none that matches.
    }
    return names;
  }

  private static Optional<String> commonName(X509Certificate certificate) {
    try {
      LdapName subject = new LdapName(certificate.getSubjectX500Principal().getName());
      // An LdapName counts from the right: its last CN is the most specific one.
      String name = null;
      for (Rdn part : subject.getRdns()) {
        if (part.getType().equalsIgnoreCase("CN") && part.getValue() instanceof String text) {
          name = text.toLowerCase(Locale.ROOT);
        }
      }
      return Optional.ofNullable(name);
    } catch (InvalidNameException e) {
      return Optional.empty();
    }
  }
}
