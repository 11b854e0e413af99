package io.github.mailflowlab.smtp.tls;

import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Failure;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What is wrong with a chain, before it is told in Exchange's form.
 *
 * @param more a sentence that names the certificate at fault
 */
record Defect(CertificateProblem problem, String more) {
  static Optional<Defect> of(CertificateProblem problem, String more) {
    return Optional.of(new Defect(problem, more));
  }

  /** Exchange's form (exchange-online-behaviour 1.4), and our sentence behind it. */
  Failure rejection(X509Certificate leaf, String expected) {
    String detail =
        problem.word()
            + " Expected Subject: "
            + expected
            + ". Presented Subject: "
            + CertificateText.subject(leaf)
            + ". Thumbprint: "
            + CertificateText.thumbprint(leaf)
            + ". "
            + more;
    return new Failure.CertificateRejected(problem, detail);
  }
}
