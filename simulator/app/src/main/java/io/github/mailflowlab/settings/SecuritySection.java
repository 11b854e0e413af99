package io.github.mailflowlab.settings;

import io.github.mailflowlab.mail.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code security}. */
final class SecuritySection {
  private static final String ENVIRONMENT = "env:";

  private SecuritySection() {}

  /**
   * Reads token, ranges and names.
   *
   * @param environment looks up a variable
   */
  static Optional<Security> read(Section section, Function<String, Optional<String>> environment) {
    if (!section.has("token")) {
      section.problem("token", "missing");
    }
    Optional<String> token =
        section.text("token").flatMap(text -> token(section, text, environment));
    List<AddressRange> allow =
        section
            .parsedList("allow", AddressRange::parse, "an address or a range such as 172.16.0.0/12")
            .orElse(List.of());
    List<String> hosts =
        section
            .parsedList(
                "hosts", text -> DomainName.parse(text).map(DomainName::value), "a host name")
            .orElse(List.of());
    section.rejectUnknown();
    if (allow.isEmpty() && !section.isNoted("allow")) {
      section.problem("allow", "none (expected: at least one)");
    }
    return token
        .filter(secret -> !allow.isEmpty())
        .map(secret -> new Security(secret, allow, hosts));
  }

  private static Optional<String> token(
      Section section, String text, Function<String, Optional<String>> environment) {
    if (!text.startsWith(ENVIRONMENT)) {
      return usable(section, text);
    }
    String variable = text.substring(ENVIRONMENT.length());
    Optional<String> value = environment.apply(variable);
    if (value.isEmpty()) {
      section.problem("token", "environment variable " + variable + " is not set");
    }
    return value.flatMap(secret -> usable(section, secret));
  }

  /** A token must fit into a header; the problem must not show it. */
  private static Optional<String> usable(Section section, String secret) {
    if (secret.matches("[!-~]+")) {
      return Optional.of(secret);
    }
    section.problem("token", "expected: visible ASCII characters without blanks");
    return Optional.empty();
  }
}
