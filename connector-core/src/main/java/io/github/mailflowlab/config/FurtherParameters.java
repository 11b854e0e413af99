package io.github.mailflowlab.config;

import io.github.mailflowlab.mail.Mailbox;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The parameters of a connector that do not lead its mail, apart from {@code allAcceptedDomains}
 * and {@code isTransportRuleScoped}, which routing reads: a lab has no mail flow rules, no MTA-STS
 * and no DANE. They are checked, kept and shown, so that a connector can be written down as it is
 * in Exchange.
 */
final class FurtherParameters {
  /** What only a connector to the organisation's own servers can have. */
  private static final Set<ConnectorParameter> ON_PREMISES_ONLY =
      EnumSet.of(
          ConnectorParameter.ALL_ACCEPTED_DOMAINS,
          ConnectorParameter.ROUTE_ALL_MESSAGES_VIA_ON_PREMISES,
          ConnectorParameter.CLOUD_SERVICES_MAIL_ENABLED,
          ConnectorParameter.SENDER_REWRITING_ENABLED);

  private static final Set<ConnectorParameter> PLAIN_FLAGS =
      EnumSet.of(
          ConnectorParameter.IS_TRANSPORT_RULE_SCOPED,
          ConnectorParameter.TEST_MODE,
          ConnectorParameter.IS_VALIDATED);

  private static final Map<ConnectorParameter, List<String>> WORDS =
      Map.of(
          ConnectorParameter.MTA_STS_MODE, List.of("Opportunistic", "None"),
          ConnectorParameter.SMTP_DANE_MODE, List.of("Opportunistic", "Mandatory", "None"),
          ConnectorParameter.CONNECTOR_SOURCE,
              List.of("Default", "HybridWizard", "Migrated", "AdminUI"));

  private final ConnectorDraft draft;
  private final List<ConfigProblem> problems;
  private final Map<ConnectorParameter, Object> checked = new EnumMap<>(ConnectorParameter.class);

  private FurtherParameters(ConnectorDraft draft, List<ConfigProblem> problems) {
    this.draft = draft;
    this.problems = problems;
  }

  /** Those given, in Exchange's spelling; what is wrong goes to the problems. */
  static Map<ConnectorParameter, Object> read(
      ConnectorDraft draft, ConnectorType type, List<ConfigProblem> problems) {
    return new FurtherParameters(draft, problems).read(type);
  }

  private Map<ConnectorParameter, Object> read(ConnectorType type) {
    ON_PREMISES_ONLY.forEach(flag -> readOnPremisesFlag(flag, type));
    PLAIN_FLAGS.forEach(flag -> draft.flag(flag).ifPresent(given -> checked.put(flag, given)));
    WORDS.forEach(
        (parameter, words) ->
            readText(
                parameter,
                text -> words.stream().filter(word -> word.equalsIgnoreCase(text)).findFirst(),
                "one of: " + String.join(", ", words)));
    readText(
        ConnectorParameter.LINK_FOR_MODIFIED_CONNECTOR,
        FurtherParameters::guid,
        "a GUID such as " + new UUID(0, 0));
    readText(
        ConnectorParameter.LAST_VALIDATION_TIMESTAMP,
        FurtherParameters::instant,
        "an instant such as 2030-01-01T00:00:00Z");
    draft
        .text(ConnectorParameter.LAST_VALIDATION_RESULT)
        .ifPresent(text -> checked.put(ConnectorParameter.LAST_VALIDATION_RESULT, text));
    List<Mailbox> recipients =
        draft.readAll(
            ConnectorParameter.VALIDATION_RECIPIENTS, Mailbox::parse, "an address", problems);
    if (!recipients.isEmpty()) {
      checked.put(
          ConnectorParameter.VALIDATION_RECIPIENTS,
          recipients.stream().map(Mailbox::toString).toList());
    }
    return checked;
  }

  private void readOnPremisesFlag(ConnectorParameter flag, ConnectorType type) {
    draft
        .flag(flag)
        .ifPresent(
            given -> {
              checked.put(flag, given);
              if (given && type != ConnectorType.ON_PREMISES) {
                problems.add(
                    new ConfigProblem(flag.key(), "expected only with connectorType: OnPremises"));
              }
            });
  }

  private void readText(
      ConnectorParameter parameter, Function<String, Optional<String>> read, String expected) {
    Optional<String> text = draft.text(parameter);
    text.flatMap(read).ifPresent(value -> checked.put(parameter, value));
    if (text.isPresent() && !checked.containsKey(parameter)) {
      problems.add(
          new ConfigProblem(
              parameter.key(),
              ConnectorDraft.quoted(text.get()) + " (expected: " + expected + ")"));
    }
  }

  private static Optional<String> guid(String text) {
    return Stream.of(text)
        .filter(word -> word.matches("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}"))
        .map(word -> UUID.fromString(word).toString())
        .findFirst();
  }

  private static Optional<String> instant(String text) {
    try {
      return Optional.of(Instant.parse(text).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
