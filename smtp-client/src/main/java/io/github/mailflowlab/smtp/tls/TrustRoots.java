package io.github.mailflowlab.smtp.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * The roots a connector trusts: the JDK's, read once, and those of its PEM file. The file is read
 * each time, so that a repaired one helps the next attempt, but parsed only when its octets are
 * others than last time; times and lengths of files can stay the same when the content does not.
 * Blocks on files; all threads, but no event loop.
 */
public final class TrustRoots {
  /** Octets of a PEM file. */
  static final int MAX_FILE = 4 * 1024 * 1024;

  /** Files whose roots are remembered, so that connectors of the past do not add up. */
  private static final int MAX_KNOWN = 32;

  private final Map<Path, Known> files = new ConcurrentHashMap<>();
  private volatile @Nullable Set<X509Certificate> ofJdk;

  /**
   * What a file came to.
   *
   * @param octets its content, never changed
   * @param roots those of the file first, and then the JDK's
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by hand, and never shown to others
  private record Known(byte[] octets, Set<X509Certificate> roots) {}

  /**
   * All roots; not to be modified.
   *
   * @param pem the connector's own, beside the JDK's
   * @throws IOException with a message for the administrator, when the file cannot be used
   */
  Set<X509Certificate> roots(Optional<Path> pem) throws IOException {
    return pem.isPresent() ? withFile(pem.get()) : ofJdk();
  }

  private Set<X509Certificate> withFile(Path pem) throws IOException {
    byte[] octets = octets(pem);
    Known known = files.get(pem);
    if (known == null || !Arrays.equals(known.octets(), octets)) {
      Set<X509Certificate> roots = new LinkedHashSet<>(parse(pem, octets));
      roots.addAll(ofJdk());
      known = new Known(octets, Collections.unmodifiableSet(roots));
      remember(pem, known);
    }
    return known.roots();
  }

  private void remember(Path pem, Known known) {
    if (files.size() >= MAX_KNOWN) {
      files.clear();
    }
    files.put(pem, known);
  }

  private static List<X509Certificate> parse(Path pem, byte[] octets) throws IOException {
    try {
      List<X509Certificate> roots = new ArrayList<>();
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (Certificate one : factory.generateCertificates(new ByteArrayInputStream(octets))) {
        roots.add((X509Certificate) one);
      }
      if (roots.isEmpty()) {
        throw new IOException("Trust file " + pem + " holds no certificate");
      }
      return roots;
    } catch (CertificateException e) {
      throw new IOException("Trust file " + pem + " is no list of certificates in PEM", e);
    }
  }

  private static byte[] octets(Path pem) throws IOException {
    byte[] octets;
    try (InputStream in = Files.newInputStream(pem)) {
      octets = in.readNBytes(MAX_FILE + 1);
    } catch (IOException e) {
      throw new IOException("Trust file " + pem + " cannot be read", e);
    }
    if (octets.length > MAX_FILE) {
      throw new IOException("Trust file " + pem + " is longer than " + MAX_FILE + " octets");
    }
    return octets;
  }

  private Set<X509Certificate> ofJdk() {
    Set<X509Certificate> known = ofJdk;
    if (known == null) {
      known = Collections.unmodifiableSet(readJdk());
      ofJdk = known;
    }
    return known;
  }

  private static Set<X509Certificate> readJdk() {
    try {
      TrustManagerFactory factory =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init((KeyStore) null);
      Set<X509Certificate> roots = new LinkedHashSet<>();
      for (TrustManager manager : factory.getTrustManagers()) {
        if (manager instanceof X509TrustManager x509) {
          roots.addAll(List.of(x509.getAcceptedIssuers()));
        }
      }
      return roots;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no list of roots", e);
    }
  }
}
