package io.github.mailflowlab.smtp.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.smtp.dns.DnsRecords.Answer;
import io.github.mailflowlab.smtp.dns.DnsRecords.MailServer;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailHostResolverTest {
  private final Zone zone = new Zone();
  private boolean hasIpv6 = true;
  private final MailHostResolver resolver =
      new MailHostResolver(zone, new Random(7), address -> hasIpv6);

  @Test
  void triesTheMailServersOfASmartHostInOrderOfPreference() {
    zone.mx("mail.example", new MailServer(20, "b.example"), new MailServer(10, "a.example"));
    zone.a("mail.example", "192.0.2.9");
    zone.a("a.example", "192.0.2.1");
    zone.aaaa("a.example", "2001:db8::1");
    zone.a("b.example", "192.0.2.2");

    assertThat(smartHost("mail.example"))
        .containsExactly(
            "mail.example 192.0.2.1:2525",
            "mail.example [2001:db8:0:0:0:0:0:1]:2525",
            "mail.example 192.0.2.2:2525");
  }

  @Test
  void shufflesMailServersOfOnePreference() {
    zone.mx("mail.example", new MailServer(10, "a.example"), new MailServer(10, "b.example"));
    zone.a("a.example", "192.0.2.1");
    zone.a("b.example", "192.0.2.2");

    Set<String> first = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      first.add(smartHost("mail.example").get(0));
    }
    assertThat(first).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"NO_RECORDS", "NO_ANSWER", "NO_SUCH_DOMAIN"})
  void usesASmartHostsOwnAddressWhenThereIsNoMx(DnsProblem mx) {
    zone.mx("mail.example", mx);
    zone.a("mail.example", "192.0.2.1");
    zone.aaaa("mail.example", DnsProblem.NO_ANSWER);

    assertThat(smartHost("mail.example")).containsExactly("mail.example 192.0.2.1:2525");
  }

  @ParameterizedTest
  @CsvSource({
    "NO_SUCH_DOMAIN, NO_SUCH_DOMAIN, NO_SUCH_DOMAIN, NO_SUCH_DOMAIN",
    "NO_RECORDS, NO_RECORDS, NO_RECORDS, NO_RECORDS",
    "NO_ANSWER, NO_ANSWER, NO_ANSWER, NO_ANSWER",
    "NO_RECORDS, NO_RECORDS, NO_ANSWER, NO_ANSWER",
    "NO_ANSWER, NO_RECORDS, NO_RECORDS, NO_RECORDS",
  })
  void tellsWhyASmartHostHasNoAddress(
      DnsProblem mx, DnsProblem four, DnsProblem six, DnsProblem told) {
    zone.mx("mail.example", mx);
    zone.a("mail.example", four);
    zone.aaaa("mail.example", six);

    assertThat(smartHost("mail.example")).containsExactly(told.name());
  }

  @Test
  @DisplayName("dns.aaaa-only: an IPv6 address is none where there is no IPv6")
  void leavesOutIpv6WhereThereIsNone() {
    zone.aaaa("mail.example", "2001:db8::1");
    assertThat(smartHost("mail.example"))
        .containsExactly("mail.example [2001:db8:0:0:0:0:0:1]:2525");

    hasIpv6 = false;
    assertThat(smartHost("mail.example")).containsExactly("NO_RECORDS");

    zone.a("mail.example", "192.0.2.1");
    assertThat(smartHost("mail.example")).containsExactly("mail.example 192.0.2.1:2525");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "224.0.0.1", "::", "ff02::1"})
  void takesNoAddressThatBelongsToNobody(String nobodys) {
    if (nobodys.contains(":")) {
      zone.aaaa("mail.example", nobodys);
    } else {
      zone.a("mail.example", nobodys);
    }

    assertThat(smartHost("mail.example")).containsExactly("NO_RECORDS");
  }

  @Test
  void usesIpv4WhenThereIsNoAnswerAboutIpv6() {
    zone.a("rcpt.example", "192.0.2.1");
    zone.aaaa("rcpt.example", DnsProblem.NO_ANSWER);

    assertThat(domain("rcpt.example")).containsExactly("rcpt.example 192.0.2.1:25");
  }

  @Test
  void takesALiteralAsItIs() {
    assertThat(targets(resolver.smartHost(new SmartHost("2001:db8::1", 25))))
        .containsExactly("2001:db8::1 [2001:db8:0:0:0:0:0:1]:25");
    assertThat(targets(resolver.domain(DomainName.of("[192.0.2.1]"))))
        .containsExactly("192.0.2.1 192.0.2.1:25");
    assertThat(targets(resolver.domain(DomainName.of("[IPv6:2001:db8::1]"))))
        .containsExactly("2001:db8::1 [2001:db8:0:0:0:0:0:1]:25");
    assertThat(targets(resolver.domain(DomainName.of("[nonsense]")))).containsExactly("NO_RECORDS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LocalHost", "mail.localhost"})
  void takesLocalhostForTheLoopbackWhateverDnsSays(String name) {
    zone.mx(name, new MailServer(10, "elsewhere.example"));
    zone.a(name, "192.0.2.1");
    zone.aaaa(name, DnsProblem.NO_SUCH_DOMAIN);

    assertThat(smartHost(name))
        .containsExactly(name + " 127.0.0.1:2525", name + " [0:0:0:0:0:0:0:1]:2525");
    hasIpv6 = false;
    assertThat(smartHost(name)).containsExactly(name + " 127.0.0.1:2525");
  }

  @Test
  void asksDnsForANameThatOnlyLooksLikeLocalhost() {
    zone.a("mylocalhost", "192.0.2.1");
    zone.a("localhost.example", "192.0.2.2");

    assertThat(smartHost("mylocalhost")).containsExactly("mylocalhost 192.0.2.1:2525");
    assertThat(smartHost("localhost.example")).containsExactly("localhost.example 192.0.2.2:2525");
  }

  @Test
  void callsADomainsServersByTheirMxNames() {
    zone.mx("rcpt.example", new MailServer(10, "mx.rcpt.example"));
    zone.a("mx.rcpt.example", "192.0.2.1");

    assertThat(domain("rcpt.example")).containsExactly("mx.rcpt.example 192.0.2.1:25");
  }

  @Test
  void usesADomainsOwnAddressOnlyIfItSurelyHasNoMx() {
    zone.a("rcpt.example", "192.0.2.1");
    assertThat(domain("rcpt.example")).containsExactly("rcpt.example 192.0.2.1:25");

    zone.mx("rcpt.example", DnsProblem.NO_ANSWER);
    assertThat(domain("rcpt.example")).containsExactly("NO_ANSWER");

    zone.mx("rcpt.example", DnsProblem.NO_SUCH_DOMAIN);
    assertThat(domain("rcpt.example")).containsExactly("NO_SUCH_DOMAIN");
  }

  @Test
  void knowsTheNullMx() {
    zone.mx("rcpt.example", new MailServer(0, ""));
    assertThat(domain("rcpt.example")).containsExactly("NULL_MX");

    zone.mx("rcpt.example", new MailServer(0, "."));
    assertThat(domain("rcpt.example")).containsExactly("NULL_MX");
  }

  @Test
  void doesNotUseTheAddressOfASmartHostWithANullMx() {
    zone.mx("mail.example", new MailServer(0, ""));
    zone.a("mail.example", "192.0.2.1");

    assertThat(smartHost("mail.example")).containsExactly("NULL_MX");
  }

  @Test
  void ignoresANullMxBesideAnotherOne() {
    zone.mx("rcpt.example", new MailServer(0, ""), new MailServer(10, "mx.rcpt.example"));
    zone.a("", "192.0.2.66");
    zone.a("mx.rcpt.example", "192.0.2.1");

    assertThat(domain("rcpt.example")).containsExactly("mx.rcpt.example 192.0.2.1:25");
  }

  @Test
  void takesTwoNullMxForOne() {
    zone.mx("rcpt.example", new MailServer(0, ""), new MailServer(10, ""));

    assertThat(domain("rcpt.example")).containsExactly("NULL_MX");
  }

  @Test
  void leavesADomainsOwnAddressAloneWhenItHasMailServers() {
    zone.mx("rcpt.example", new MailServer(10, "mx.rcpt.example"));
    zone.a("rcpt.example", "192.0.2.66");
    zone.a("mx.rcpt.example", DnsProblem.NO_ANSWER);

    assertThat(domain("rcpt.example")).containsExactly("NO_ANSWER");
  }

  @Test
  void goesOnToTheNextMailServerWhenOneHasNoAddress() {
    zone.mx("rcpt.example", new MailServer(10, "a.example"), new MailServer(20, "b.example"));
    zone.a("a.example", DnsProblem.NO_SUCH_DOMAIN);
    zone.a("b.example", "192.0.2.2");

    assertThat(domain("rcpt.example")).containsExactly("b.example 192.0.2.2:25");
  }

  @Test
  void shufflesByItsSeedAlone() {
    MailServer[] equals =
        Stream.of("a", "b", "c", "d")
            .map(label -> new MailServer(10, label + ".example"))
            .toArray(MailServer[]::new);
    List<MailServer> asAnswered = List.of(equals);
    List<MailServer> asAnsweredByAnother = new ArrayList<>(asAnswered);
    Collections.reverse(asAnsweredByAnother);

    assertThat(MxRecords.inOrder(asAnswered, new Random(3)))
        .isEqualTo(MxRecords.inOrder(asAnsweredByAnother, new Random(3)))
        .isNotEqualTo(MxRecords.inOrder(asAnswered, new Random(4)));
  }

  @Test
  void boundsTheNumberOfMailServersAndKeepsThePreferredOnes() {
    zone.mx(
        "rcpt.example",
        Stream.iterate(200, i -> i - 1)
            .limit(200)
            .map(i -> new MailServer(i, "mx" + i + ".example"))
            .toArray(MailServer[]::new));
    for (int i = 1; i <= 200; i++) {
      zone.a("mx" + i + ".example", "192.0.2." + i);
    }

    assertThat(domain("rcpt.example"))
        .hasSize(MxRecords.MAX_SERVERS)
        .startsWith("mx1.example 192.0.2.1:25")
        .endsWith("mx10.example 192.0.2.10:25");
  }

  @Test
  void doesNotTakeAMissingMailServerForAMissingDomain() {
    zone.mx("rcpt.example", new MailServer(10, "mx.rcpt.example"));
    zone.a("mx.rcpt.example", DnsProblem.NO_SUCH_DOMAIN);

    assertThat(domain("rcpt.example")).containsExactly("NO_RECORDS");
  }

  @Test
  void boundsTheNumberOfAddresses() {
    zone.a(
        "mail.example",
        Stream.iterate(1, i -> i + 1).limit(200).map(i -> "192.0.2." + i).toArray(String[]::new));

    assertThat(smartHost("mail.example")).hasSize(MailHostResolver.MAX_TARGETS);
  }

  private List<String> smartHost(String name) {
    return targets(resolver.smartHost(new SmartHost(name, 2525)));
  }

  private List<String> domain(String name) {
    return targets(resolver.domain(DomainName.of(name)));
  }

  private static List<String> targets(CompletionStage<Resolution> stage) {
    Resolution resolution = stage.toCompletableFuture().join();
    if (resolution instanceof Resolution.Found found) {
      return found.targets().stream()
          .map(target -> target.serverName() + " " + target.addressAndPort())
          .toList();
    }
    return List.of(((Resolution.Failed) resolution).problem().name());
  }

  /** Answers from maps; what is not there has no records. */
  private static final class Zone implements DnsRecords {
    private final Map<String, Answer<MailServer>> mx = new HashMap<>();
    private final Map<String, Answer<InetAddress>> a = new HashMap<>();
    private final Map<String, Answer<InetAddress>> aaaa = new HashMap<>();

    void mx(String name, MailServer... servers) {
      mx.put(name, Answer.of(List.of(servers)));
    }

    void mx(String name, DnsProblem problem) {
      mx.put(name, Answer.failed(problem));
    }

    void a(String name, String... addresses) {
      a.put(name, Answer.of(Stream.of(addresses).map(Zone::address).toList()));
    }

    void a(String name, DnsProblem problem) {
      a.put(name, Answer.failed(problem));
    }

    void aaaa(String name, String... addresses) {
      aaaa.put(name, Answer.of(Stream.of(addresses).map(Zone::address).toList()));
    }

    void aaaa(String name, DnsProblem problem) {
      aaaa.put(name, Answer.failed(problem));
    }

    @Override
    public CompletionStage<Answer<MailServer>> mailServers(String name) {
      return answer(mx, name);
    }

    @Override
    public CompletionStage<Answer<InetAddress>> ipv4(String name) {
      return answer(a, name);
    }

    @Override
    public CompletionStage<Answer<InetAddress>> ipv6(String name) {
      return answer(aaaa, name);
    }

    private static <T> CompletionStage<Answer<T>> answer(
        Map<String, Answer<T>> answers, String name) {
      return CompletableFuture.completedFuture(answers.getOrDefault(name, Answer.of(List.of())));
    }

    private static InetAddress address(String text) {
      try {
        return InetAddress.getByName(text);
      } catch (UnknownHostException e) {
        throw new AssertionError(e);
      }
    }
  }
}
