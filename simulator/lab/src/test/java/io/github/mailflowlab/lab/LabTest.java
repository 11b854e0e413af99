package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.FailureCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LabExtension.class)
final class LabTest {
  private static final InstantSource CLOCK = InstantSource.fixed(LabExtension.LAB_TIME);

  /** Firewalls that show where TLS is demanded. */
  private static final Set<String> FIREWALLS_AND_TLS =
      Set.of("fw.pix-banner", "fw.asa-mask", "fw.tls-intercept");

  private final Lab lab;

  LabTest(Lab lab) {
    this.lab = lab;
  }

  @Test
  void givesEveryStagedHostANameAndAPortOfItsOwn() {
    try (StagedFault one = lab.stage("tcp.refused");
        StagedFault other = lab.stage("tcp.refused")) {
      assertThat(one.id()).isEqualTo("tcp.refused");
      assertThat(one.smartHost().host()).matches("tcp-refused-\\d+\\.lab\\.example");
      assertThat(one.smartHost().host()).isNotEqualTo(other.smartHost().host());
      assertThat(one.smartHost().port()).isNotEqualTo(other.smartHost().port());
    }
  }

  @Test
  void stagesEveryFaultItNames() {
    for (String id : lab.faultIds()) {
      try (StagedFault fault = lab.stage(id)) {
        assertThat(fault.tlsSettings().demandsTls())
            .as(id)
            .isEqualTo(
                id.startsWith("tls.") || id.startsWith("cert.") || FIREWALLS_AND_TLS.contains(id));
      }
    }
  }

  @Test
  void namesFaultsOfTheCatalogueInItsOrder() {
    List<String> known = new ArrayList<>(FailureCatalogue.load().entries().keySet());
    known.retainAll(lab.faultIds());

    assertThat(lab.faultIds()).containsExactlyElementsOf(known);
  }

  @Test
  void leavesOutOnlyWhatThisMachineCannotMake() {
    List<String> possible = new ArrayList<>(Lab.implementedFaultIds());
    possible.retainAll(lab.faultIds());

    assertThat(lab.faultIds()).containsExactlyElementsOf(possible);
    assertThat(Lab.implementedFaultIds().size() - possible.size()).isLessThanOrEqualTo(1);
  }

  @Test
  void refusesAFaultItDoesNotKnow() {
    assertThatThrownBy(() -> lab.stage("tcp.bored"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("faultId: tcp.bored (expected: one of faultIds())");
  }

  @Test
  void stagesAHealthyHost() {
    try (StagedFault healthy = lab.stageHealthy()) {
      assertThat(healthy.id()).isEqualTo("none");
      assertThat(healthy.tlsSettings()).isEqualTo(TlsSettings.OPPORTUNISTIC);
      assertThat(healthy.tlsDomain()).isEmpty();
      assertThat(healthy.received()).isEmpty();
      assertThat(healthy.sessions()).isEmpty();
    }
  }

  @Test
  void leavesNothingBehindWhenClosed() throws IOException {
    Set<Thread> before = labThreads();
    Lab own = Lab.start(CLOCK);
    Path trust = own.trust();
    StagedFault staged = own.stageHealthy();
    SmartHost address = staged.smartHost();
    try (PlainClient client = PlainClient.connect(address)) {
      assertThat(client.talk("NOOP")).startsWith("250 ");
      assertThat(Files.readString(trust)).startsWith("-----BEGIN CERTIFICATE-----\n");
      own.close();
      assertThat(client.reply()).isIn("EOF", "RST");
    }
    assertThat(trust.getParent()).doesNotExist();
    assertThatThrownBy(() -> PlainClient.connect(address)).hasMessageContaining("refused");
    await().until(() -> before.containsAll(labThreads()));
  }

  @Test
  void toleratesClosingInAnyOrderAndTwice() {
    Lab own = Lab.start(CLOCK);
    StagedFault staged = own.stage("tcp.refused");
    own.close();
    staged.close();
    own.close();
    assertThatThrownBy(staged::repair).isInstanceOf(IllegalStateException.class);
  }

  private static Set<Thread> labThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("lab-"))
        .collect(Collectors.toSet());
  }
}
