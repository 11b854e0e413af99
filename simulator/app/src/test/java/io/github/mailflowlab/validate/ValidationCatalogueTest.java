package io.github.mailflowlab.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.mailflowlab.alerting.Advice;
import io.github.mailflowlab.alerting.Explanation;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.document.ValidationDocument.Task;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of the lab, as {@code validate} tells of it. */
@Execution(ExecutionMode.CONCURRENT)
final class ValidationCatalogueTest {
  private static final Duration LIMIT = Duration.ofMillis(1_500);
  private static final Duration DNS_LIMIT = Duration.ofMillis(700);
  private static final Mailbox BOB = Mailbox.of("bob@onprem.example");
  private static final ReversePath ALICE = ReversePath.of(Mailbox.of("alice@contoso.example"));
  private static final Set<String> STAGES =
      Set.of(
          "dns",
          "connect",
          "banner",
          "ehlo",
          "starttls",
          "tls",
          "certificate",
          "mail",
          "rcpt",
          "data",
          "body",
          "dot");

  private static Lab lab;

  @BeforeAll
  static void startLab() {
    lab = Lab.start(SystemTime.source());
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  static Set<String> faults() {
    return Lab.implementedFaultIds();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faults")
  void saysAtWhichStageAndAfterWhatLimitAndForWhichCertificate(String id) {
    assumeTrue(lab.faultIds().contains(id), "this machine can make it");
    try (StagedFault host = lab.stage(id)) {
      assumeTrue(host.mailDomain().isEmpty(), "a smart host is validated");
      ValidationDocument result = validate(host);
      if (result.succeeded()) {
        return; // It shows with other mail, or is no fault to this connector.
      }
      String detail =
          result.tasks().stream()
              .filter(task -> task.status().equals("Failed"))
              .map(Task::detail)
              .findFirst()
              .orElseThrow();
      assertThat(STAGES).contains(result.stage());
      assertAdvice(result);
      assertThat(detail).contains("; stage " + result.stage());
      // Where there is no route, the system says so at once, and no limit runs out.
      boolean isLimit = detail.matches("(?s).*(timed out|TimedOut|No answer).*");
      if (isLimit && !detail.contains("Socket error code 10051")) {
        assertThat(detail).contains(", limit PT1.5S");
      }
      if (id.matches("dns\\.(timeout|blackhole)")) {
        assertThat(detail).contains(", limit PT0.7S");
      }
      if (result.stage().equals("certificate")) {
        assertThat(detail)
            .containsPattern("Expected Subject: \\S+\\. Presented Subject: ")
            .containsPattern("Thumbprint: [0-9A-F]{40}\\. ");
      }
      if (detail.contains("IllegalMessage") && result.stage().equals("tls")) {
        assertThat(detail)
            .containsPattern("; stage tls, (TLS failed: .+|Octets came together with .+)");
      }
    }
  }

  /** What to do is about just this error, and what {@code explain} says of it. */
  private static void assertAdvice(ValidationDocument result) {
    Explanation explanation = Advice.explain(result.lastError().orElseThrow()).orElseThrow();
    assertThat(result.advice()).isEqualTo(explanation.whatToDo());
    assertThat(explanation.topic())
        .as(result.lastError().get())
        .matches("4\\.4\\.31[56]|\\S+ ~ .+|reply (x|\\d\\d\\d)\\b.*");
  }

  private static ValidationDocument validate(StagedFault host) {
    SmtpSettings settings =
        new SmtpSettings(
            "mailflow.contoso.example",
            Timeouts.of(LIMIT, LIMIT),
            ConnectionLimits.NONE_KEPT,
            new DnsSettings(host.dnsServers(), DNS_LIMIT, 1),
            Revocation.HARD,
            SystemTime.source(),
            address -> false);
    try (SmtpTransport transport = SmtpTransport.start(settings)) {
      return new Validation(
              transport,
              new FailureClassifier(FailureCatalogue.load()),
              settings.timeouts(),
              settings.dns(),
              connector(host))
          .checkAndSend(
              ALICE,
              List.of(BOB),
              to -> TestMail.compose(ALICE, to, SystemTime.source().instant()));
    }
  }

  private static Connector connector(StagedFault host) {
    Optional<String> domain = host.tlsDomain();
    TlsSettings tls = host.tlsSettings();
    return new ConnectorDraft(
            host.id(),
            "OnPremises",
            true,
            List.of("onprem.example"),
            null,
            List.of(host.smartHost().toString()),
            tls == TlsSettings.OPPORTUNISTIC ? null : tls.parameter(),
            domain.orElse(null),
            lab.trust().toString(),
            null)
        .check()
        .value();
  }
}
