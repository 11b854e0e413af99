package io.github.mailflowlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValidateTest {
  private static Lab lab;

  @BeforeAll
  static void startLab() {
    lab = Lab.start(SystemTime.source());
  }

  @AfterAll
  static void closeLab() {
    lab.close();
  }

  @Test
  void aHealthyServerGetsTheTestMail() {
    try (StagedFault server = lab.stageHealthy()) {
      Program validation = validate(List.of(server), "--json");

      assertThat(validation.status()).isZero();
      assertThat(validation.err()).isEmpty();
      JsonNode document = validation.json();
      assertThat(document.properties())
          .extracting(field -> field.getKey())
          .contains(
              "succeeded",
              "code",
              "lastError",
              "stage",
              "destinationServer",
              "advice",
              "tasks",
              "transcript");
      assertThat(document.path("succeeded").asBoolean()).isTrue();
      assertThat(document.path("code").asText()).isEqualTo("2.0.0");
      assertThat(document.get("lastError").isNull()).isTrue();
      assertThat(document.path("stage").asText()).isEqualTo("done");
      assertThat(document.path("advice")).isEmpty();
      assertThat(document.path("destinationServer").toString())
          .isEqualTo(
              "{\"name\":\"%s\",\"address\":\"127.0.0.1\",\"port\":%d}"
                  .formatted(server.smartHost().host(), server.smartHost().port()));
      assertThat(tasks(document))
          .containsExactly(
              "Check connectivity to " + server.smartHost() + ": Succeeded",
              "Send test email to bob@onprem.example: Succeeded");
      assertThat(document.path("transcript").path(0).isTextual()).isTrue();
      assertThat(server.received())
          .singleElement()
          .satisfies(
              mail -> {
                assertThat(mail.reversePath()).isEqualTo("O365ConnectorValidation@onprem.example");
                assertThat(new String(mail.content(), StandardCharsets.US_ASCII))
                    .contains("Subject: Test email for connector validation\r\n");
              });
    }
  }

  @ParameterizedTest
  @CsvSource({
    "dns.nxdomain, 4.4.312, dns, opportunistic",
    "tcp.refused, 4.4.316, connect, opportunistic",
    "tcp.blackhole, 4.4.315, connect, opportunistic",
    "tls.offer.absent, 4.4.317, starttls, encryption",
    "cert.expired, 4.7.320, certificate, certificate",
    "smtp.rcpt.5yz, 5.1.1, rcpt, opportunistic",
  })
  void aBrokenServerFailsWithItsCodeAndStage(String fault, String code, String stage, String tls) {
    try (StagedFault server = lab.stage(fault)) {
      Program validation =
          validate(
              List.of(server),
              "--json",
              "--tls",
              tls,
              "--trust",
              lab.trust().toString(),
              "--connect-timeout",
              "PT0.2S");

      assertThat(validation.status()).isEqualTo(1);
      JsonNode document = validation.json();
      assertThat(document.path("succeeded").asBoolean()).isFalse();
      assertThat(document.path("code").asText()).isEqualTo(code);
      assertThat(document.path("lastError").asText()).contains(code);
      assertThat(document.path("stage").asText()).isEqualTo(stage);
      assertThat(document.path("advice")).isNotEmpty();
      assertThat(document.path("destinationServer").path("name").asText())
          .isEqualTo(server.smartHost().host());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dns.nxdomain     | opportunistic | InfoDomainNonexistent | ; stage dns",
        "tcp.blackhole    | opportunistic | 10060                 | ; stage connect, limit PT0.2S",
        "tcp.refused      | opportunistic | 10061                 | ; stage connect",
        "smtp.banner.none | opportunistic | at stage banner       | ; stage banner, limit PT0.5S",
        "tls.hs.stall     | encryption    | TimedOut              | ; stage tls, limit PT0.5S",
        "tls.hs.eof       | encryption    | ConnectionAborted     | ; stage tls",
        "cert.expired     | certificate   | Thumbprint:           | ; stage certificate",
        "smtp.dot.5yz     | opportunistic | 5                     | ; stage dot",
      })
  void aFailureIsToldWithItsStageAndTheLimitThatRanOut(
      String fault, String tls, String message, String end) {
    try (StagedFault server = lab.stage(fault)) {
      Program validation =
          validate(
              List.of(server),
              "--json",
              "--tls",
              tls,
              "--trust",
              lab.trust().toString(),
              "--connect-timeout",
              "PT0.2S",
              "--command-timeout",
              "PT0.5S");

      assertThat(validation.json().path("tasks"))
          .filteredOn(task -> task.path("status").asText().equals("Failed"))
          .singleElement()
          .satisfies(
              task ->
                  assertThat(task.path("detail").asText())
                      .startsWith(validation.json().path("lastError").asText())
                      .contains(message)
                      .endsWith(end));
    }
  }

  @Test
  void anUnreachableServerIsSentNoMail() {
    try (StagedFault server = lab.stage("tcp.refused")) {
      assertThat(tasks(validate(List.of(server), "--json").json()))
          .containsExactly(
              "Check connectivity to " + server.smartHost() + ": Failed",
              "Send test email to bob@onprem.example: Skipped");
    }
  }

  @Test
  void withNoMailTheServerIsOnlyGreeted() {
    try (StagedFault server = lab.stageHealthy()) {
      Program validation = validate(List.of(server), "--json", "--no-mail");

      assertThat(validation.status()).isZero();
      assertThat(validation.json().path("code").asText()).isEqualTo("2.0.0");
      assertThat(tasks(validation.json()))
          .last()
          .isEqualTo("Send test email to bob@onprem.example: Skipped");
      assertThat(server.received()).isEmpty();
    }
  }

  @Test
  void aDeadServerBesideALivingOneFailsAlthoughTheMailArrives() {
    try (StagedFault dead = lab.stage("tcp.refused");
        StagedFault living = lab.stageHealthy()) {
      Program validation = validate(List.of(dead, living), "--json");

      assertThat(validation.status()).isEqualTo(1);
      JsonNode document = validation.json();
      assertThat(document.path("code").asText()).isEqualTo("4.4.316");
      assertThat(document.path("destinationServer").path("name").asText())
          .isEqualTo(dead.smartHost().host());
      assertThat(tasks(document))
          .containsExactly(
              "Check connectivity to " + dead.smartHost() + ": Failed",
              "Check connectivity to " + living.smartHost() + ": Succeeded",
              "Send test email to bob@onprem.example: Succeeded");
      assertThat(living.received()).hasSize(1);
    }
  }

  @Test
  void peopleReadTasksTranscriptAndAdvice() {
    try (StagedFault server = lab.stage("smtp.rcpt.5yz")) {
      Program validation = validate(List.of(server));

      assertThat(validation.status()).isEqualTo(1);
      assertThat(validation.out())
          .startsWith("TASK")
          .contains("~> RCPT TO:<bob@onprem.example>", "Failed at stage rcpt: 550 5.1.1", "  - ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--to bob@onprem.example",
        "--smart-host mail.onprem.example",
        "--smart-host mail.onprem.example --to bob",
        "--smart-host mail.onprem.example:0 --to bob@onprem.example",
        "--smart-host mail.onprem.example:65536 --to bob@onprem.example",
        "--smart-host mail.onprem.example --to bob@onprem.example --smtp-from alice",
        "--smart-host mail.onprem.example --to bob@onprem.example --tls strict",
        "--smart-host mail.onprem.example --to bob@onprem.example --tls domain",
        "--smart-host mail.onprem.example --to bob@onprem.example --tls-domain x.example",
        "--smart-host mail.onprem.example --to bob@onprem.example --dns resolver.example",
        "--smart-host mail.onprem.example --to bob@onprem.example --trust nosuch.pem",
        "--smart-host mail.onprem.example --to bob@onprem.example --connect-timeout 5",
        "--smart-host mail.onprem.example --to bob@onprem.example --connect-timeout PT0S",
        "--smart-host mail.onprem.example --to bob@onprem.example --command-timeout -PT1S",
      })
  void wrongUsageIsSaidOnStandardError(String options) {
    List<String> arguments = new ArrayList<>(List.of("validate"));
    arguments.addAll(Arrays.asList(options.split(" ")));

    Program validation = Program.run(arguments.toArray(String[]::new));

    assertThat(validation.status()).isEqualTo(2);
    assertThat(validation.out()).isEmpty();
    assertThat(validation.err()).isNotBlank().doesNotContain("\tat ");
  }

  @Test
  void aTrustFileWithoutCertificatesIsWrongUsage(@TempDir Path folder) throws Exception {
    Path empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n");
    try (StagedFault server = lab.stageHealthy()) {
      Program validation =
          validate(List.of(server), "--tls", "certificate", "--trust", empty.toString());

      assertThat(validation.status()).isEqualTo(2);
      assertThat(validation.err()).contains("empty.pem").doesNotContain("\tat ");
    }
  }

  private static Program validate(List<StagedFault> servers, String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "validate",
                "--to",
                "bob@onprem.example",
                "--dns",
                "127.0.0.1:" + lab.dns().getPort()));
    for (StagedFault server : servers) {
      arguments.add("--smart-host");
      arguments.add(server.smartHost().toString());
    }
    arguments.addAll(Arrays.asList(options));
    return Program.run(arguments.toArray(String[]::new));
  }

  private static List<String> tasks(JsonNode document) {
    List<String> tasks = new ArrayList<>();
    document
        .path("tasks")
        .forEach(
            task -> tasks.add(task.path("task").asText() + ": " + task.path("status").asText()));
    return tasks;
  }
}
