package io.github.mailflowlab.environment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.lab.HostPlan;
import io.github.mailflowlab.settings.Problems;
import io.github.mailflowlab.settings.Section;
import io.github.mailflowlab.settings.SettingsProblem;
import io.github.mailflowlab.settings.YamlFile;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class HostsSectionTest {
  private final Problems problems = new Problems("lab.yaml");

  @Test
  void readsAHostAsItIsWrittenDown() {
    List<HostPlan> hosts =
        read(
            """
            hosts:
              - name: Mail.contoso.example
                port: 2525
                address: 127.0.0.3
                mailDomains: [contoso.example]
                without: [DSN, CHUNKING]
                addresses: true
                ttl: PT1H
                faults:
                  - id: smtp.rcpt.4yz
                    who: { recipient: "*@contoso.example" }
                    when: { times: 2, from: 2031-05-07T00:00:00Z, chance: 0.5 }
                    ttl: PT24H
                  - { where: mail, what: "reply 451 4.3.0 Later" }
            """);
    assertThat(problems.inOrder()).isEmpty();
    HostPlan host = hosts.get(0);
    assertThat(host.name()).hasToString("mail.contoso.example");
    assertThat(host.port()).isEqualTo(2525);
    assertThat(host.address()).isEqualTo("127.0.0.3");
    assertThat(host.mailDomains()).hasToString("[contoso.example]");
    assertThat(host.without()).containsExactly("DSN", "CHUNKING");
    assertThat(host.addresses()).isTrue();
    assertThat(host.ttl()).isEqualTo(Duration.ofHours(1));
    assertThat(host.faults().get(0).written())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "id", "smtp.rcpt.4yz",
                "who.recipient", "*@contoso.example",
                "when.times", "2",
                "when.from", "2031-05-07T00:00:00Z",
                "when.chance", "0.5",
                "ttl", "PT24H"));
    assertThat(host.faults().get(1).id()).isEqualTo("mail.reply");
  }

  @Test
  void needsNoMoreThanAName() {
    assertThat(read("hosts: [{ name: mail.contoso.example }]"))
        .containsExactly(HostPlan.of("mail.contoso.example", 0));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void saysAllThatIsWrongAndWhere() {
    read(
        """
        hosts:
          - port: 70000
            without: [DNS]
          - name: mail.contoso.example
            adress: 127.0.0.1
            faults:
              - id: tcp.refusd
              - id: dns.null-mx
              - id: smtp.rcpt.4yz
                who: { recipients: "*@contoso.example" }
                when: { times: often }
              - where: body
                what: reply 450 4.2.1 Busy
                who:
                  sender: [a, b]
          - name: MAIL.contoso.example
        """);
    assertThat(problems.inOrder())
        .extracting(SettingsProblem::toString)
        .containsExactly(
            "lab.yaml:2: hosts[0].name: missing (expected: a host name)",
            "lab.yaml:2: hosts[0].port: \"70000\" (expected: a number from 1 to 65535)",
            "lab.yaml:3: hosts[0].without: \"DNS\" (expected: some of PIPELINING, 8BITMIME,"
                + " STARTTLS, SIZE, ENHANCEDSTATUSCODES, CHUNKING, DSN, SMTPUTF8, each once)",
            "lab.yaml:4: hosts[1].mailDomains: missing (expected: the domain that one of the"
                + " faults is about)",
            "lab.yaml:5: hosts[1].adress: unknown key (expected one of: name, port, address,"
                + " mailDomains, without, addresses, ttl, faults)",
            "lab.yaml:7: hosts[1].faults[0].id: \"tcp.refusd\" (expected: an id of the catalogue)"
                + " (did you mean tcp.refused?)",
            "lab.yaml:10: hosts[1].faults[2].who.recipients: unknown key (expected one of: client,"
                + " helo, sender, recipient, sizeAtLeast)",
            "lab.yaml:11: hosts[1].faults[2].when.times: \"often\" (expected: a number, 1 to"
                + " 1000000)",
            "lab.yaml:15: hosts[1].faults[3].who.sender: expected: text (in quotes if it has"
                + " another meaning)",
            "lab.yaml:16: hosts[2].name: \"mail.contoso.example\" is there twice");
  }

  @Test
  void refusesTwoHostsInOnePlace() {
    read(
        """
        hosts:
          - { name: a.example, port: 2525 }
          - { name: b.example, port: 2525, address: 127.0.0.3 }
          - { name: c.example, port: 2525 }
        """);
    assertThat(problems.inOrder())
        .extracting(SettingsProblem::toString)
        .containsExactly(
            "lab.yaml:4: hosts[2].port: 127.0.0.1:2525 is there twice (expected: another port or"
                + " address)");
  }

  private List<HostPlan> read(String yaml) {
    Section top = YamlFile.section(yaml, problems);
    return HostsSection.read(top.sections("hosts").orElseThrow());
  }
}
