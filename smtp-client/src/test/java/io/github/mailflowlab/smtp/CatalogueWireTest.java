package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
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
      Pattern.compile(
          ".*(stall|silent|none|timeout|blackhole|late|waits|no-eol|missing|disorder|pix-dot).*"
              + "|.*slow|dns.(drop-first-n|wrong-(address|id))|tcp.(half-open|zero-window)");

  private final FailureCatalogue catalogue = FailureCatalogue.load();
  private final Verdicts verdicts = new Verdicts();
  private final LeakAlarm leaks = new LeakAlarm();
  private final Map<String, Running> early = new HashMap<>();
  private Lab lab;
  private Transports patient;
  private Transports impatient;

  @BeforeAll
  void start() {
    lab = Lab.start(Mailing.CLOCK);
    patient = new Transports(Mailing.settings(lab, Duration.ofSeconds(20)));
    DnsSettings twice = new DnsSettings(List.of(lab.dns()), Duration.ofMillis(1_500), 2);
    impatient =
        new Transports(Mailing.withDns(Mailing.settings(lab, Duration.ofSeconds(3)), twice));
    // All at once, so that their limits pass together.
    faults()
        .filter(id -> SILENT.matcher(id).matches() && !id.equals("none"))
        .forEach(id -> early.put(id, begin(id, impatient)));
    faults().filter("tcp.slow-accept"::equals).forEach(id -> early.put(id, begin(id, patient)));
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
    try (Running running = early.containsKey(id) ? early.get(id) : begin(id, patient)) {
      Map<TlsSettings, String> expected = new EnumMap<>(TlsSettings.class);
      Map<TlsSettings, String> found = new EnumMap<>(TlsSettings.class);
      Map<TlsSettings, List<String>> transcripts = new EnumMap<>(TlsSettings.class);
      running.attempts.forEach(
          (setting, attempt) -> {
            AttemptReport report = Mailing.reportOf(attempt);
            expected.put(setting, expected(id, setting));
            found.put(setting, verdicts.codeOf(report, Stimulus.of(id).to()));
            transcripts.put(setting, report.transcript());
          });
      assertThat(found).as("%s", transcripts).isEqualTo(expected);
    }
  }

  private String expected(String id, TlsSettings setting) {
    return catalogue.entry(id).map(entry -> entry.codes().get(setting)).orElse("none");
  }

  private Running begin(String id, Transports transports) {
    Stimulus stimulus = Stimulus.of(id);
    Running running = new Running(new EnumMap<>(TlsSettings.class), new ArrayList<>());
    for (TlsSettings setting : TlsSettings.values()) {
      // A host for each, because some faults end after the first attempt.
      StagedFault host = id.equals("none") ? lab.stageHealthy() : lab.stage(id);
      running.ends.add(host::close);
      if (id.equals("tcp.max-conns")) {
        running.ends.add(TinyClient.greetedBy(host.smartHost())::close);
      }
      SmtpTransport transport = transports.of(host);
      AttemptRequest request =
          Mailing.request(lab, setting, host, stimulus.content(), stimulus.to());
      for (int i = 0; i < stimulus.before(); i++) {
        assertThat(Mailing.reportOf(transport.start(request)).failure()).isEmpty();
      }
      running.attempts.put(setting, transport.start(request));
    }
    return running;
  }

  /** An attempt under each setting, and how to put away what it is made with. */
  private record Running(Map<TlsSettings, Attempt> attempts, List<Runnable> ends)
      implements AutoCloseable {
    @Override
    public void close() {
      ends.forEach(Runnable::run);
    }
  }
}
