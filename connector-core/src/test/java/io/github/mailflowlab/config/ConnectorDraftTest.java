package io.github.mailflowlab.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectorDraftTest {
  private static final List<String> DOMAINS = List.of("contoso.example", "*.corp.contoso.example");
  private static final List<String> HOSTS = List.of("mail.contoso.example:2525", "[127.0.0.1]");

  @Test
  void readsEverything() {
    Connector connector =
        new ConnectorDraft(
                "To on-premises",
                "OnPremises",
                false,
                DOMAINS,
                false,
                HOSTS,
                "DomainValidation",
                "*.contoso.example",
                "roots.pem",
                "ours")
            .check()
            .value();

    assertThat(connector.name()).isEqualTo("To on-premises");
    assertThat(connector.connectorType()).isEqualTo(ConnectorType.ON_PREMISES);
    assertThat(connector.enabled()).isFalse();
    assertThat(connector.recipientDomains())
        .hasToString("[contoso.example, *.corp.contoso.example]");
    assertThat(connector.destinationServer()).isEqualTo("mail.contoso.example:2525,[127.0.0.1]:25");
    assertThat(connector.useMxRecord()).isFalse();
    assertThat(connector.tlsSettings()).isEqualTo(TlsSettings.DOMAIN_VALIDATION);
    assertThat(connector.tlsDomain()).get().hasToString("*.contoso.example");
    assertThat(connector.trust()).contains(Path.of("roots.pem"));
    assertThat(connector.comment()).isEqualTo("ours");
  }

  @Test
  void whatIsAbsentHasExchangesDefault() {
    Connector connector = draft("C", List.of("*"), null, null, null, null).check().value();

    assertThat(connector.connectorType()).isEqualTo(ConnectorType.PARTNER);
    assertThat(connector.enabled()).isTrue();
    assertThat(connector.useMxRecord()).isTrue();
    assertThat(connector.smartHosts()).isEmpty();
    assertThat(connector.destinationServer()).isEmpty();
    assertThat(connector.tlsSettings()).isEqualTo(TlsSettings.OPPORTUNISTIC);
    assertThat(connector.tlsDomain()).isEmpty();
    assertThat(connector.trust()).isEmpty();
    assertThat(connector.comment()).isEmpty();
  }

  @Test
  void tellsAllProblemsAtOnce() {
    Checked<Connector> checked =
        new ConnectorDraft(
                " ",
                "Hybrid",
                null,
                List.of("contoso.example", "*contoso.example"),
                true,
                List.of("mail:0", "ok.contoso.example", "[mail]"),
                "Tls13",
                "contoso..example",
                "\0",
                null)
            .check();

    assertThat(checked.problems())
        .extracting(ConfigProblem::key)
        .containsExactly(
            "name",
            "connectorType",
            "recipientDomains",
            "smartHosts",
            "smartHosts",
            "useMXRecord",
            "tlsSettings",
            "tlsDomain",
            "tlsDomain",
            "trust");
    assertThat(checked.problems().get(1))
        .hasToString("connectorType: \"Hybrid\" (expected one of: OnPremises, Partner)");
    assertThatIllegalStateException().isThrownBy(checked::value);
  }

  @Test
  void anEmptyDraftLacksNameAndDomains() {
    assertThat(draft(null, null, null, null, null, null).check().problems())
        .extracting(ConfigProblem::key)
        .containsExactly("name", "recipientDomains");
  }

  @ParameterizedTest(name = "useMXRecord {0}, smart hosts {1}: {2}")
  @CsvSource({
    ", false, ''",
    ", true, ''",
    "true, false, ''",
    "false, true, ''",
    "true, true, useMXRecord",
    "false, false, smartHosts",
  })
  void goesByMxOrBySmartHostsButNotByBothOrNeither(
      @Nullable Boolean mx, boolean hosts, String problem) {
    Checked<Connector> checked =
        draft("C", DOMAINS, mx, hosts ? HOSTS : List.of(), null, null).check();

    assertThat(String.join(",", checked.problems().stream().map(ConfigProblem::key).toList()))
        .isEqualTo(problem);
  }

  @ParameterizedTest(name = "{0} with tlsDomain {1}: {2}")
  @CsvSource({
    "DomainValidation, contoso.example, ''",
    "DomainValidation, *.contoso.example, ''",
    "domainvalidation, contoso.example, ''",
    "DomainValidation, , tlsDomain",
    "DomainValidation, *, tlsDomain",
    "CertificateValidation, contoso.example, tlsDomain",
    "EncryptionOnly, contoso.example, tlsDomain",
    "CertificateValidation, , ''",
    ", contoso.example, tlsDomain",
  })
  void aTlsDomainBelongsToDomainValidation(
      @Nullable String tls, @Nullable String domain, String problem) {
    Checked<Connector> checked = draft("C", DOMAINS, null, HOSTS, tls, domain).check();

    assertThat(String.join(",", checked.problems().stream().map(ConfigProblem::key).toList()))
        .isEqualTo(problem);
  }

  @Test
  void namesHaveAtMostSixtyFourCharactersAndNoControls() {
    assertThat(named("x".repeat(64))).isEmpty();
    assertThat(named("Zürich, 東京")).isEmpty();
    assertThat(named("x".repeat(65))).hasSize(1);
    assertThat(named("a\nb")).hasSize(1);
    assertThat(named("a\u007f")).hasSize(1);
    assertThat(named("a\u009b31m")).hasSize(1);
  }

  @Test
  void nullsInListsAreProblemsToo() {
    List<@Nullable String> domains = Arrays.asList("contoso.example", null);
    List<@Nullable String> hosts = Collections.singletonList(null);

    assertThat(
            new ConnectorDraft("C", null, null, domains, null, hosts, null, null, null, null)
                .check()
                .problems())
        .extracting(ConfigProblem::key)
        .containsExactly("recipientDomains", "smartHosts");
  }

  @Test
  void problemsQuoteWithoutControlCharacters() {
    assertThat(draft("C", List.of("a\u001b[31\u009bm"), null, null, null, null).check().problems())
        .singleElement()
        .hasToString("recipientDomains: \"a?[31?m\" (expected: a domain, *.domain or *)");
  }

  @Test
  void keepsWhatHasNoEffectInALabInExchangesSpelling() {
    Connector connector =
        further(
                "smtpDaneMode", "mandatory",
                "mtaStsMode", "None",
                "connectorSource", "HYBRIDWIZARD",
                "cloudServicesMailEnabled", true,
                "testMode", true,
                "linkForModifiedConnector", "0F8FAD5B-D9CB-469F-A165-70867728950E",
                "isValidated", true,
                "lastValidationTimestamp", "2030-01-01T00:00:00Z",
                "validationRecipients", List.of("bob@contoso.example"))
            .value();

    assertThat(connector.further())
        .containsEntry(ConnectorParameter.SMTP_DANE_MODE, "Mandatory")
        .containsEntry(ConnectorParameter.CONNECTOR_SOURCE, "HybridWizard")
        .containsEntry(
            ConnectorParameter.LINK_FOR_MODIFIED_CONNECTOR, "0f8fad5b-d9cb-469f-a165-70867728950e")
        .containsEntry(ConnectorParameter.VALIDATION_RECIPIENTS, List.of("bob@contoso.example"))
        .hasSize(9);
  }

  @Test
  void aConnectorCanBeWrittenDownAgain() {
    Connector connector =
        further(
                "smartHosts", List.of("mail", "[::1]:2525"),
                "tlsSettings", "DomainValidation",
                "tlsDomain", "*.contoso.example",
                "trust", "roots.pem",
                "comment", "ours",
                "allAcceptedDomains", true,
                "enabled", false)
            .value();

    assertThat(ConnectorDraft.of(connector).check().value()).isEqualTo(connector);
    Connector plain = draft("C", DOMAINS, true, null, null, null).check().value();
    assertThat(ConnectorDraft.of(plain).check().value()).isEqualTo(plain);
  }

  @ParameterizedTest(name = "{0} of a {1} connector: {2}")
  @CsvSource({
    "allAcceptedDomains, OnPremises, ''",
    "allAcceptedDomains, Partner, allAcceptedDomains",
    "routeAllMessagesViaOnPremises, OnPremises, ''",
    "routeAllMessagesViaOnPremises, Partner, routeAllMessagesViaOnPremises",
    "cloudServicesMailEnabled, Partner, cloudServicesMailEnabled",
    "senderRewritingEnabled, Partner, senderRewritingEnabled",
    "testMode, Partner, ''",
  })
  void someThingsOnlyOnesOwnServersCanDo(String flag, String type, String problem) {
    assertThat(keys(further(flag, true, "connectorType", type))).isEqualTo(problem);
    assertThat(keys(further(flag, false, "connectorType", type))).isEmpty();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "mtaStsMode, Mandatory",
    "smtpDaneMode, Off",
    "connectorSource, Somewhere",
    "linkForModifiedConnector, 1-2-3-4-5",
    "lastValidationTimestamp, yesterday",
  })
  void refusesWordsThatExchangeDoesNotKnow(String parameter, String word) {
    assertThat(further(parameter, word).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo(parameter);
              assertThat(problem.message()).startsWith("\"" + word + "\" (expected: ");
            });
  }

  @Test
  void recipientDomainsMayBeMissingWhereSomethingElseSendsMailThroughIt() {
    for (String scope : List.of("allAcceptedDomains", "isTransportRuleScoped")) {
      assertThat(keys(further(scope, true, "recipientDomains", List.of()))).isEmpty();
      assertThat(keys(further(scope, false, "recipientDomains", List.of())))
          .isEqualTo("recipientDomains");
    }
  }

  @Test
  void everyParameterIsFoundByItsNameInAnyCase() {
    for (ConnectorParameter parameter : ConnectorParameter.values()) {
      assertThat(ConnectorParameter.of(parameter.key().toUpperCase(Locale.ROOT)))
          .contains(parameter);
    }
    assertThat(ConnectorParameter.of("smartHost")).isEmpty();
  }

  @Test
  void aConnectorCannotHaveATlsDomainThatNobodyLooksAt() {
    Connector connector = draft("C", DOMAINS, null, HOSTS, null, null).check().value();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Connector(
                    "C",
                    ConnectorType.PARTNER,
                    true,
                    connector.recipientDomains(),
                    connector.smartHosts(),
                    TlsSettings.DOMAIN_VALIDATION,
                    Optional.empty(),
                    Optional.empty(),
                    ""));
    assertThatIllegalArgumentException().isThrownBy(() -> new Checked.Invalid<>(List.of()));
  }

  /** An on-premises connector for one domain, and these names with values. */
  private static Checked<Connector> further(Object... namesAndValues) {
    Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);
    values.put(ConnectorParameter.NAME, "C");
    values.put(ConnectorParameter.CONNECTOR_TYPE, "OnPremises");
    values.put(ConnectorParameter.RECIPIENT_DOMAINS, DOMAINS);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      values.put(
          ConnectorParameter.of(namesAndValues[i].toString()).orElseThrow(), namesAndValues[i + 1]);
    }
    return new ConnectorDraft(values).check();
  }

  private static String keys(Checked<Connector> checked) {
    return String.join(",", checked.problems().stream().map(ConfigProblem::key).toList());
  }

  private static List<ConfigProblem> named(String name) {
    return draft(name, DOMAINS, null, HOSTS, null, null).check().problems();
  }

  private static ConnectorDraft draft(
      @Nullable String name,
      @Nullable List<String> domains,
      @Nullable Boolean useMXRecord,
      @Nullable List<String> smartHosts,
      @Nullable String tlsSettings,
      @Nullable String tlsDomain) {
    return new ConnectorDraft(
        name, null, null, domains, useMXRecord, smartHosts, tlsSettings, tlsDomain, null, null);
  }
}
