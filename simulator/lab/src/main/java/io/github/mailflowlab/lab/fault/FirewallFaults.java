package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.cert;
import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.GreetingFaults.onlyHelo;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.pki.CertificateDefect;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.util.List;

/** What firewalls make of SMTP (failure-catalogue 7). */
final class FirewallFaults {
  /** All but what old inspection knew. */
  private static final String[] MASKED = {
    "PIPELINING", "STARTTLS", "ENHANCEDSTATUSCODES", "CHUNKING", "DSN", "SMTPUTF8"
  };

  /** They know no BDAT, and so let nobody offer it. */
  private static final HostBehaviour OLD = HEALTHY.without("CHUNKING");

  private FirewallFaults() {}

  static List<Fault> rows() {
    return List.of(
        host("fw.pix-banner", starredOut()).under(TlsSettings.ENCRYPTION_ONLY),
        host("fw.asa-mask", masked()).under(TlsSettings.ENCRYPTION_ONLY),
        host("fw.pix-dot", OLD.behind(StraddlingDot::new)),
        host("fw.asa-limits", OLD.behind(StrictLimits::new)),
        cert("fw.tls-intercept", CertificateDefect.UNTRUSTED_ROOT),
        host("fw.content-cut", HEALTHY.behind(PatternCut::new)));
  }

  /** Nothing of the greeting is left but its code, and ESMTP is unknown. */
  private static HostBehaviour starredOut() {
    return HEALTHY
        .with(Stage.BANNER, reworded(text -> "220 " + "*".repeat(text.length() - 6) + "\r\n"))
        .with(Stage.EHLO, onlyHelo("500 5.5.1 Unrecognized command"));
  }

  /** The keywords become X; the commands too, so that the host knows none of them. */
  private static HostBehaviour masked() {
    return HEALTHY
        .without(MASKED)
        .with(
            Stage.EHLO,
            reworded(
                text -> {
                  StringBuilder extended = new StringBuilder();
                  for (String keyword : MASKED) {
                    extended.append("250-").append("X".repeat(keyword.length())).append("\r\n");
                  }
                  return text.replaceFirst("250 ", extended + "250 ");
                }));
  }
}
