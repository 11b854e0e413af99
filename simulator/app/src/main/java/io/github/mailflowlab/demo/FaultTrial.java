package io.github.mailflowlab.demo;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import io.github.mailflowlab.validate.TestMail;
import io.github.mailflowlab.validate.Validation;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What a connector meets at a host with a fault of the catalogue: tried, on loopback. */
public final class FaultTrial {
  private static final Duration LIMIT = Duration.ofSeconds(2);
  private static final Duration DNS_LIMIT = Duration.ofSeconds(1);
  private static final ReversePath SENDER = ReversePath.of(Mailbox.of("alice@contoso.example"));

  private FaultTrial() {}

  /**
   * Stages the fault, and validates a connector with the TLS settings under which it shows. Blocks
   * for a second or two, for longer where a server falls silent.
   *
   * @param wall the system's clock
   * @return empty when this machine cannot make the fault
   */
  public static Optional<ValidationDocument> of(String faultId, InstantSource wall) {
    try (Lab lab = Lab.start(wall)) {
      if (!lab.faultIds().contains(faultId)) {
        return Optional.empty();
      }
      try (StagedFault host = lab.stage(faultId)) {
        return Optional.of(validate(lab, host, wall));
      }
    }
  }

  private static ValidationDocument validate(Lab lab, StagedFault host, InstantSource wall) {
    SmtpSettings settings =
        new SmtpSettings(
            "mailflow.contoso.example",
            Timeouts.of(LIMIT, LIMIT),
            ConnectionLimits.NONE_KEPT,
            new DnsSettings(host.dnsServers(), DNS_LIMIT, 1),
            Revocation.HARD,
            wall,
            address -> false);
    Mailbox recipient = Mailbox.of("bob@" + host.mailDomain().orElse("onprem.example"));
    try (SmtpTransport transport = SmtpTransport.start(settings)) {
      return new Validation(
              transport,
              new FailureClassifier(FailureCatalogue.load()),
              settings.timeouts(),
              settings.dns(),
              connector(lab, host))
          .checkAndSend(
              SENDER, List.of(recipient), to -> TestMail.compose(SENDER, to, wall.instant()));
    }
  }

  private static Connector connector(Lab lab, StagedFault host) {
    boolean byMx = host.mailDomain().isPresent();
    TlsSettings tls = host.tlsSettings();
    return new ConnectorDraft(
            "To on-premises",
            "OnPremises",
            true,
            List.of("*"),
            byMx ? true : null,
            byMx ? null : List.of(host.smartHost().toString()),
            tls == TlsSettings.OPPORTUNISTIC ? null : tls.parameter(),
            host.tlsDomain().orElse(null),
            lab.trust().toString(),
            null)
        .check()
        .value();
  }
}
