package io.github.mailflowlab.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connector as somebody wrote it, in a file or a request: nothing believed yet but that each
 * value is of its parameter's kind.
 *
 * @param values a {@code String}, {@code Boolean} or {@code List<String>} each; what is absent was
 *     not said
 */
public record ConnectorDraft(Map<ConnectorParameter, Object> values) {
  public ConnectorDraft {
    Map<ConnectorParameter, Object> copy = new EnumMap<>(ConnectorParameter.class);
    copy.putAll(values);
    values = Collections.unmodifiableMap(copy);
  }

  /** A draft of what leads mail; {@code null} means that the parameter was absent. */
  public ConnectorDraft(
      @Nullable String name,
      @Nullable String connectorType,
      @Nullable Boolean enabled,
      @Nullable List<@Nullable String> recipientDomains,
      @Nullable Boolean useMXRecord,
      @Nullable List<@Nullable String> smartHosts,
      @Nullable String tlsSettings,
      @Nullable String tlsDomain,
      @Nullable String trust,
      @Nullable String comment) {
    this(
        new Given()
            .with(ConnectorParameter.NAME, name)
            .with(ConnectorParameter.CONNECTOR_TYPE, connectorType)
            .with(ConnectorParameter.ENABLED, enabled)
            .with(ConnectorParameter.RECIPIENT_DOMAINS, recipientDomains)
            .with(ConnectorParameter.USE_MX_RECORD, useMXRecord)
            .with(ConnectorParameter.SMART_HOSTS, smartHosts)
            .with(ConnectorParameter.TLS_SETTINGS, tlsSettings)
            .with(ConnectorParameter.TLS_DOMAIN, tlsDomain)
            .with(ConnectorParameter.TRUST, trust)
            .with(ConnectorParameter.COMMENT, comment)
            .values);
  }

  /**
   * What to write to get this connector. Not {@code useMXRecord}, which follows from the smart
   * hosts, so that a draft can be changed in one place.
   */
  public static ConnectorDraft of(Connector connector) {
    boolean opportunistic = connector.tlsSettings() == TlsSettings.OPPORTUNISTIC;
    Given given =
        new Given()
            .with(ConnectorParameter.NAME, connector.name())
            .with(ConnectorParameter.CONNECTOR_TYPE, connector.connectorType().parameter())
            .with(ConnectorParameter.ENABLED, connector.enabled())
            .with(ConnectorParameter.RECIPIENT_DOMAINS, texts(connector.recipientDomains()))
            .with(ConnectorParameter.SMART_HOSTS, texts(connector.smartHosts()))
            .with(
                ConnectorParameter.TLS_SETTINGS,
                opportunistic ? null : connector.tlsSettings().parameter())
            .with(
                ConnectorParameter.TLS_DOMAIN,
                connector.tlsDomain().map(DomainPattern::toString).orElse(null))
            .with(ConnectorParameter.TRUST, connector.trust().map(Path::toString).orElse(null))
            .with(
                ConnectorParameter.COMMENT,
                connector.comment().isEmpty() ? null : connector.comment());
    given.values.putAll(connector.further());
    return new ConnectorDraft(given.values);
  }

  /**
   * Reads and checks everything.
   *
   * @return the connector, or all problems at once, keyed by parameter name
   */
  public Checked<Connector> check() {
    List<ConfigProblem> problems = new ArrayList<>();
    String name = readName(problems);
    ConnectorType type =
        oneOf(
            ConnectorParameter.CONNECTOR_TYPE,
            ConnectorType.PARTNER,
            ConnectorType.values(),
            ConnectorType::parameter,
            problems);
    List<DomainPattern> domains =
        readAll(
            ConnectorParameter.RECIPIENT_DOMAINS,
            DomainPattern::parse,
            "a domain, *.domain or *",
            problems);
    checkScope(problems);
    List<SmartHost> hosts =
        readAll(
            ConnectorParameter.SMART_HOSTS,
            SmartHost::parse,
            "name, name:port, [address] or [address]:port, port 1 to 65535",
            problems);
    checkRouting(problems);
    TlsSettings tls =
        oneOf(
            ConnectorParameter.TLS_SETTINGS,
            TlsSettings.OPPORTUNISTIC,
            TlsSettings.values(),
            TlsSettings::parameter,
            problems);
    Optional<DomainPattern> pattern = readTlsDomain(tls, problems);
    Optional<Path> roots = readTrust(problems);
    Map<ConnectorParameter, Object> further = FurtherParameters.read(this, type, problems);
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    return new Checked.Valid<>(
        new Connector(
            name,
            type,
            flag(ConnectorParameter.ENABLED).orElse(true),
            domains,
            hosts,
            tls,
            pattern,
            roots,
            text(ConnectorParameter.COMMENT).orElse(""),
            further));
  }

  private String readName(List<ConfigProblem> problems) {
    String name = text(ConnectorParameter.NAME).orElse("");
    if (name.isBlank()) {
      problems.add(new ConfigProblem("name", "missing (expected: a unique name)"));
    } else if (name.length() > Connector.MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          new ConfigProblem("name", "expected: 1 to 64 characters, none of them a control"));
    }
    return name;
  }

  /** Somebody must send mail through it: a domain, all accepted domains, or a rule. */
  private void checkScope(List<ConfigProblem> problems) {
    if (isEmpty(ConnectorParameter.RECIPIENT_DOMAINS)
        && !isOn(ConnectorParameter.ALL_ACCEPTED_DOMAINS)
        && !isOn(ConnectorParameter.IS_TRANSPORT_RULE_SCOPED)) {
      problems.add(new ConfigProblem("recipientDomains", "missing (expected: at least one)"));
    }
  }

  private void checkRouting(List<ConfigProblem> problems) {
    boolean hasHosts = !isEmpty(ConnectorParameter.SMART_HOSTS);
    Optional<Boolean> useMxRecord = flag(ConnectorParameter.USE_MX_RECORD);
    if (hasHosts && useMxRecord.orElse(false)) {
      problems.add(
          new ConfigProblem("useMXRecord", "true with smartHosts (expected: one of the two)"));
    }
    if (!hasHosts && !useMxRecord.orElse(true)) {
      problems.add(
          new ConfigProblem("smartHosts", "missing (expected: at least one, or useMXRecord true)"));
    }
  }

  private Optional<DomainPattern> readTlsDomain(TlsSettings tls, List<ConfigProblem> problems) {
    boolean needed = tls == TlsSettings.DOMAIN_VALIDATION;
    Optional<String> tlsDomain = text(ConnectorParameter.TLS_DOMAIN);
    if (tlsDomain.isEmpty()) {
      if (needed) {
        problems.add(
            new ConfigProblem("tlsDomain", "missing (DomainValidation compares names with it)"));
      }
      return Optional.empty();
    }
    if (!needed) {
      problems.add(
          new ConfigProblem("tlsDomain", "expected only with tlsSettings: DomainValidation"));
    }
    Optional<DomainPattern> pattern =
        DomainPattern.parse(tlsDomain.get()).filter(read -> read.domain().isPresent());
    if (pattern.isEmpty()) {
      problems.add(
          new ConfigProblem(
              "tlsDomain", quoted(tlsDomain.get()) + " (expected: a domain or *.domain)"));
    }
    return needed ? pattern : Optional.empty();
  }

  private Optional<Path> readTrust(List<ConfigProblem> problems) {
    try {
      return text(ConnectorParameter.TRUST).map(Path::of);
    } catch (InvalidPathException e) {
      problems.add(new ConfigProblem("trust", quoted(e.getInput()) + " (expected: a file name)"));
      return Optional.empty();
    }
  }

  Optional<String> text(ConnectorParameter parameter) {
    return Optional.ofNullable(values.get(parameter)).map(String.class::cast);
  }

  Optional<Boolean> flag(ConnectorParameter parameter) {
    return Optional.ofNullable(values.get(parameter)).map(Boolean.class::cast);
  }

  private boolean isOn(ConnectorParameter parameter) {
    return flag(parameter).orElse(false);
  }

  private boolean isEmpty(ConnectorParameter parameter) {
    return list(parameter).isEmpty();
  }

  private List<?> list(ConnectorParameter parameter) {
    return values.get(parameter) instanceof List<?> list ? list : List.of();
  }

  /** A list that came from JSON or YAML may hold nulls; to us they are one more wrong entry. */
  <T> List<T> readAll(
      ConnectorParameter parameter,
      Function<String, Optional<T>> parse,
      String expected,
      List<ConfigProblem> problems) {
    List<T> read = new ArrayList<>();
    for (Object entry : list(parameter)) {
      Optional<T> value = entry instanceof String text ? parse.apply(text) : Optional.empty();
      value.ifPresentOrElse(
          read::add,
          () ->
              problems.add(
                  new ConfigProblem(
                      parameter.key(),
                      quoted(String.valueOf(entry)) + " (expected: " + expected + ")")));
    }
    return read;
  }

  private <E> E oneOf(
      ConnectorParameter parameter,
      E otherwise,
      E[] choice,
      Function<E, String> spelling,
      List<ConfigProblem> problems) {
    Optional<String> text = text(parameter);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E value : choice) {
      if (spelling.apply(value).equalsIgnoreCase(text.get())) {
        return value;
      }
    }
    String expected = String.join(", ", Stream.of(choice).map(spelling).toList());
    problems.add(
        new ConfigProblem(
            parameter.key(), quoted(text.get()) + " (expected one of: " + expected + ")"));
    return choice[0];
  }

  static String quoted(String text) {
    return "\"" + text.replaceAll("\\p{Cc}", "?") + "\"";
  }

  private static List<String> texts(List<?> values) {
    return values.stream().map(Object::toString).toList();
  }

  /** The values that were given, one after the other. */
  private static final class Given {
    private final Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);

    Given with(ConnectorParameter parameter, @Nullable Object value) {
      if (value != null) {
        values.put(parameter, value);
      }
      return this;
    }
  }
}
