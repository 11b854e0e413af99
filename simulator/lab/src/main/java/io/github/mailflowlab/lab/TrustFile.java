package io.github.mailflowlab.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A PEM file in a temporary directory of its own.
 *
 * @param directory that holds it and nothing else
 */
record TrustFile(Path directory) implements AutoCloseable {
  private static final int PEM_LINE = 64;

  static TrustFile write(List<X509Certificate> roots) {
    try {
      TrustFile file = new TrustFile(Files.createTempDirectory("mailflow-lab-"));
      String text = roots.stream().map(TrustFile::pem).collect(Collectors.joining());
      Files.writeString(file.path(), text, StandardCharsets.US_ASCII);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path path() {
    return directory.resolve("lab-roots.pem");
  }

  private static String pem(X509Certificate certificate) {
    try {
      Base64.Encoder base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'});
      return "-----BEGIN CERTIFICATE-----\n"
          + base64.encodeToString(certificate.getEncoded())
          + "\n-----END CERTIFICATE-----\n";
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(path());
      Files.deleteIfExists(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
