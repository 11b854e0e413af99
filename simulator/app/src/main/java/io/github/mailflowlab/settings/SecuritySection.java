package io.github.mailflowlab.settings;

import io.github.mailflowlab.mail.DomainName;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads {@code security}. */
public final class SecuritySection {
  private SecuritySection() {}

  /**
   * Reads token, ranges and names.
   *
   * @param environment looks up a variable
   */
  public static Optional<Security> read(
      Section section, Function<String, Optional<String>> environment) {
    if (!section.has("token")) {
      section.problem("token", "missing");
    }
    Optional<String> token =
        section
            .text("token")
            .flatMap(text -> Secret.read(section, "token", text, environment))
            .flatMap(secret -> usable(section, secret));
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

  /** A token must fit into a header; the problem must not show it. */
  private static Optional<String> usable(Section section, String secret) {
    if (secret.matches("[!-~]+")) {
      return Optional.of(secret);
    }
    section.problem("token", "expected: visible ASCII characters without blanks");
    return Optional.empty();
  }
}
