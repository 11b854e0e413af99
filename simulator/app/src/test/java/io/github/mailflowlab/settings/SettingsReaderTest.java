package io.github.mailflowlab.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.alerting.FurtherPolicies;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.pressure.Marks;
import io.github.mailflowlab.pressure.PressureSettings;
import io.github.mailflowlab.queue.Retention;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.settings.LabSettings.Connections;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsReaderTest {
  private static final Map<String, String> ENVIRONMENT =
      Map.of("TOKEN", "s3cret", "BLANK", "two words");

  private final Path folder;
  private final Path file;

  SettingsReaderTest(@TempDir Path folder) {
    this.folder = folder;
    this.file = folder.resolve("lab.yaml");
  }

  @BeforeEach
  void copyRoot() throws IOException {
    try (InputStream root = SettingsReaderTest.class.getResourceAsStream("root.pem")) {
      assertThat(root).isNotNull();
      Files.write(folder.resolve("root.pem"), root.readAllBytes());
    }
  }

  private ReadOutcome<LabSettings> read(String yaml) throws IOException {
    Files.writeString(file, yaml);
    return SettingsReader.read(file, name -> Optional.ofNullable(ENVIRONMENT.get(name)));
  }

  /** The problems without the file's name. */
  private List<String> problems(String yaml) throws IOException {
    return read(yaml).problems().stream()
        .map(problem -> problem.toString().substring(file.toString().length() + 1))
        .toList();
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "connectors:\n", "{}", "\uFEFFtime: {}\n"})
  void givesAllDefaultsToAnEmptyFile(String yaml) throws IOException {
    assertThat(read(yaml).value()).isEqualTo(LabSettings.defaults(folder));
  }

  @Test
  void hasTheseDefaults() {
    LabSettings defaults = LabSettings.defaults(Path.of("etc"));

    assertThat(defaults.organization().domains())
        .containsExactly(
            new AcceptedDomain(
                DomainName.of("contoso.example"), AcceptedDomain.Type.INTERNAL_RELAY, Set.of()));
    assertThat(defaults.organization().admins())
        .containsExactly(Mailbox.of("admin@contoso.example"));
    assertThat(text(defaults.listen().smtp())).isEqualTo("127.0.0.1:1025");
    assertThat(text(defaults.listen().http())).isEqualTo("127.0.0.1:8025");
    assertThat(defaults.spool()).isEqualTo(new SpoolPlace.Folder(Path.of("etc", "mailflow-data")));
    assertThat(defaults.dns().servers()).isEmpty();
    assertThat(defaults.dns().timeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(defaults.dns().tries()).isEqualTo(2);
    assertThat(defaults.connectors()).isEmpty();
    assertThat(defaults.revocation()).isEqualTo(Revocation.SOFT);
    assertThat(defaults.connections())
        .hasToString("Connections[perNextHop=20, limits=ConnectionLimits[messages=20, idle=PT2S]]");
    assertThat(defaults.timeouts().connect()).isEqualTo(Duration.ofSeconds(30));
    assertThat(defaults.timeouts().banner()).isEqualTo(Duration.ofMinutes(5));
    assertThat(defaults.timeouts().ehlo()).isEqualTo(Duration.ofMinutes(5));
    assertThat(defaults.timeouts().starttls()).isEqualTo(Duration.ofMinutes(5));
    assertThat(defaults.timeouts().mail()).isEqualTo(Duration.ofMinutes(5));
    assertThat(defaults.timeouts().rcpt()).isEqualTo(Duration.ofMinutes(5));
    assertThat(defaults.timeouts().data()).isEqualTo(Duration.ofMinutes(2));
    assertThat(defaults.timeouts().block()).isEqualTo(Duration.ofMinutes(3));
    assertThat(defaults.timeouts().finalDot()).isEqualTo(Duration.ofMinutes(10));
    assertThat(defaults.retry()).isEqualTo(RetryPolicy.EXCHANGE);
    assertThat(defaults.retry().expiry()).isEqualTo(Duration.ofHours(24));
    assertThat(defaults.alerts().threshold()).isEqualTo(200);
    assertThat(defaults.alerts().delayedFor()).isEqualTo(Duration.ofHours(1));
    assertThat(defaults.alerts().further()).isEqualTo(FurtherPolicies.NONE);
    assertThat(defaults.time().speed()).isEqualTo(1);
    assertThat(defaults.time().steerable()).isTrue();
    assertThat(defaults.propagation())
        .isEqualTo(new Propagation(false, Duration.ofMinutes(30), Duration.ofMinutes(60)));
    assertThat(defaults.pressure())
        .isEqualTo(new PressureSettings(new Marks(3, 15), new Marks(85, 95), Optional.empty()));
    assertThat(defaults.retention())
        .isEqualTo(new Retention(Duration.ofDays(90), Duration.ofDays(90)));
    assertThat(defaults.security()).isEmpty();
  }

  @Test
  void readsASpoolOnAServerAndItsPasswordFromTheEnvironment() throws IOException {
    SpoolPlace spool =
        read("spool: jdbc:postgresql://db.example/lab?user=lab&password=env:TOKEN").value().spool();

    assertThat(spool).isInstanceOf(SpoolPlace.Server.class);
    PostgresUrl url = ((SpoolPlace.Server) spool).url();
    assertThat(url).hasToString("postgresql://db.example/lab");
    assertThat(url.password()).contains("s3cret");
  }

  @ParameterizedTest
  @CsvSource({
    "'{ close: 1KB }', 2048, 1024",
    "'{ slow: 2MB }', 2097152, 1048576",
    "'{ slow: 2000TB, close: 1000TB }', 2199023255552000, 1099511627776000",
  })
  void readsTheFloorOfTheDisk(String free, double slow, double close) throws IOException {
    assertThat(read("pressure: { free: " + free + " }").value().pressure().free())
        .contains(new Marks(slow, close));
  }

  @Test
  void readsASpoolOnAServerWithoutAPassword() throws IOException {
    SpoolPlace spool = read("spool: jdbc:postgresql://db.example:5433/lab").value().spool();

    assertThat(((SpoolPlace.Server) spool).url().password()).isEmpty();
  }

  @Test
  void readsAddressesInUtf8AndDomainsInUnicode() throws IOException {
    LabSettings settings =
        read("""
            organization:
              domains: [{ name: Zürich.example, mailboxes: [jürgen@zürich.example] }]
              admins: [用户@xn--zrich-kva.example]
            connectors:
              - { name: A, recipientDomains: ["*.zürich.example"], smartHosts: [mail.zürich.example] }
            """)
            .value();

    assertThat(settings.organization().hasMailbox(Mailbox.of("jürgen@xn--zrich-kva.example")))
        .isTrue();
    assertThat(settings.organization().hasMailbox(Mailbox.of("用户@zürich.example"))).isTrue();
    assertThat(settings.connectors().get(0).recipientDomains())
        .hasToString("[*.xn--zrich-kva.example]");
    assertThat(settings.connectors().get(0).smartHosts())
        .hasToString("[mail.xn--zrich-kva.example:25]");
  }

  @Test
  void readsEverySetting() throws IOException {
    LabSettings settings =
        read("""
            organization:
              domains:
                - { name: Contoso.example, type: Authoritative, mailboxes: [alice@contoso.example] }
                - name: corp.example
              admins: [ops@contoso.example]
            listen: { smtp: "0.0.0.0:0", http: "[::1]:8080" }
            data: ./spool
            dns: { servers: ["127.0.0.1:5353", 192.0.2.1, "::1"], timeout: PT0.5S, tries: 1 }
            connectors:
              - name: To on-premises
                connectorType: OnPremises
                recipientDomains: ["contoso.example", "*.corp.contoso.example"]
                smartHosts: ["mail.contoso.example:2525", "[127.0.0.1]:2526"]
                tlsSettings: DomainValidation
                tlsDomain: "*.contoso.example"
                trust: ./root.pem
                enabled: false
                comment: 2026
              - { name: All, recipientDomains: ["*"], useMXRecord: true, mtaStsMode: none, testMode: yes }
            tls: { revocation: hard }
            connections: { perNextHop: 3, messages: 5, idle: PT7S }
            timeouts: { connect: PT1S, banner: PT2S, ehlo: PT3S, starttls: PT4S, mail: PT5S,
                        rcpt: PT6S, data: PT7S, block: PT8S, finalDot: PT9S }
            retry: { profile: faq, expiry: PT12H, delayNotice: PT11H59M }
            alerts: { threshold: 5, delayedFor: PT10M, dailyLimit: 3, webhooks: ["http://127.0.0.1:9093/api/v2/alerts"],
                      oldestAge: { age: PT2H }, silence: { for: PT3H },
                      failureShare: { percent: 10, atLeast: 4, window: PT5M },
                      returns: { count: 6, window: PT7M }, invalidRecipients: { count: 8, window: PT9M },
                      certificateExpiry: { before: P10D }, spool: true }
            time: { speed: 0.5, steerable: false }
            propagation: { enabled: true, min: PT0S, max: PT10M }
            pressure: { lag: { slow: PT0.5S, close: PT2M }, heap: { slow: 60, close: 70 },
                        free: { slow: 3GB, close: 1000MB } }
            retention: { messages: P2D, trace: P3650D }
            security: { token: "env:TOKEN", allow: ["172.16.0.0/12"], hosts: [mailflow] }
            """)
            .value();

    assertThat(settings.organization().domains())
        .extracting(domain -> domain.name() + " " + domain.type() + " " + domain.mailboxes())
        .containsExactly(
            "contoso.example AUTHORITATIVE [alice@contoso.example]",
            "corp.example INTERNAL_RELAY []");
    assertThat(settings.organization().admins()).containsExactly(Mailbox.of("ops@contoso.example"));
    assertThat(text(settings.listen().smtp())).isEqualTo("0.0.0.0:0");
    assertThat(text(settings.listen().http())).isEqualTo("0:0:0:0:0:0:0:1:8080");
    assertThat(settings.listen().isLoopback()).isFalse();
    assertThat(settings.spool()).isEqualTo(new SpoolPlace.Folder(folder.resolve("spool")));
    assertThat(settings.dns().servers())
        .extracting(SettingsReaderTest::text)
        .containsExactly("127.0.0.1:5353", "192.0.2.1:53", "0:0:0:0:0:0:0:1:53");
    assertThat(settings.dns().timeout()).isEqualTo(Duration.ofMillis(500));
    assertThat(settings.dns().tries()).isEqualTo(1);
    Connector connector = settings.connectors().get(0);
    assertThat(connector.name()).isEqualTo("To on-premises");
    assertThat(connector.connectorType()).isEqualTo(ConnectorType.ON_PREMISES);
    assertThat(connector.recipientDomains())
        .hasToString("[contoso.example, *.corp.contoso.example]");
    assertThat(connector.destinationServer())
        .isEqualTo("mail.contoso.example:2525,[127.0.0.1]:2526");
    assertThat(connector.tlsSettings()).isEqualTo(TlsSettings.DOMAIN_VALIDATION);
    assertThat(connector.tlsDomain().orElseThrow()).hasToString("*.contoso.example");
    assertThat(connector.trust()).contains(folder.resolve("root.pem"));
    assertThat(connector.enabled()).isFalse();
    assertThat(connector.comment()).isEqualTo("2026");
    assertThat(settings.connectors().get(1).useMxRecord()).isTrue();
    assertThat(settings.connectors().get(1).further())
        .isEqualTo(
            Map.of(ConnectorParameter.MTA_STS_MODE, "None", ConnectorParameter.TEST_MODE, true));
    assertThat(settings.revocation()).isEqualTo(Revocation.HARD);
    assertThat(settings.connections())
        .hasToString("Connections[perNextHop=3, limits=ConnectionLimits[messages=5, idle=PT7S]]");
    assertThat(settings.timeouts())
        .hasToString(
            "Timeouts[connect=PT1S, banner=PT2S, ehlo=PT3S, starttls=PT4S, mail=PT5S, rcpt=PT6S,"
                + " data=PT7S, block=PT8S, finalDot=PT9S]");
    assertThat(settings.retry())
        .isEqualTo(
            RetryPolicy.FAQ
                .withExpiry(Duration.ofHours(12))
                .withDelayNotice(Optional.of(Duration.ofMinutes(12 * 60 - 1))));
    assertThat(settings.alerts().threshold()).isEqualTo(5);
    assertThat(settings.alerts().delayedFor()).isEqualTo(Duration.ofMinutes(10));
    assertThat(settings.alerts().dailyLimit()).hasValue(3);
    assertThat(settings.alerts().further())
        .hasToString(
            "FurtherPolicies[oldestAge=Optional[PT2H], silence=Optional[PT3H],"
                + " failureShare=Optional[Share[percent=10, atLeast=4, window=PT5M]],"
                + " returns=Optional[Rate[count=6, window=PT7M]],"
                + " invalidRecipients=Optional[Rate[count=8, window=PT9M]],"
                + " certificateExpiry=Optional[PT240H], spool=true]");
    assertThat(settings.alerts().webhooks())
        .extracting(Webhook::form)
        .containsExactly(Webhook.Form.ALERTMANAGER);
    assertThat(settings.time().speed()).isEqualTo(0.5);
    assertThat(settings.time().steerable()).isFalse();
    assertThat(settings.propagation())
        .isEqualTo(new Propagation(true, Duration.ZERO, Duration.ofMinutes(10)));
    assertThat(settings.pressure())
        .isEqualTo(
            new PressureSettings(
                new Marks(0.5, 120),
                new Marks(60, 70),
                Optional.of(new Marks(3L << 30, 1000L << 20))));
    assertThat(settings.retention())
        .isEqualTo(new Retention(Duration.ofDays(2), Duration.ofDays(3650)));
    Security security = settings.security().orElseThrow();
    assertThat(security.token()).isEqualTo("s3cret");
    assertThat(security.hosts()).containsExactly("mailflow");
    assertThat(security.allows(InetAddress.getByName("172.31.255.255"))).isTrue();
    assertThat(security.allows(InetAddress.getByName("172.32.0.0"))).isFalse();
    assertThat(security.allows(InetAddress.getLoopbackAddress())).isTrue();
    assertThat(settings.toString()).doesNotContain("s3cret");
  }

  @Test
  void aPolicyWithoutFiguresHasTheStandardOnes() throws IOException {
    LabSettings settings =
        read("""
                alerts: { oldestAge: {}, silence: {}, failureShare: {}, returns: {},
                          invalidRecipients: {}, certificateExpiry: {}, spool: true }
                """)
            .value();

    assertThat(settings.alerts().further()).isEqualTo(FurtherPolicies.STANDARD);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, PT0.001S", "1000, 1000000, PT5M"})
  void readsTheOutermostConnectionLimits(int perNextHop, int messages, Duration idle)
      throws IOException {
    String text =
        "connections: { perNextHop: "
            + perNextHop
            + ", messages: "
            + messages
            + ", idle: "
            + idle
            + " }";
    assertThat(read(text).value().connections())
        .isEqualTo(new Connections(perNextHop, new ConnectionLimits(messages, idle)));
  }

  @ParameterizedTest
  @CsvSource({"off, OFF", "'\"off\"', OFF", "soft, SOFT", "hard, HARD"})
  void readsWordsThatYamlTakesForTruthValues(String word, Revocation revocation)
      throws IOException {
    assertThat(read("tls: { revocation: " + word + " }").value().revocation())
        .isEqualTo(revocation);
  }

  @Test
  void reportsAllProblemsAtOnceEachWithItsLine() throws IOException {
    assertThat(
            problems(
                """
                organisation: {}
                listen: { smtp: "127.0.0.1" }
                connectors:
                  - name: One
                    recipientDomains: [contoso.example]
                    smartHosts: ["mail.contoso.example:99999"]
                    useMXRecord: true
                    tlsSetting: EncryptionOnly
                  - name: ONE
                    recipientDomains: contoso.example
                    trust: missing.pem
                timeouts:
                  connect: 30
                tls: { revocation: true }
                """))
        .containsExactly(
            "1: organisation: unknown key (expected one of: security, organization, listen, data,"
                + " spool, dns, connectors, tls, connections, timeouts, retry, alerts, time, propagation,"
                + " pressure, retention)",
            "2: listen.smtp: \"127.0.0.1\" (expected: address:port, [IPv6 address]:port or"
                + " localhost:port)",
            "6: connectors[0].smartHosts: \"mail.contoso.example:99999\" (expected: name,"
                + " name:port, [address] or [address]:port, port 1 to 65535)",
            "7: connectors[0].useMXRecord: true with smartHosts (expected: one of the two)",
            "8: connectors[0].tlsSetting: unknown key (expected one of: name, connectorType,"
                + " enabled, recipientDomains, allAcceptedDomains, useMXRecord, smartHosts,"
                + " tlsSettings, tlsDomain, trust, routeAllMessagesViaOnPremises,"
                + " cloudServicesMailEnabled, isTransportRuleScoped, senderRewritingEnabled,"
                + " testMode, mtaStsMode, smtpDaneMode, connectorSource,"
                + " linkForModifiedConnector, comment, isValidated, lastValidationTimestamp,"
                + " lastValidationResult, validationRecipients)",
            "9: connectors[1].name: \"ONE\" is there twice",
            "10: connectors[1].recipientDomains: expected: a list",
            "11: connectors[1].trust: "
                + folder.resolve("missing.pem")
                + " cannot be read: no such file",
            "13: timeouts.connect: \"30\" (expected: a duration such as PT30S, at most PT1H)",
            "14: tls.revocation: \"true\" (expected: off, soft or hard)");
  }

  @Test
  void everyWrongItemOfAListIsNamed() throws IOException {
    assertThat(
            problems(
                """
                connectors:
                  - name: One
                    recipientDomains: ["*.*", x.example, "a..b"]
                    smartHosts: ["mail.x:0", "[300.1.1.1]"]
                """))
        .extracting(problem -> problem.substring(0, problem.indexOf(" (")))
        .containsExactly(
            "3: connectors[0].recipientDomains: \"*.*\"",
            "3: connectors[0].recipientDomains: \"a..b\"",
            "4: connectors[0].smartHosts: \"mail.x:0\"",
            "4: connectors[0].smartHosts: \"[300.1.1.1]\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          time: { speed: 0 }                   | time.speed: "0" (expected: a number from 0.1 to 100000)
          time: { speed: 100001 }              | time.speed: "100001" (expected: a number from 0.1 to 100000)
          time: { speed: fast }                | time.speed: "fast" (expected: a number from 0.1 to 100000)
          propagation: { min: PT1H, max: PT30M } | propagation.max: PT30M is less than min, PT1H
          propagation: { min: PT61M }          | propagation.max: PT1H is less than min, PT1H1M
          propagation: { max: P2D }            | propagation.max: "P2D" (expected: a duration from PT0S to PT24H)
          propagation: { delay: PT1M }         | propagation.delay: unknown key (expected one of: min, max, enabled)
          pressure: { lag: { slow: PT20S } }   | pressure.lag.close: not more than slow (expected: mail is slowed before it is put off)
          pressure: { heap: { slow: 0 } }      | pressure.heap.slow: "0" (expected: a number from 1 to 100)
          pressure: { heap: { close: 101 } }   | pressure.heap.close: "101" (expected: a number from 1 to 100)
          pressure: { heap: { close: 85 } }    | pressure.heap.close: not more than slow (expected: mail is slowed before it is put off)
          pressure: { free: { slow: 1GB, close: 1024MB } } | pressure.free.close: not less than slow (expected: mail is slowed before it is put off)
          pressure: { free: { close: 10 } }    | pressure.free.close: "10" (expected: a size such as 500MB, in KB, MB, GB or TB)
          pressure: { free: { close: 0MB } }   | pressure.free.close: "0MB" (expected: a size such as 500MB, in KB, MB, GB or TB)
          pressure: { disk: 1GB }              | pressure.disk: unknown key (expected one of: lag, heap, free)
          time: { steerable: 1 }               | time.steerable: expected: true or false
          time: [1]                            | time: expected: keys with values
          connections: { perNextHop: 0 }       | connections.perNextHop: "0" (expected: a number from 1 to 1000)
          connections: { perNextHop: 1001 }    | connections.perNextHop: "1001" (expected: a number from 1 to 1000)
          connections: { messages: 0 }         | connections.messages: "0" (expected: a number from 1 to 1000000)
          connections: { messages: 1000001 }   | connections.messages: "1000001" (expected: a number from 1 to 1000000)
          connections: { idle: PT0S }          | connections.idle: "PT0S" (expected: a duration such as PT30S, at most PT5M)
          connections: { idle: PT5M0.1S }      | connections.idle: "PT5M0.1S" (expected: a duration such as PT30S, at most PT5M)
          connections: { perHost: 1 }          | connections.perHost: unknown key (expected one of: perNextHop, messages, idle)
          alerts: { threshold: 0 }             | alerts.threshold: "0" (expected: a number from 1 to 1000000)
          alerts: { threshold: 1.5 }           | alerts.threshold: "1.5" (expected: a number from 1 to 1000000)
          alerts: { threshold: true }          | alerts.threshold: expected: text (in quotes if it has another meaning)
          alerts: { delayedFor: PT0S }         | alerts.delayedFor: "PT0S" (expected: a duration such as PT30S, at most PT24H)
          alerts: { delayedFor: -PT1S }        | alerts.delayedFor: "-PT1S" (expected: a duration such as PT30S, at most PT24H)
          alerts: { dailyLimit: 0 }            | alerts.dailyLimit: "0" (expected: a number from 1 to 1000)
          alerts: { silence: true }            | alerts.silence: expected: keys with values
          alerts: { silence: { for: P8D } }    | alerts.silence.for: "P8D" (expected: a duration such as PT30S, at most PT168H)
          alerts: { silence: { age: PT1H } }   | alerts.silence.age: unknown key (expected one of: for)
          alerts: { failureShare: { percent: 101 } } | alerts.failureShare.percent: "101" (expected: a number from 1 to 100)
          alerts: { returns: { count: 0 } }    | alerts.returns.count: "0" (expected: a number from 1 to 1000000)
          alerts: { returns: { window: PT0S } } | alerts.returns.window: "PT0S" (expected: a duration such as PT30S, at most PT168H)
          alerts: { spool: {} }                | alerts.spool: expected: true or false
          alerts: { webhooks: [ftp://a.example] } | alerts.webhooks: "ftp://a.example" (expected: a URL such as https://host.example/path)
          retry: { profile: other }            | retry.profile: "other" (expected: exchange or faq)
          retry: { expiry: PT11H59M59S }       | retry.expiry: "PT11H59M59S" (expected: a duration from PT12H to PT24H)
          retry: { expiry: PT13H, delayNotice: PT13H } | retry.delayNotice: "PT13H" (expected: a duration such as PT30S, at most PT12H59M)
          retry: { delayNotice: PT0S }        | retry.delayNotice: "PT0S" (expected: a duration such as PT30S, at most PT23H59M)
          retry: { expiry: PT24H0.1S }         | retry.expiry: "PT24H0.1S" (expected: a duration from PT12H to PT24H)
          spool: "jdbc:sqlite:secret"          | spool: expected: jdbc:postgresql://host:port/database?user=name&password=env:NAME
          spool: 1                             | spool: expected: jdbc:postgresql://host:port/database?user=name&password=env:NAME
          spool: [x]                           | spool: expected: text (in quotes if it has another meaning)
          spool: "jdbc:postgresql://db/x?password=env:NONE" | spool: environment variable NONE is not set
          { data: x, spool: "jdbc:postgresql://db/x" } | spool: beside data (expected: one of the two)
          dns: { servers: [dns.example] }      | dns.servers: "dns.example" (expected: address, address:port or [IPv6 address]:port)
          dns: { servers: "127.0.0.1" }        | dns.servers: expected: a list
          dns: { servers: ["127.0.0.1:0"] }    | dns.servers: "127.0.0.1:0" (expected: address, address:port or [IPv6 address]:port)
          dns: { tries: 11 }                   | dns.tries: "11" (expected: a number from 1 to 10)
          data: ""                             | data: "" (expected: a path)
          data: "a\\0b"                        | data: "a?b" (expected: a path)
          listen: { smtp: "localhost:65536" }  | listen.smtp: "localhost:65536" (expected: address:port, [IPv6 address]:port or localhost:port)
          listen: { smtp: "mail.example:25" }  | listen.smtp: "mail.example:25" (expected: address:port, [IPv6 address]:port or localhost:port)
          listen: { smtp: "0.0.0.0:25" }       | listen.smtp: beyond loopback (expected: a loopback address, or security.token and .allow)
          listen: { http: "[::]:80" }          | listen.http: beyond loopback (expected: a loopback address, or security.token and .allow)
          security: { allow: ["10.0.0.0/8"] }  | security.token: missing
          security: { token: x }               | security.allow: none (expected: at least one)
          security: { token: x, allow: [] }    | security.allow: none (expected: at least one)
          security: { token: x, allow: [a] }   | security.allow: "a" (expected: an address or a range such as 172.16.0.0/12)
          security: { token: "env:NO", allow: [10.0.0.1] }    | security.token: environment variable NO is not set
          security: { token: "env:BLANK", allow: [10.0.0.1] } | security.token: expected: visible ASCII characters without blanks
          security: { token: x, allow: [10.0.0.1], hosts: ["a b"] } | security.hosts: "a b" (expected: a host name)
          organization: { domains: [] }        | organization.domains: none (expected: at least one)
          organization: { domains: [{}] }      | organization.domains[0].name: missing
          organization: { domains: [{ name: a.example }, { name: A.example }] } | organization.domains[1].name: "a.example" is there twice
          organization: { domains: [{ name: a.example, type: Other }] } | organization.domains[0].type: "Other" (expected: Authoritative or InternalRelay)
          organization: { domains: [{ name: a.example, mailboxes: [a@b.example] }] } | organization.domains[0].mailboxes: "a@b.example" is not in domain a.example
          organization: { admins: [admin] }    | organization.admins: "admin" (expected: an address such as alice@contoso.example)
          connectors: [{ recipientDomains: ["*"] }] | connectors[0].name: missing (expected: a unique name)
          connectors: [{ name: a, recipientDomains: ["*"], tlsSettings: DomainValidation }] | connectors[0].tlsDomain: missing (DomainValidation compares names with it)
          connectors: [{ name: a, recipientDomains: ["*"], trust: lab.yaml }] | connectors[0].trust: FOLDER/lab.yaml is not a PEM file of certificates
          connectors: [{ name: a, recipientDomains: ["*"], trust: . }] | connectors[0].trust: FOLDER cannot be read: Is a directory
          connectors: [{ name: a, recipientDomains: ["*"], trust: "\\0" }] | connectors[0].trust: "?" (expected: a path)
          connectors: text                     | connectors: expected: a list
          connectors: [text]                   | connectors[0]: expected: keys with values
          - text                               | file: expected: keys with values
          text                                 | file: expected: keys with values
          { time: {}, time: {} }               | time: given twice (first in line 1)
          { [a]: b }                           | file: expected: a word as key
          a: &a [*a]                           | yaml: aliases are not supported
          time: !!java.net.URL ["http://a"]    | yaml: Global tag is not allowed: tag:yaml.org,2002:java.net.URL
          data: !own x                         | data: expected: text (in quotes if it has another meaning)
          time: !own {}                        | time: expected: keys with values
          "\\e[31m": x                         | ?[31m: unknown key (expected one of: security, organization, listen, data, spool, dns, connectors, tls, connections, timeouts, retry, alerts, time, propagation, pressure, retention)
          """)
  void namesTheProblem(String yaml, String problem) throws IOException {
    String expected = "1: " + problem.replace("FOLDER", folder.toString());

    assertThat(problems(yaml)).contains(expected);
  }

  @Test
  void saysWhereTheYamlIsBroken() throws IOException {
    assertThat(problems("time:\n  speed: 1\n bad"))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("3: yaml: ");
    assertThat(problems("a: b\n---\nc: d\n")).hasSize(1).first().asString().startsWith("2: yaml: ");
    assertThat(problems("[".repeat(1000))).hasSize(1).first().asString().contains("yaml: ");
    assertThat(problems("a: \u0001")).hasSize(1).first().asString().contains("yaml: ");
  }

  @Test
  void reportsAFileThatCannotBeRead() throws IOException {
    assertThat(SettingsReader.read(folder.resolve("no.yaml")).problems())
        .extracting(SettingsProblem::message)
        .containsExactly("cannot be read: no such file");
    Files.write(file, "data: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(SettingsReader.read(file).problems())
        .extracting(SettingsProblem::message)
        .containsExactly("not UTF-8");
    assertThat(problems("#" + "x".repeat(YamlFile.MAX_SIZE)))
        .containsExactly("1: file: longer than 1048576 octets");
  }

  @Test
  void namesTheFileInEachProblem() throws IOException {
    assertThat(read("\n\nspeed: 1\n").problems().get(0).toString())
        .startsWith(file + ":3: speed: unknown key");
  }

  @Test
  void givesNoSettingsWithProblems() throws IOException {
    ReadOutcome<LabSettings> outcome = read("speed: 1");

    assertThatThrownBy(outcome::value).isInstanceOf(IllegalStateException.class);
  }
}
