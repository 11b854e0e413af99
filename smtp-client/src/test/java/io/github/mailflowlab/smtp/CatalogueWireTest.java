package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.ConnectorStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every fault of the lab, on the wire, under every setting: the catalogue says what comes out. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CatalogueWireTest {
  /** Faults that only a limit of ours ends; the others must not depend on one. */
  private static final Pattern SILENT =
      Pattern.compile(".*(stall|silent|none|timeout|blackhole).*");

  private static final Mailbox[] MIXED = {
    Mailbox.of("ok@contoso.example"),
    Mailbox.of("defer@contoso.example"),
    Mailbox.of("unknown@contoso.example")
  };

  private final FailureCatalogue catalogue = FailureCatalogue.load();
  private final FailureClassifier classifier = new FailureClassifier(catalogue);
  private final LeakAlarm leaks = new LeakAlarm();
  private final Map<String, Running> silent = new HashMap<>();
  private Lab lab;
  private SmtpTransport patient;
  private SmtpTransport impatient;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    patient = SmtpTransport.start(Mailing.settings(lab, Duration.ofSeconds(20)));
    impatient = SmtpTransport.start(Mailing.settings(lab, Duration.ofSeconds(3)));
    // All at once, so that their limits pass together.
    faults()
        .filter(id -> SILENT.matcher(id).matches() && !id.equals("none"))
        .forEach(id -> silent.put(id, begin(id, impatient)));
  }

  @AfterAll
  void stop() {
    patient.close();
    impatient.close();
    lab.close();
    leaks.close();
  }

  Stream<String> faults() {
    return Stream.concat(Stream.of("none"), lab.faultIds().stream());
  }

  @ParameterizedTest
  @MethodSource("faults")
  void endsAsTheCatalogueSays(String id) {
    try (Running running = silent.containsKey(id) ? silent.get(id) : begin(id, patient)) {
      Map<TlsSettings, String> expected = new EnumMap<>(TlsSettings.class);
      Map<TlsSettings, String> found = new EnumMap<>(TlsSettings.class);
      Map<TlsSettings, List<String>> transcripts = new EnumMap<>(TlsSettings.class);
      running.attempts.forEach(
          (setting, attempt) -> {
            AttemptReport report = Mailing.reportOf(attempt);
            expected.put(setting, expected(id, setting));
            found.put(setting, codeOf(report, recipients(id)));
            transcripts.put(setting, report.transcript());
          });
      assertThat(found).as("%s", transcripts).isEqualTo(expected);
    }
  }

  private String expected(String id, TlsSettings setting) {
    return catalogue.entry(id).map(entry -> entry.codes().get(setting)).orElse("none");
  }

  private Running begin(String id, SmtpTransport transport) {
    List<StagedFault> hosts = new ArrayList<>();
    Map<TlsSettings, Attempt> attempts = new EnumMap<>(TlsSettings.class);
    for (TlsSettings setting : TlsSettings.values()) {
      // Some faults depend on how often a host was called.
      StagedFault host = id.equals("none") ? lab.stageHealthy() : lab.stage(id);
      hosts.add(host);
      Connector connector = Mailing.connector(lab, setting, host);
      attempts.put(
          setting, transport.start(Mailing.request(connector, Mailing.HELLO, recipients(id))));
    }
    return new Running(hosts, attempts);
  }

  /** A host with the fault for each setting, and an attempt under it. */
  private record Running(List<StagedFault> hosts, Map<TlsSettings, Attempt> attempts)
      implements AutoCloseable {
    @Override
    public void close() {
      hosts.forEach(StagedFault::close);
    }
  }

  private static Mailbox[] recipients(String id) {
    return id.equals("smtp.rcpt.mixed") ? MIXED : new Mailbox[] {Mailing.BOB};
  }

  /** What the first recipient that was not delivered shows. */
  private String codeOf(AttemptReport report, Mailbox... recipients) {
    return Stream.of(recipients)
        .flatMap(recipient -> report.failureOf(recipient).stream())
        .findFirst()
        .map(failure -> classifier.classify(failure, report.destination()).lastError())
        .map(
            error ->
                error.condition().map(ConnectorStatus::code).map(Object::toString).orElse("remote"))
        .orElse("none");
  }
}
