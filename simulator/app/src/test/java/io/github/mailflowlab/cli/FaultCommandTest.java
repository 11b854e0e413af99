package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.lab.Lab;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultCommandTest {
  static Set<String> ids() {
    return FailureCatalogue.load().entries().keySet();
  }

  @Test
  void theListIsTheCatalogueInItsOrder() {
    Program program = Program.run("fault", "list", "--json");

    assertThat(program.status()).isZero();
    assertThat(program.err()).isEmpty();
    assertThat(program.json().path("faults").findValuesAsText("id"))
        .containsExactlyElementsOf(ids());
  }

  @Test
  void aFaultIsToldWithItsCodesAndItsProof() {
    assertThat(fault("cert.name").toString())
        .isEqualTo(
            "{\"id\":\"cert.name\",\"layer\":\"cert\",\"title\":\"issued to another name\","
                + "\"codes\":{\"opportunistic\":\"none\",\"encryptionOnly\":\"none\","
                + "\"certificateValidation\":\"none\",\"domainValidation\":\"4.7.320\"},"
                + "\"proof\":\"wire\",\"implemented\":true}");
  }

  @Test
  void whatTheLabCanMakeIsSaidToBeImplemented() {
    for (JsonNode fault : listed()) {
      assertThat(fault.path("implemented").asBoolean())
          .as(fault.path("id").asText())
          .isEqualTo(Lab.implementedFaultIds().contains(fault.path("id").asText()));
    }
    assertThat(fault("tcp.refused").path("implemented").asBoolean()).isTrue();
  }

  @Test
  void peopleReadATable() {
    List<String> lines = Program.run("fault", "list").out().lines().toList();

    assertThat(lines).hasSize(1 + ids().size());
    assertThat(lines.get(0)).startsWith("ID  ").endsWith("WHAT IS BROKEN");
    assertThat(lines)
        .anySatisfy(
            line ->
                assertThat(line.split(" {2,}"))
                    .containsExactly(
                        "cert.expired",
                        "none",
                        "none",
                        "4.7.320",
                        "4.7.320",
                        "wire",
                        "yes",
                        "expired"));
  }

  @ParameterizedTest
  @MethodSource("ids")
  void everyFaultIsExplained(String id) {
    Program program = Program.run("fault", "explain", id, "--no-try");

    assertThat(program.status()).isZero();
    assertThat(program.out()).startsWith(id + "  ").contains("DomainValidation");
    assertThat(program.out()).containsPattern("How to reproduce\n  - .*" + Pattern.quote(id));
  }

  @Test
  void anExplanationTellsWhatIsSeenTheWordingWhyWhatToDoAndHowToReproduce() {
    assertThat(Program.run("fault", "explain", "tls.offer.masked").out())
        .contains("\n4.4.317: ", "\nWhat is seen\n", "XXXXXXXA")
        .containsPattern(
            "What Microsoft 365 shows\n  450 4.4.317 Cannot connect to remote server \\[Message=451 5.7.3")
        .contains("\nPossible causes\n  - ", "\nHow to tell which\n  - ", "\nWhat to do\n  - ")
        .contains("fault set HOST --id tls.offer.masked");
  }

  @Test
  void aFaultThatBelongsToAMailDomainIsTriedByMx() {
    assertThat(Program.run("fault", "explain", "dns.null-mx").out()).contains("556 5.1.10");
  }

  @Test
  void aFaultThatHarmsNoMailIsSaidToBeDelivered() {
    assertThat(Program.run("fault", "explain", "shape.code-only").out())
        .contains("nothing: delivered");
  }

  @Test
  void whatHasToBeStagedIsSaidToBe() {
    assertThat(Program.run("fault", "explain", "dns.server-down", "--no-try").out())
        .contains("lab.stage(\"dns.server-down\")")
        .doesNotContain("fault set", "What is seen");
  }

  @Test
  void aMistypedFaultIsGuessed() {
    assertThat(Program.run("fault", "explain", "tcp.refusd").err())
        .contains("did you mean tcp.refused?");
  }

  @Test
  void theLabMakesEveryFaultOfTheCatalogue() {
    assertThat(listed()).allMatch(fault -> fault.path("implemented").asBoolean());
  }

  @Test
  void anExplanationTellsWhatEachCodeMeans() {
    assertThat(Program.run("fault", "explain", "cert.name").out())
        .contains("\nnone: ", "\n4.7.320: ")
        .doesNotContain("\nremote: ");
    assertThat(Program.run("fault", "explain", "smtp.rcpt.5yz").out()).contains("\nremote: ");
  }

  @Test
  void anExplanationInJsonIsTheFaultAsListed() {
    assertThat(Program.run("fault", "explain", "tcp.refused", "--json").json())
        .isEqualTo(fault("tcp.refused"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "tcp.bored", "TCP.REFUSED", "\u001b[31mred"})
  void whatIsNotInTheCatalogueIsWrongUsage(String id) {
    Program program = Program.run("fault", "explain", id);

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err())
        .startsWith("There is no fault ")
        .contains("mailflow fault list")
        .hasLineCount(1)
        .doesNotContain("\u001b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"fault", "fault explain", "fault list tcp", "fault explain a b"})
  void wrongUsageIsSaidOnStandardError(String line) {
    Program program = Program.run(line.split(" "));

    assertThat(program.status()).isEqualTo(2);
    assertThat(program.out()).isEmpty();
    assertThat(program.err()).isNotBlank();
  }

  private static JsonNode listed() {
    return Program.run("fault", "list", "--json").json().path("faults");
  }

  private static JsonNode fault(String id) {
    for (JsonNode fault : listed()) {
      if (fault.path("id").asText().equals(id)) {
        return fault;
      }
    }
    throw new AssertionError("not listed: " + id);
  }
}
