package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.pki.LabPki;
import io.github.mailflowlab.lab.pki.PresentedChain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A judge, an authority it trusts, and a clock that stands where a test puts it. */
final class Court implements AutoCloseable {
  static final String HOST = "mail.contoso.example";
  static final Instant DAY = Instant.parse("2026-03-01T12:00:00Z");
  static final List<TlsSettings> VALIDATING =
      List.of(TlsSettings.CERTIFICATE_VALIDATION, TlsSettings.DOMAIN_VALIDATION);

  private final LabPki pki = new LabPki(InstantSource.fixed(DAY));
  private final List<X509Certificate> roots = new ArrayList<>(pki.roots());

  private boolean silent;
  private RevocationCheck revocation = new RevocationCheck(Revocation.SOFT, Duration.ofMinutes(1));

  List<X509Certificate> chain(CertificateDefect defect) {
    return presented(defect).certificates();
  }

  /** The same with the key. */
  PresentedChain presented(CertificateDefect defect) {
    return pki.issue(HOST, defect);
  }

  /** What the chain's responder says of its leaf. */
  byte[] answerFor(List<X509Certificate> chain) throws IOException {
    RevocationEvidence evidence = new RevocationEvidence(chain.get(0), chain.get(1), DAY);
    URI responder = RevocationSources.of(chain.get(0)).responders().get(0);
    return new HttpFetch().answer(responder, evidence.question()).join();
  }

  /** From now on nobody can be asked. */
  void silence() {
    if (!silent) {
      pki.close();
      silent = true;
    }
  }

  /** Trusts one more. */
  void trust(X509Certificate root) {
    roots.add(root);
  }

  Duration until(Instant instant) {
    return Duration.between(DAY, instant);
  }

  Optional<Failure> judge(List<X509Certificate> chain, TlsSettings setting) {
    return judge(new TlsFacts("", chain, List.of()), setting, Duration.ZERO);
  }

  /** What is wrong so long after the chain was issued; nothing but rejections is expected. */
  Optional<CertificateProblem> problem(List<X509Certificate> chain, Duration later) {
    return judge(new TlsFacts("", chain, List.of()), TlsSettings.DOMAIN_VALIDATION, later)
        .map(failure -> ((Failure.CertificateRejected) failure).problem());
  }

  /** The sentence with the dates and thumbprints of that chain. */
  String fillIn(String sentence, List<X509Certificate> chain) {
    return sentence
        .replace("HOST", HOST)
        .replace("#0", CertificateText.thumbprint(chain.get(0)))
        .replace("#1", chain.size() > 1 ? CertificateText.thumbprint(chain.get(1)) : "")
        .replace("#root", CertificateText.thumbprint(pki.roots().get(1)))
        .replace("DAY-1", DAY.minus(Duration.ofDays(1)).toString())
        .replace("DAY+30", DAY.plus(Duration.ofDays(30)).toString())
        .replace("DAY", DAY.toString());
  }

  /** From now on revocation is dealt with so, with nothing remembered. */
  void revocation(Revocation policy, Duration patience) {
    revocation = new RevocationCheck(policy, patience);
  }

  Optional<Failure> judge(TlsFacts facts, TlsSettings setting, Duration later) {
    Path trust = trustFile();
    try {
      InstantSource clock = InstantSource.fixed(DAY.plus(later));
      return new CertificateJudge(new TrustRoots(), revocation, clock)
          .judge(facts, connector(setting, trust), HOST);
    } finally {
      delete(trust);
    }
  }

  private static Connector connector(TlsSettings setting, Path trust) {
    return new Connector(
        "To on-premises",
        ConnectorType.ON_PREMISES,
        true,
        List.of(DomainPattern.parse("*").orElseThrow()),
        List.of(new SmartHost(HOST, 25)),
        setting,
        DomainPattern.parse(HOST).filter(name -> setting == TlsSettings.DOMAIN_VALIDATION),
        Optional.of(trust),
        "");
  }

  /** Certificates one behind the other, as they are. */
  private Path trustFile() {
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream();
      for (X509Certificate root : roots) {
        all.write(root.getEncoded());
      }
      return Files.write(Files.createTempFile("mailflow-trust-", ".der"), all.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    silence();
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
