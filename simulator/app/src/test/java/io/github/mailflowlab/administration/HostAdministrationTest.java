package io.github.mailflowlab.administration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.order.FaultOrder;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class HostAdministrationTest {
  private static final String NAME = "mail.contoso.example";

  private Lab lab;
  private NamedHost host;
  private HostAdministration administration;

  @BeforeAll
  void startHost() {
    lab = Lab.start(SystemTime.source());
    host = lab.host(NAME, 0);
    administration = new HostAdministration(lab);
  }

  @AfterEach
  void heal() {
    host.clear();
    administration.setRecord(NAME, List.of("127.0.0.1"));
  }

  @AfterAll
  void close() {
    lab.close();
  }

  @ParameterizedTest
  @EnumSource(Knob.class)
  void aValueShowsAsItselfUntilAnotherOneIsSet(Knob knob) {
    String good = knob.words().get(0);
    assertThat(shown(knob.key())).isEqualTo(good);
    for (String word : knob.words()) {
      if (knob.value(word).orElseThrow().order().isPresent()) {
        set(knob.key(), word);
        assertThat(shown(knob.key())).isEqualTo(word);
        assertThat(host.faults()).hasSize(1);
      }
    }
    set(knob.key(), good);
    assertThat(shown(knob.key())).isEqualTo(good);
    assertThat(host.faults()).isEmpty();
  }

  static Stream<String> faults() {
    return Lab.implementedFaultIds().stream();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void everyFaultIsOfOneKnobOrOfTheName(String id) {
    List<Knob> owners = Stream.of(Knob.values()).filter(knob -> knob.owns(id)).toList();

    assertThat(owners).hasSize(id.startsWith("dns.") ? 0 : 1);
  }

  @Test
  void aFaultThatIsNoValueShowsAndIsRepairedByItsKnobAlone() {
    host.add(FaultOrder.of("cert.sha1"));
    host.add(FaultOrder.of("smtp.banner.421"));
    assertThat(shown("certificate")).isEqualTo("faulty");
    assertThat(shown("service")).isEqualTo("faulty");

    set("certificate", "renew");

    assertThat(shown("certificate")).isEqualTo("valid");
    assertThat(shown("service")).isEqualTo("faulty");
  }

  @Test
  void withOneWrongWordNothingIsChanged() {
    List<ConfigProblem> problems =
        administration
            .change(NAME, Map.of("service", "stopped", "firewal", "open", "scanner", "of"))
            .problems();

    assertThat(problems)
        .extracting(ConfigProblem::message)
        .anyMatch(message -> message.contains("did you mean firewall?"))
        .anyMatch(message -> message.contains("did you mean off"))
        .hasSize(2);
    assertThat(host.faults()).isEmpty();
  }

  @Test
  void aNameIsMovedAndRemovedAndCured() {
    assertThat(status()).isEqualTo("[127.0.0.1] ok");
    administration.setRecord(NAME, List.of("127.0.0.2"));
    assertThat(status()).isEqualTo("[127.0.0.2] ok");
    administration.removeRecord(NAME);
    assertThat(status()).isEqualTo("[] missing");
    host.add(FaultOrder.of("dns.servfail"));
    host.remove("dns.nxdomain");
    assertThat(status()).isEqualTo("[] faulty");
    administration.setRecord(NAME, List.of("127.0.0.2"));
    assertThat(status()).isEqualTo("[127.0.0.2] ok");
  }

  private String status() {
    return administration
        .record(NAME)
        .map(entry -> entry.addresses() + " " + entry.status())
        .orElseThrow();
  }

  private void set(String key, String word) {
    assertThat(administration.change(NAME, Map.of(key, word)).problems()).isEmpty();
  }

  private String shown(String key) {
    return administration.host(NAME).orElseThrow().settings().getOrDefault(key, "");
  }
}
