package io.github.mailflowlab.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.lab.order.When;
import io.github.mailflowlab.lab.order.Who;
import io.github.mailflowlab.time.WorkInFlight;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class OrderTest {
  private static final FaultOrder BUSY = order("where=rcpt;what=reply 450 4.2.1 Mailbox busy");

  private final LabClock clock =
      LabClock.start(
          Optional.of(
              new ClockState(SystemTime.source().instant(), LabExtension.LAB_TIME, 1, true)),
          new WorkInFlight(),
          course -> {});
  private final Lab lab = Lab.start(clock, 7);

  @AfterEach
  void close() {
    lab.close();
    clock.close();
  }

  @Test
  void actsUntilItIsTakenAway() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    try (PlainClient client = greeted(host)) {
      host.add(BUSY);
      assertThat(client.send("MAIL FROM:<a@contoso.example>")).startsWith("250");
      assertThat(client.send("RCPT TO:<b@contoso.example>")).isEqualTo("450 4.2.1 Mailbox busy");
      assertThat(host.remove("rcpt.reply")).isTrue();
      assertThat(client.send("RCPT TO:<b@contoso.example>")).startsWith("250");
      assertThat(host.remove("rcpt.reply")).isFalse();
    }
  }

  @Test
  void letsTheLaterOrderWinAndTheOneBelowActWhereItDoesNot() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.faults(
        List.of(
            order("id=smtp.rcpt.5yz"),
            order("where=rcpt;what=reply 452 4.2.2 Full;who.recipient=full@*"),
            order("where=mail;what=reply 451 4.3.0 Not you;who.sender=*@fabrikam.example")));
    try (PlainClient client = greeted(host)) {
      assertThat(client.send("MAIL FROM:<a@fabrikam.example>")).isEqualTo("451 4.3.0 Not you");
      assertThat(client.send("MAIL FROM:<a@contoso.example>")).startsWith("250");
      assertThat(client.send("RCPT TO:<b@contoso.example>")).isEqualTo("550 5.1.1 User unknown");
      assertThat(client.send("RCPT TO:<full@contoso.example>")).isEqualTo("452 4.2.2 Full");
    }
  }

  @Test
  void tellsWhatBecameOfEachOrder() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(BUSY.about(Who.ANYBODY.withRecipient("full@*")).named("full"));
    host.add(FaultOrder.of("smtp.quit.drop"));
    try (PlainClient client = greeted(host)) {
      client.send("MAIL FROM:<a@contoso.example>");
      client.send("RCPT TO:<b@contoso.example>");
      client.send("RCPT TO:<full@contoso.example>");
    }
    assertThat(host.faults())
        .extracting(
            report -> report.order().id(),
            OrderReport::reached,
            OrderReport::matched,
            OrderReport::acted,
            OrderReport::nearMiss)
        .containsExactly(
            tuple("full", 2L, 1L, 1L, Optional.of("recipient b@contoso.example (ordered: full@*)")),
            tuple("smtp.quit.drop", 0L, 0L, 0L, Optional.empty()));
    assertThat(host.sessions().get(0).faults()).containsExactly("full");
    assertThat(host.sessions().get(0).transcript()).contains("* fault: full");
    assertThat(lab.neverMet().get("mail.contoso.example"))
        .extracting(report -> report.order().id())
        .containsExactly("smtp.quit.drop");
  }

  @Test
  void actsTwiceAndThenIsFine() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.of("smtp.banner.421").when(When.times(2)));
    assertThat(banners(host, 3)).containsExactly("421", "421", "220");
  }

  @Test
  void passesOverTheFirstAndThenActsOnEverySecond() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(order("where=banner;what=reply 554 5.7.1 No;when.after=1;when.every=2"));
    assertThat(banners(host, 6)).containsExactly("220", "554", "220", "554", "220", "554");
  }

  @Test
  void drawsTheSameWithTheSameSeed() throws IOException {
    FaultOrder order = FaultOrder.of("smtp.banner.554");
    FaultOrder sometimes = FaultOrder.check(with(order, "when.chance", "0.5")).value();
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(sometimes);
    List<String> first = banners(host, 20);
    assertThat(first).contains("220", "554");

    try (Lab again = Lab.start(clock, 7);
        Lab other = Lab.start(clock, 8)) {
      NamedHost same = again.host("mail.contoso.example", 0);
      same.add(sometimes);
      assertThat(banners(same, 20)).isEqualTo(first);
      NamedHost different = other.host("mail.contoso.example", 0);
      different.add(sometimes);
      assertThat(banners(different, 20)).isNotEqualTo(first);
    }
  }

  @Test
  void letsPassAQuotaOfRealTrafficOnTheClock() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(order("where=banner;what=reply 421 4.7.0 Too many;when.quota=2/PT1M"));
    assertThat(banners(host, 4)).containsExactly("220", "220", "421", "421");
    advance(Duration.ofSeconds(59));
    assertThat(banners(host, 1)).containsExactly("421");
    advance(Duration.ofSeconds(1));
    assertThat(banners(host, 3)).containsExactly("220", "220", "421");
  }

  @Test
  void greylistsEachTriplet() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.at(Stage.RCPT, "greylist PT5M"));
    try (PlainClient client = greeted(host)) {
      client.send("MAIL FROM:<a@contoso.example>");
      assertThat(client.send("RCPT TO:<b@contoso.example>")).startsWith("450 4.7.1");
      advance(Duration.ofMinutes(5).minusSeconds(1));
      assertThat(client.send("RCPT TO:<B@contoso.example>")).startsWith("450 4.7.1");
      assertThat(client.send("RCPT TO:<c@contoso.example>")).startsWith("450 4.7.1");
      advance(Duration.ofSeconds(1));
      assertThat(client.send("RCPT TO:<b@contoso.example>")).startsWith("250");
      assertThat(client.send("RCPT TO:<c@contoso.example>")).startsWith("450 4.7.1");
    }
    assertThat(host.faults().get(0).acted()).isEqualTo(4);
  }

  @Test
  void closesAndOpensAtATime() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(
        FaultOrder.of("tcp.refused").when(When.between(Duration.ofHours(1), Duration.ofHours(2))));
    assertThat(banners(host, 1)).containsExactly("220");
    advance(Duration.ofHours(1));
    assertThatThrownBy(() -> banners(host, 1)).hasMessageContaining("refused");
    advance(Duration.ofHours(1));
    assertThat(banners(host, 1)).containsExactly("220");
    assertThat(host.faults()).hasSize(1);
    assertThat(lab.neverMet()).isEmpty();
  }

  @Test
  void isGoneWhenItsTimeHasRunOut() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.of("tcp.refused").lasting(Duration.ofMinutes(10)));
    host.add(FaultOrder.of("smtp.banner.554").lasting(Duration.ofMinutes(20)));
    assertThatThrownBy(() -> banners(host, 1)).hasMessageContaining("refused");
    advance(Duration.ofMinutes(10));
    assertThat(banners(host, 1)).containsExactly("554");
    advance(Duration.ofMinutes(10));
    assertThat(banners(host, 1)).containsExactly("220");
    assertThat(host.faults()).isEmpty();
  }

  @Test
  void stacksWhatIsDecidedWhenAConnectionIsAccepted() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.of("tls.offer.absent"));
    host.add(FaultOrder.of("fw.asa-limits"));
    try (PlainClient client = PlainClient.connect(host.smartHost())) {
      assertThat(client.talk("EHLO client.example")).doesNotContain("STARTTLS", "CHUNKING");
      assertThat(client.send("NOOP " + "x".repeat(600))).isEqualTo("EOF");
    }
    assertThat(host.sessions().get(0).faults())
        .containsExactly("tls.offer.absent", "fw.asa-limits");
  }

  @Test
  void storesAndThenLosesTheFinalReply() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(FaultOrder.at(Stage.DOT, "lose").when(When.times(1)));
    try (PlainClient client = greeted(host)) {
      assertThat(deliver(client)).isEqualTo("EOF");
    }
    try (PlainClient client = greeted(host)) {
      assertThat(deliver(client)).startsWith("250");
    }
    assertThat(host.received()).hasSize(2);
  }

  @Test
  void knowsWhomAnOrderIsAbout() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(order("where=dot;what=reply 552 5.3.4 Too big;who.sizeAtLeast=100"));
    host.add(order("where=ehlo;what=reply 550 5.7.1 Not you;who.helo=spam.*"));
    host.add(order("where=banner;what=reply 554 5.7.1 Not there;who.client=127.0.0.9"));
    try (PlainClient client = PlainClient.connect(host.smartHost())) {
      assertThat(client.talk("EHLO spam.example")).isEqualTo("550 5.7.1 Not you");
      assertThat(client.send("EHLO client.example")).startsWith("250");
      assertThat(deliver(client)).startsWith("250");
      client.send("MAIL FROM:<a@contoso.example>");
      client.send("RCPT TO:<b@contoso.example>");
      client.send("DATA");
      assertThat(client.sendRaw("x".repeat(98) + "\r\n.\r\n")).startsWith("552 5.3.4");
    }
  }

  @Test
  void refusesWhatItCannotCarryOut() {
    NamedHost host = lab.host("mail.contoso.example", 0);
    assertThatThrownBy(() -> host.add(FaultOrder.of("dns.null-mx")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("takes no domain's mail");
    assertThatThrownBy(() -> lab.host("MAIL.contoso.example", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("a name of its own");
    assertThat(host.faults()).isEmpty();
  }

  @Test
  void keepsTheOldOrdersWhenANewOneCannotBeCarriedOut() {
    NamedHost host = lab.host("mail.contoso.example", 0);
    host.add(BUSY);
    assertThatThrownBy(() -> host.faults(List.of(FaultOrder.of("dns.null-mx"))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(host.faults()).extracting(OrderReport::order).containsExactly(BUSY);
  }

  @Test
  void givesThePortBackWhenClosed() throws IOException {
    NamedHost host = lab.host("mail.contoso.example", 0);
    int port = host.smartHost().port();
    assertThatThrownBy(() -> lab.host("other.contoso.example", port))
        .hasMessageContaining(Integer.toString(port));
    host.close();
    NamedHost again = lab.host("mail.contoso.example", port);
    assertThat(banners(again, 1)).containsExactly("220");
  }

  private static FaultOrder order(String text) {
    Map<String, String> written = new HashMap<>();
    for (String pair : text.split(";")) {
      String[] parts = pair.split("=", 2);
      written.put(parts[0], parts[1]);
    }
    return FaultOrder.check(written).value();
  }

  private static Map<String, String> with(FaultOrder order, String key, String value) {
    Map<String, String> written = new HashMap<>(order.written());
    written.put(key, value);
    return written;
  }

  private void advance(Duration by) {
    clock.advance(by).toCompletableFuture().join();
  }

  private static PlainClient greeted(NamedHost host) throws IOException {
    PlainClient client = PlainClient.connect(host.smartHost());
    assertThat(client.talk("EHLO client.example")).startsWith("250");
    return client;
  }

  private static String deliver(PlainClient client) {
    client.send("MAIL FROM:<a@contoso.example>");
    client.send("RCPT TO:<b@contoso.example>");
    assertThat(client.send("DATA")).startsWith("354");
    return client.sendRaw("Message-ID: <1@contoso.example>\r\n\r\nHello\r\n.\r\n");
  }

  private static List<String> banners(NamedHost host, int count) throws IOException {
    List<String> codes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      try (PlainClient client = PlainClient.connect(host.smartHost())) {
        codes.add(client.reply().substring(0, 3));
      }
    }
    return codes;
  }
}
