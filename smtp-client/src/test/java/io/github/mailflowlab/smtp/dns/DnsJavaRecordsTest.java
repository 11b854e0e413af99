package io.github.mailflowlab.smtp.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.smtp.dns.DnsRecords.Answer;
import io.github.mailflowlab.smtp.dns.DnsRecords.MailServer;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DnsJavaRecordsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  @Test
  void readsMailServersAndAddressesOfBothFamilies() {
    try (TinyDns dns =
        TinyDns.start(
            Duration.ZERO,
            "rcpt.example. MX 20 b.example.",
            "rcpt.example. MX 10 a.example.",
            "rcpt.example. A 192.0.2.1",
            "rcpt.example. AAAA 2001:db8::1")) {
      DnsRecords records = new DnsJavaRecords(dns.settings(PATIENCE));

      assertThat(join(records.mailServers("rcpt.example")).records())
          .containsExactlyInAnyOrder(
              new MailServer(20, "b.example"), new MailServer(10, "a.example"));
      assertThat(join(records.ipv4("rcpt.example")).records())
          .extracting(InetAddress::getHostAddress)
          .containsExactly("192.0.2.1");
      assertThat(join(records.ipv6("rcpt.example")).records())
          .extracting(InetAddress::getHostAddress)
          .containsExactly("2001:db8:0:0:0:0:0:1");
    }
  }

  @Test
  void readsTheNullMx() {
    try (TinyDns dns = TinyDns.start(Duration.ZERO, "rcpt.example. MX 0 .")) {
      DnsRecords records = new DnsJavaRecords(dns.settings(PATIENCE));

      assertThat(MxRecords.isNull(join(records.mailServers("rcpt.example")).records())).isTrue();
    }
  }

  @Test
  void followsAnAliasOfTheDomainAndOfItsMailServer() {
    try (TinyDns dns =
        TinyDns.start(
            Duration.ZERO,
            "rcpt.example. CNAME hosted.example.",
            "hosted.example. MX 10 mx.example.",
            "mx.example. CNAME real.example.",
            "real.example. A 192.0.2.1")) {
      MailHostResolver resolver =
          new MailHostResolver(
              new DnsJavaRecords(dns.settings(PATIENCE)), new Random(1), address -> false);

      Resolution found =
          resolver.domain(DomainName.of("rcpt.example")).toCompletableFuture().join();

      assertThat(found)
          .isInstanceOfSatisfying(
              Resolution.Found.class,
              ok ->
                  assertThat(ok.targets())
                      .extracting(target -> target.serverName() + " " + target.addressAndPort())
                      .containsExactly("mx.example 192.0.2.1:25"));
    }
  }

  /** Each hop alone is within the limit; only the whole is not. */
  @Test
  void hasOneLimitForAllHopsOfAnAliasTogether() {
    String[] chain =
        Stream.concat(
                IntStream.range(0, 8)
                    .mapToObj(i -> "a" + i + ".example. CNAME a" + (i + 1) + ".example."),
                Stream.of("a8.example. A 192.0.2.1"))
            .toArray(String[]::new);
    try (TinyDns dns = TinyDns.start(Duration.ofMillis(250), chain)) {
      assertThat(join(new DnsJavaRecords(dns.settings(PATIENCE)).ipv4("a0.example")).records())
          .hasSize(1);

      Answer<InetAddress> late =
          join(new DnsJavaRecords(dns.settings(Duration.ofSeconds(1))).ipv4("a0.example"));
      assertThat(late.records()).isEmpty();
      assertThat(late.problem()).isEqualTo(DnsProblem.SILENT);
    }
  }

  @Test
  void takesANameThatDnsCannotSpellForOneThatDoesNotExist() {
    try (TinyDns dns = TinyDns.start(Duration.ZERO, "rcpt.example. A 192.0.2.1")) {
      DnsRecords records = new DnsJavaRecords(dns.settings(PATIENCE));

      assertThat(join(records.ipv4("x".repeat(64) + ".example")).problem())
          .isEqualTo(DnsProblem.NO_SUCH_DOMAIN);
    }
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}
