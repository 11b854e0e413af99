package io.github.mailflowlab.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A connector as somebody wrote it, in a file or a request: Exchange's parameter names, nothing
 * believed yet. {@code null} means that the parameter was absent.
 */
public record ConnectorDraft(
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

  /**
   * Reads and checks everything.
   *
   * @return the connector, or all problems at once, keyed by parameter name
   */
  public Checked<Connector> check() {
    List<ConfigProblem> problems = new ArrayList<>();
    checkName(problems);
    ConnectorType type = readType(problems);
    List<DomainPattern> domains =
        readAll(
            "recipientDomains",
            recipientDomains,
            DomainPattern::parse,
            "a domain, *.domain or *",
            problems);
    if (recipientDomains == null || recipientDomains.isEmpty()) {
      problems.add(new ConfigProblem("recipientDomains", "missing (expected: at least one)"));
    }
    List<SmartHost> hosts =
        readAll(
            "smartHosts",
            smartHosts,
            SmartHost::parse,
            "name, name:port, [address] or [address]:port, port 1 to 65535",
            problems);
    checkRouting(problems);
    TlsSettings tls = readTls(problems);
    Optional<DomainPattern> pattern = readTlsDomain(tls, problems);
    Optional<Path> roots = readTrust(problems);
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    return new Checked.Valid<>(
        new Connector(
            name == null ? "" : name,
            type,
            enabled == null || enabled,
            domains,
            hosts,
            tls,
            pattern,
            roots,
            comment == null ? "" : comment));
  }

  private void checkName(List<ConfigProblem> problems) {
    if (name == null || name.isBlank()) {
      problems.add(new ConfigProblem("name", "missing (expected: a unique name)"));
    } else if (name.length() > Connector.MAX_NAME
        || name.chars().anyMatch(Character::isISOControl)) {
      problems.add(
          new ConfigProblem("name", "expected: 1 to 64 characters, none of them a control"));
    }
  }

  private ConnectorType readType(List<ConfigProblem> problems) {
    if (connectorType == null) {
      return ConnectorType.PARTNER;
    }
    return oneOf(
        "connectorType", connectorType, ConnectorType.values(), ConnectorType::parameter, problems);
  }

  private TlsSettings readTls(List<ConfigProblem> problems) {
    if (tlsSettings == null) {
      return TlsSettings.OPPORTUNISTIC;
    }
    return oneOf(
        "tlsSettings", tlsSettings, TlsSettings.values(), TlsSettings::parameter, problems);
  }

  private void checkRouting(List<ConfigProblem> problems) {
    boolean hasHosts = smartHosts != null && !smartHosts.isEmpty();
    if (hasHosts && Boolean.TRUE.equals(useMXRecord)) {
      problems.add(
          new ConfigProblem("useMXRecord", "true with smartHosts (expected: one of the two)"));
    }
    if (!hasHosts && Boolean.FALSE.equals(useMXRecord)) {
      problems.add(
          new ConfigProblem("smartHosts", "missing (expected: at least one, or useMXRecord true)"));
    }
  }

  private Optional<DomainPattern> readTlsDomain(TlsSettings tls, List<ConfigProblem> problems) {
    boolean needed = tls == TlsSettings.DOMAIN_VALIDATION;
    if (tlsDomain == null) {
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
        DomainPattern.parse(tlsDomain).filter(read -> read.domain().isPresent());
    if (pattern.isEmpty()) {
      problems.add(
          new ConfigProblem("tlsDomain", quoted(tlsDomain) + " (expected: a domain or *.domain)"));
    }
    return needed ? pattern : Optional.empty();
  }

  private Optional<Path> readTrust(List<ConfigProblem> problems) {
    try {
      return Optional.ofNullable(trust).map(Path::of);
    } catch (InvalidPathException e) {
      problems.add(new ConfigProblem("trust", quoted(e.getInput()) + " (expected: a file name)"));
      return Optional.empty();
    }
  }

  /** A list that came from JSON or YAML may hold nulls; to us they are one more wrong entry. */
  private static <T> List<T> readAll(
      String key,
      @Nullable List<@Nullable String> texts,
      Function<String, Optional<T>> parse,
      String expected,
      List<ConfigProblem> problems) {
    List<T> values = new ArrayList<>();
    for (String entry : texts == null ? List.<@Nullable String>of() : texts) {
      Optional<T> value = entry == null ? Optional.empty() : parse.apply(entry);
      value.ifPresentOrElse(
          values::add,
          () ->
              problems.add(
                  new ConfigProblem(
                      key, quoted(String.valueOf(entry)) + " (expected: " + expected + ")")));
    }
    return values;
  }

  private static <E> E oneOf(
      String key,
      String text,
      E[] values,
      Function<E, String> spelling,
      List<ConfigProblem> problems) {
    for (E value : values) {
      if (spelling.apply(value).equalsIgnoreCase(text)) {
        return value;
      }
    }
    String expected = String.join(", ", Stream.of(values).map(spelling).toList());
    problems.add(new ConfigProblem(key, quoted(text) + " (expected one of: " + expected + ")"));
    return values[0];
  }

  private static String quoted(String text) {
    return "\"" + text.replaceAll("\\p{Cc}", "?") + "\"";
  }
}
