package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Greetings, and what EHLO is told, beyond a single odd reply. */
@ExtendWith(LabExtension.class)
final class GreetingFaultTest {
  private final Lab lab;

  GreetingFaultTest(Lab lab) {
    this.lab = lab;
  }

  private PlainClient connect(StagedFault fault) throws IOException {
    return PlainClient.connect(fault.smartHost());
  }

  @Test
  void greetsLateButGreets() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.late");
        PlainClient client = connect(fault)) {
      assertThat(client.impatient().reply()).isEqualTo("silence");
      assertThat(client.patient().reply()).startsWith("220 ");
      assertThat(client.send("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void greetsInDrops() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.drip");
        PlainClient client = connect(fault)) {
      assertThat(client.segment()).startsWith("2").doesNotContain("Lab");
      assertThat(client.reply()).endsWith("Lab");
      assertThat(client.send("NOOP")).startsWith("250 ");
    }
  }

  @Test
  void waitsForTheClientToSpeakFirst() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.waits");
        PlainClient client = connect(fault)) {
      assertThat(client.impatient().reply()).isEqualTo("silence");
      assertThat(client.patient().send("EHLO client.example")).startsWith("220 ");
      assertThat(client.reply()).startsWith("250-");
    }
  }

  @Test
  void closesRightAfterTheGreeting() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.then-close");
        PlainClient client = connect(fault)) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.reply()).isEqualTo("EOF");
    }
  }

  @Test
  void greetsInAHundredLines() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.multiline");
        PlainClient client = connect(fault)) {
      assertThat(client.reply().lines()).hasSize(100).last().asString().startsWith("220 ");
    }
  }

  @Test
  void speaksAnotherProtocol() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.foreign");
        PlainClient client = connect(fault)) {
      assertThat(client.segment()).startsWith("SSH-2.0-");
    }
  }

  @Test
  void introducesItselfByTheClientsName() throws IOException {
    try (StagedFault fault = lab.stage("smtp.banner.self");
        PlainClient client = connect(fault)) {
      assertThat(client.talk("EHLO client.example")).startsWith("250-client.example\n250-");
      assertThat(client.send("EHLO $1\\")).startsWith("250-1\n250-");
      assertThat(client.send("HELO client.example")).isEqualTo("250 client.example");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"smtp.ehlo.550, 550, 250", "smtp.helo.5yz, 550, 550"})
  void refusesEhlo(String id, String toEhlo, String toHelo) throws IOException {
    try (StagedFault fault = lab.stage(id);
        PlainClient client = connect(fault)) {
      assertThat(client.talk("EHLO client.example")).startsWith(toEhlo);
      assertThat(client.send("HELO client.example")).startsWith(toHelo);
    }
  }

  @Test
  void endsTheLinesOfTheReplyToEhloInLfAlone() throws IOException {
    try (StagedFault fault = lab.stage("smtp.ehlo.bare-lf");
        PlainClient client = connect(fault)) {
      assertThat(client.reply()).startsWith("220 ");
      client.impatient().write("EHLO client.example\r\nNOOP\r\n");
      assertThat(client.readAll()).contains("\n250-PIPELINING\n").endsWith("250 2.0.0 OK\r\n");
    }
  }

  @Test
  void saysItsCapabilitiesInAnOddButLegalWay() throws IOException {
    try (StagedFault fault = lab.stage("smtp.ehlo.caps");
        PlainClient client = connect(fault)) {
      assertThat(client.talk("EHLO client.example").lines())
          .hasSizeBetween(100, 127)
          .contains(
              "250-starttls", "250-size", "250-x-odd", "250-odd=1", "250 enhancedstatuscodes");
      assertThat(client.send("MAIL FROM:<>")).startsWith("250 ");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"HTTP/1.1 400 Bad Request\r\n", "+OK POP3 ready\r\n", "\u0015\u0003\u0001\0\2\2F"})
  void canBeGivenABehaviourThatTheCatalogueDoesNotList(String greeting) throws IOException {
    HostBehaviour foreign = HostBehaviour.HEALTHY.with(Stage.BANNER, Action.raw(greeting));
    try (StagedFault fault = lab.stage(foreign);
        PlainClient client = connect(fault)) {
      assertThat(fault.id()).isEqualTo("none");
      assertThat(client.segment()).isEqualTo(greeting);
    }
  }
}
