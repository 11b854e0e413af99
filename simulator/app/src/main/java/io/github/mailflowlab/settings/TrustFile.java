package io.github.mailflowlab.settings;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Optional;

/** Looks whether a file of trusted roots is one, so that it is not found out at the first mail. */
public final class TrustFile {
  private static final int MAX_SIZE = 1024 * 1024;

  private TrustFile() {}

  /** What is wrong with it; reads the whole file. */
  public static Optional<String> problem(Path file) {
    try (InputStream stream = Files.newInputStream(file)) {
      byte[] octets = stream.readNBytes(MAX_SIZE + 1);
      if (octets.length > MAX_SIZE) {
        return Optional.of(file + " is longer than " + MAX_SIZE + " octets");
      }
      boolean empty =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(octets))
              .isEmpty();
      return empty ? Optional.of(file + " holds no certificate") : Optional.empty();
    } catch (CertificateException e) {
      return Optional.of(file + " is not a PEM file of certificates");
    } catch (IOException e) {
      return Optional.of(file + " cannot be read: " + YamlFile.reason(e));
    }
  }
}
