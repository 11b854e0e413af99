package io.github.mailflowlab.tenant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.document.ConfiguredDocument;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.tenant.Edit.Target;
import io.github.mailflowlab.time.SimulatedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TenantTest {
  private static final DomainName CONTOSO = DomainName.of("contoso.example");
  private static final String NAME = "To on-premises";
  private static final Duration MIN = Duration.ofMinutes(30);
  private static final Duration MAX = Duration.ofMinutes(60);

  private final SimulatedTime time = new SimulatedTime(Instant.parse("2030-01-01T00:00:00Z"));
  private final MemoryStore store = new MemoryStore();
  private Connector inFile = connector("mail.contoso.example");
  private Propagation propagation = new Propagation(false, MIN, MAX);
  private Tenant tenant = start();

  @Test
  void isWhatTheFileSays() {
    assertThat(tenant.connectors()).containsExactly(inFile);
    ConfiguredDocument shown = shown();
    assertThat(shown.inFile()).isTrue();
    assertThat(shown.overridden()).isEmpty();
    assertThat(shown.pending()).isEmpty();
    assertThat(shown.parameters().orElseThrow())
        .containsEntry("useMXRecord", false)
        .containsEntry("smtpDaneMode", "Opportunistic")
        .containsEntry("tlsSettings", null)
        .containsEntry("smartHosts", List.of("mail.contoso.example:25"));
  }

  @Test
  void aChangeHoldsAtOnceAndAfterARestart() {
    set("smartHosts", List.of("new.contoso.example"));

    assertThat(hosts()).containsExactly("new.contoso.example");
    assertThat(shown().overridden()).containsExactly("smartHosts");
    tenant = start();
    assertThat(hosts()).containsExactly("new.contoso.example");
  }

  @Test
  void aChangeOfAnotherNodeHoldsOnceItIsReloaded() {
    Tenant other = start();
    set("smartHosts", List.of("new.contoso.example"));
    assertThat(other.connectors()).containsExactly(inFile);

    other.reload();

    assertThat(other.connectors()).isEqualTo(tenant.connectors()).doesNotContain(inFile);
  }

  @Test
  void whatWasNotChangedFollowsTheFile() {
    set("comment", "ours");
    inFile = connector("moved.contoso.example");

    tenant = start();

    assertThat(hosts()).containsExactly("moved.contoso.example");
    assertThat(tenant.connectors().get(0).comment()).isEqualTo("ours");
  }

  @Test
  void aResetForgetsWhatWasChanged() {
    set("smartHosts", List.of("new.contoso.example"));

    assertThat(tenant.reset(Target.CONNECTOR, "TO ON-PREMISES").problems()).isEmpty();

    assertThat(tenant.connectors()).containsExactly(inFile);
    assertThat(shown().overridden()).isEmpty();
    assertThat(tenant.reset(Target.CONNECTOR, NAME).problems()).hasSize(1);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "tlsSettings    | DomainValidation | tlsDomain: missing (DomainValidation compares names"
            + " with it)",
        "tlsDomain      | contoso.example  | tlsDomain: expected only with tlsSettings:"
            + " DomainValidation",
        "allAcceptedDomains | yes          | allAcceptedDomains: expected: true or false",
        "smartHosts     | mail             | smartHosts: expected: a list of texts",
        "name           | Other            | name: a connector keeps its name, and queues go by it",
        "connectorType  | Hybrid           | connectorType: \"Hybrid\" (expected one of:"
            + " OnPremises, Partner)",
        "trust          | /nosuch.pem      | trust: /nosuch.pem is no file",
      })
  void whatDoesNotFitChangesNothing(String parameter, String value, String problem) {
    Checked<ConfiguredDocument> changed =
        tenant.change(Target.CONNECTOR, NAME, Map.of(parameter, value, "comment", "half"));

    assertThat(changed.problems()).extracting(ConfigProblem::toString).containsExactly(problem);
    assertThat(tenant.connectors()).containsExactly(inFile);
    assertThat(store.text).isEmpty();
  }

  @Test
  void aNewConnectorIsGoneAfterAReset() {
    Checked<ConfiguredDocument> made =
        tenant.replace(
            Target.CONNECTOR, "Second", Map.of("RecipientDomains", List.of("fabrikam.example")));

    assertThat(made.value().inFile()).isFalse();
    assertThat(tenant.connectors()).extracting(Connector::name).containsExactly(NAME, "Second");
    tenant.reset(Target.CONNECTOR, "second");
    assertThat(tenant.connectors()).containsExactly(inFile);
    assertThat(tenant.shown(Target.CONNECTOR, "Second")).isEmpty();
  }

  @Test
  void aReplacementForgetsWhatItDoesNotSay() {
    tenant.replace(
        Target.CONNECTOR,
        NAME,
        Map.of("recipientDomains", List.of("*"), "connectorType", "Partner"));

    assertThat(tenant.connectors())
        .containsExactly(
            new ConnectorDraft(NAME, null, null, List.of("*"), null, null, null, null, null, null)
                .check()
                .value());
  }

  @Test
  void nullTakesAParameterBack() {
    set("smartHosts", null);

    assertThat(tenant.connectors().get(0).useMxRecord()).isTrue();
  }

  @Test
  void aDomainBecomesAuthoritativeAndGetsMailboxes() {
    Checked<ConfiguredDocument> changed =
        tenant.change(
            Target.DOMAIN,
            "Contoso.example",
            Map.of("type", "authoritative", "mailboxes", List.of("bob@contoso.example")));

    assertThat(changed.problems()).isEmpty();
    AcceptedDomain domain = tenant.organization().domain(CONTOSO).orElseThrow();
    assertThat(domain.type()).isEqualTo(AcceptedDomain.Type.AUTHORITATIVE);
    assertThat(tenant.organization().hasMailbox(Mailbox.of("bob@contoso.example"))).isTrue();
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "type, ExternalRelay",
    "type, ''",
    "mailboxes, bob@contoso.example",
    "matchSubDomains, true",
    "name, other.example",
  })
  void aDomainRefusesWhatItIsNot(String parameter, String value) {
    Checked<ConfiguredDocument> changed =
        tenant.change(Target.DOMAIN, CONTOSO.value(), Map.of(parameter, value));

    assertThat(changed.problems()).extracting(ConfigProblem::key).containsExactly(parameter);
    assertThat(store.text).isEmpty();
  }

  @Test
  void aMailboxBelongsToItsDomain() {
    assertThat(
            tenant
                .change(
                    Target.DOMAIN,
                    CONTOSO.value(),
                    Map.of("mailboxes", List.of("bob@fabrikam.example", "bob")))
                .problems())
        .hasSize(2);
    assertThat(tenant.replace(Target.DOMAIN, "no domain", Map.of()).problems()).hasSize(1);
  }

  @Test
  void aChangeTakesTheTimeThatItTakesToReachAllServers() {
    propagation = new Propagation(true, MIN, MAX);
    tenant = start();
    set("smartHosts", List.of("new.contoso.example"));

    Instant due = shown().pending().get(0).takesEffect();
    assertThat(Duration.between(time.instant(), due)).isBetween(MIN, MAX);
    assertThat(hosts()).containsExactly("mail.contoso.example");
    time.advanceTo(due.minusMillis(1));
    assertThat(hosts()).containsExactly("mail.contoso.example");
    time.advanceTo(due);
    assertThat(hosts()).containsExactly("new.contoso.example");
    assertThat(shown().pending()).isEmpty();
    assertThat(shown().overridden()).containsExactly("smartHosts");
  }

  @Test
  void aChangeOnItsWaySurvivesARestart() {
    propagation = new Propagation(true, MIN, MAX);
    tenant = start();
    set("enabled", false);
    List<ConfiguredDocument.PendingChange> pending = shown().pending();

    tenant = start();
    assertThat(shown().pending()).isEqualTo(pending);
    time.advance(MAX);
    assertThat(tenant.connectors().get(0).enabled()).isFalse();
    tenant = start();
    assertThat(tenant.connectors().get(0).enabled()).isFalse();
  }

  @Test
  void theLastChangeSavedWinsHoweverLongEachTakes() {
    propagation = new Propagation(true, MIN, MAX);
    for (long seed = 0; seed < 50; seed++) {
      store.text = Optional.empty();
      tenant = start(seed);
      set("comment", "first");
      set("comment", "second");

      time.advance(MAX);

      assertThat(tenant.connectors().get(0).comment()).as("seed " + seed).isEqualTo("second");
    }
  }

  @Test
  void aChangeIsCheckedAgainstThoseOnTheirWay() {
    propagation = new Propagation(true, MIN, MAX);
    tenant = start();
    tenant.change(
        Target.CONNECTOR,
        NAME,
        Map.of("tlsSettings", "DomainValidation", "tlsDomain", "contoso.example"));
    Map<String, @Nullable Object> without = new HashMap<>();
    without.put("tlsDomain", null);

    assertThat(tenant.change(Target.CONNECTOR, NAME, without).problems())
        .extracting(ConfigProblem::key)
        .containsExactly("tlsDomain");
    propagation = new Propagation(false, MIN, MAX);
    tenant = start();
    assertThat(tenant.change(Target.CONNECTOR, NAME, Map.of("tlsSettings", "x")).problems())
        .hasSize(1);
  }

  @Test
  void aChangeThatTheFileHasOvertakenIsLeftOut() {
    set("tlsSettings", "EncryptionOnly");
    inFile =
        new ConnectorDraft(
                NAME,
                "OnPremises",
                true,
                List.of("*"),
                null,
                List.of("mail"),
                "DomainValidation",
                "mail",
                null,
                null)
            .check()
            .value();

    tenant = start();

    assertThat(tenant.connectors()).containsExactly(inFile);
  }

  @Test
  void whatCannotBeStoredChangesNothing() {
    store.isFull = true;

    assertThatIllegalStateException().isThrownBy(() -> set("enabled", false));

    assertThat(tenant.connectors()).containsExactly(inFile);
  }

  @Test
  void whatCannotBeReadStopsTheStart() {
    store.text = Optional.of("{\"of\":\"tomorrow\"}");

    assertThatIllegalStateException().isThrownBy(this::start).withMessageContaining("version");
  }

  @Test
  void aFixTakesItsTimeAlsoWhereEditsDoNotAndComesIntoForceAsAWhole() {
    Fix fix = fix("a1").value();

    assertThat(Duration.between(time.instant(), fix.due())).isBetween(MIN, MAX);
    assertThat(shown().pending())
        .extracting(ConfiguredDocument.PendingChange::alert)
        .containsExactly(Optional.of("a1"));
    tenant = start();
    assertThat(tenant.fix("a1")).contains(fix);
    time.advanceTo(fix.due().minusMillis(1));
    assertThat(tenant.connectors().get(0).enabled()).isTrue();
    assertThat(type()).isEqualTo(AcceptedDomain.Type.INTERNAL_RELAY);

    time.advanceTo(fix.due());

    assertThat(tenant.connectors().get(0).enabled()).isFalse();
    assertThat(type()).isEqualTo(AcceptedDomain.Type.AUTHORITATIVE);
    assertThat(tenant.fix("a1").orElseThrow().done()).isFalse();
    tenant.fixed("a1");
    tenant = start();
    assertThat(tenant.fix("a1").orElseThrow().done()).isTrue();
  }

  @Test
  void aFixIsTakenBackUntilItsInstantAndNoLonger() {
    Fix fix = fix("a1").value();
    time.advanceTo(fix.due().minusMillis(1));
    assertThat(tenant.unfix("a1", "cli", Optional.empty())).isTrue();
    assertThat(tenant.unfix("a1", "cli", Optional.empty())).isFalse();
    time.advance(MAX);
    assertThat(tenant.connectors()).containsExactly(inFile);

    fix = fix("a1").value();
    time.advanceTo(fix.due());
    assertThat(tenant.unfix("a1", "cli", Optional.empty())).isFalse();
    assertThat(tenant.connectors().get(0).enabled()).isFalse();
  }

  @Test
  void thereIsOneFixForAnAlertAndOneAtATimeForAConnector() {
    fix("a1");
    assertThat(fix("a1").problems()).hasSize(1);
    assertThat(fix("a2").problems()).hasSize(1);
    assertThat(tenant.fixes()).hasSize(1);

    time.advance(MAX);
    tenant.fixed("a1");

    assertThat(fix("a1").problems()).hasSize(1);
    assertThat(fix("a2").problems()).isEmpty();
  }

  @Test
  void anEditThatIsSavedAfterAFixOutlivesIt() {
    propagation = new Propagation(true, MIN, MAX);
    tenant = start();
    fix("a1");
    set("enabled", true);

    time.advance(MAX);

    assertThat(tenant.connectors().get(0).enabled()).isTrue();
    assertThat(type()).isEqualTo(AcceptedDomain.Type.AUTHORITATIVE);
  }

  @Test
  void aFixThatCannotBeStoredChangesNothing() {
    store.isFull = true;

    assertThatIllegalStateException().isThrownBy(() -> fix("a1"));

    assertThat(tenant.fixes()).isEmpty();
    assertThat(shown().pending()).isEmpty();
  }

  @Test
  void whatWasStoredBeforeThereWereFixesIsRead() {
    store.text =
        Optional.of(
            "{\"inForce\":{\"connectors\":{\"To on-premises\":{\"enabled\":false}},"
                + "\"domains\":{}},\"pending\":[]}");

    tenant = start();

    assertThat(tenant.connectors().get(0).enabled()).isFalse();
    assertThat(tenant.fixes()).isEmpty();
  }

  private Checked<Fix> fix(String alert) {
    return tenant.fix(alert, NAME, List.of(CONTOSO), "cli", Optional.empty());
  }

  private AcceptedDomain.Type type() {
    return tenant.domain("contoso.example").orElseThrow().type();
  }

  private Tenant start() {
    return start(1);
  }

  private Tenant start(long seed) {
    return new Tenant(
        new Organization(
            List.of(new AcceptedDomain(CONTOSO, AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
            List.of()),
        List.of(inFile),
        propagation,
        store,
        time,
        new SplittableRandom(seed));
  }

  private void set(String parameter, @Nullable Object value) {
    assertThat(
            tenant
                .change(Target.CONNECTOR, NAME, Collections.singletonMap(parameter, value))
                .problems())
        .isEmpty();
  }

  private ConfiguredDocument shown() {
    return tenant.shown(Target.CONNECTOR, NAME).orElseThrow();
  }

  private List<String> hosts() {
    return tenant.connectors().get(0).smartHosts().stream().map(SmartHost::host).toList();
  }

  private static Connector connector(String host) {
    return new ConnectorDraft(
            NAME, "OnPremises", true, List.of("*"), null, List.of(host), null, null, null, null)
        .check()
        .value();
  }

  /** Keeps the text in memory, or cannot. */
  private static final class MemoryStore implements TenantStore {
    private Optional<String> text = Optional.empty();
    private boolean isFull;

    @Override
    public Optional<String> stored() {
      return text;
    }

    @Override
    public CompletionStage<Void> store(String other) {
      if (isFull) {
        return CompletableFuture.failedFuture(new IllegalStateException("disk full"));
      }
      text = Optional.of(other);
      return CompletableFuture.completedFuture(null);
    }
  }
}
