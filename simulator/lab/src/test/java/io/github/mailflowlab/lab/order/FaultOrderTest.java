package io.github.mailflowlab.lab.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.Lab;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FaultOrderTest {
  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "id=tcp.refused",
        "id=tcp.refused; when.daily=22:00-06:00; ttl=PT48H",
        "id=dns.servfail; when.from=PT1H; when.until=2031-05-07T00:00:00Z",
        "id=smtp.rcpt.5yz; who.recipient=*@contoso.example, bob@*; when.times=2",
        "id=tls.hs.stall; who.client=127.0.0.*; when.chance=0.25",
        "id=rcpt.reply; where=rcpt; what=reply 450 4.2.1 Mailbox busy; when.after=1; when.every=3",
        "id=busy; where=mail; what=reply 421 4.3.2 Later; who.sender=a@*; who.sizeAtLeast=1000",
        "id=ehlo.close; where=ehlo; what=close; who.helo=*.example",
        "id=dot.lose; where=dot; what=lose; when.quota=100/PT1H",
        "id=data.raw; where=data; what=raw 250ok\\x00\\r\\n",
        "id=banner.delay; where=banner; what=delay PT5S",
        "id=rcpt.greylist; where=rcpt; what=greylist PT5M",
        "id=connect.cap; where=connect; what=cap 5",
        "id=connect.swallow; where=connect; what=swallow",
      })
  void readsAnOrderAndWritesItAsItWas(String text) {
    Map<String, String> written = written(text);
    assertThat(FaultOrder.check(written).value().written()).containsExactlyEntriesOf(written);
  }

  @Test
  void namesAnOrderOfOnesOwnAfterItsParts() {
    assertThat(FaultOrder.check(written("where=rcpt; what=close")).value().id())
        .isEqualTo("rcpt.close");
    assertThat(FaultOrder.at(Stage.RCPT, "close").id()).isEqualTo("rcpt.close");
    assertThat(FaultOrder.at(Stage.RCPT, "close").named("mine").id()).isEqualTo("mine");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "ttl=PT1H | id: missing (expected: id, or where and what)",
        "id=tcp.refusd | id: \"tcp.refusd\" (expected: an id of the catalogue) (did you mean tcp.refused?)",
        "id=nothing.like.it | id: \"nothing.like.it\" (expected: an id of the catalogue)",
        "id=dns.server-down | id: \"dns.server-down\" (needs DNS servers of its own; expected: another fault of DNS)",
        "id=tcp.refused; where=rcpt | what: missing beside where",
        "id=x; what=close | where: missing beside what",
        "where=rctp; what=close | where: \"rctp\" (expected: one of: connect, banner, ehlo, starttls, tls, certificate, mail, rcpt, data, body, dot, rset, quit) (did you mean rcpt?)",
        "where=dns; what=close | where: \"dns\" (expected: one of: connect, banner, ehlo, starttls, tls, certificate, mail, rcpt, data, body, dot, rset, quit)",
        "where=body; what=reply 450 4.2.1 No | what: \"reply 450 4.2.1 No\" at body (expected: close, reset, silence)",
        "where=rcpt; what=sillence | what: \"sillence\" at rcpt (expected: reply, raw, close, reset, silence, delay, drip, greylist) (did you mean silence?)",
        "where=rcpt; what=reply 250 OK | what: \"reply 250 OK\" (expected: for example reply 450 4.2.1 Mailbox busy)",
        "where=rcpt; what=close now | what: \"close now\" (expected: for example close)",
        "where=connect; what=cap 0 | what: \"cap 0\" (expected: for example cap 5)",
        "id=tcp.refused; where=rcpt; what=close | id: \"tcp.refused\" (that is a fault of the catalogue; expected: a name of your own)",
        "id=tcp.refused; who.client=127.0.0.1 | who.client: is not known when this fault acts (before a connection)",
        "id=tcp.refused; when.times=2 | when.times: nobody sees whom this fault meets (expected: from, until, daily or a ttl)",
        "id=cert.expired; who.sender=a@* | who.sender: is not known when this fault acts (decided when a connection is accepted)",
        "id=smtp.mail.4yz; who.recipient=a@* | who.recipient: is not known when this fault acts (at mail)",
        "id=smtp.quit.drop; who.sender=a@* | who.sender: is not known when this fault acts (at quit)",
        "id=smtp.banner.421; who.helo=a | who.helo: is not known when this fault acts (at banner)",
        "id=smtp.rcpt.4yz; when.chance=1.1 | when.chance: \"1.1\" (expected: over 0 and up to 1, such as 0.3)",
        "id=smtp.rcpt.4yz; when.chance=0 | when.chance: \"0\" (expected: over 0 and up to 1, such as 0.3)",
        "id=smtp.rcpt.4yz; when.times=0 | when.times: \"0\" (expected: a number, 1 to 1000000)",
        "id=smtp.rcpt.4yz; when.daily=22:00 | when.daily: \"22:00\" (expected: two times of day, UTC, such as 22:00-06:00)",
        "id=smtp.rcpt.4yz; when.quota=10 | when.quota: \"10\" (expected: a number and a duration such as 100/PT1H)",
        "id=smtp.rcpt.4yz; when.from=noon | when.from: \"noon\" (expected: a duration after the order such as PT10M, or an instant)",
        "id=smtp.rcpt.4yz; ttl=-PT1H | ttl: \"-PT1H\" (expected: a duration such as PT30S, at most PT87840H)",
        "id=smtp.rcpt.4yz; who.recipients=a | who.recipients: unknown key (did you mean who.recipient?)",
      })
  void saysWhatIsWrong(String text, String problem) {
    assertThat(FaultOrder.check(written(text)).problems().stream().map(ConfigProblem::toString))
        .containsExactly(problem);
  }

  @Test
  void saysAllThatIsWrongAtOnce() {
    Checked<FaultOrder> checked =
        FaultOrder.check(written("id=tcp.bored; when.chance=7; ttl=soon; why=so"));
    assertThat(checked.problems().stream().map(ConfigProblem::key))
        .containsExactlyInAnyOrder("why", "ttl", "when.chance", "id");
  }

  @Test
  void takesEveryFaultOfTheLabButThoseOfServers() {
    assertThat(
            Lab.implementedFaultIds().stream()
                .filter(id -> !FaultOrder.check(Map.of("id", id)).problems().isEmpty())
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrder("dns.server-down", "dns.tc-tcp-refused", "dns.lame-refused");
  }

  @Test
  void refusesInJavaWhatItRefusesInText() {
    assertThatThrownBy(() -> FaultOrder.of("tcp.bored"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultOrder.at(Stage.BODY, "delay PT1S"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> FaultOrder.of("tcp.refused").when(When.times(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(FaultOrder.of("tcp.refused").lasting(Duration.ofHours(1)).ttl())
        .contains(Duration.ofHours(1));
  }

  private static Map<String, String> written(String text) {
    Map<String, String> written = new LinkedHashMap<>();
    for (String pair : text.split("; ")) {
      String[] parts = pair.split("=", 2);
      written.put(parts[0], parts[1]);
    }
    return written;
  }
}
