package io.github.mailflowlab.config;

import io.github.mailflowlab.mail.DomainName;
import java.util.Optional;

/**
 * Which recipient domains a connector is for: a domain, {@code *.domain} for those below it, or
 * {@code *} for all (exchange-online-behaviour 4.1).
 *
 * @param domain absent for {@code *}
 * @param wildcard whether the domains below it are meant, rather than it
 */
public record DomainPattern(Optional<DomainName> domain, boolean wildcard) {
  /** Reads one entry of {@code recipientDomains}; empty when it is none of the three forms. */
  public static Optional<DomainPattern> parse(String text) {
    if (text.equals("*")) {
      return Optional.of(new DomainPattern(Optional.empty(), true));
    }
    boolean wildcard = text.startsWith("*.");
    return DomainName.parse(wildcard ? text.substring(2) : text)
        .map(domain -> new DomainPattern(Optional.of(domain), wildcard));
  }

  public boolean matches(DomainName recipient) {
    return domain
        .map(
            own ->
                wildcard
                    ? recipient.isWithin(own) && !recipient.equals(own)
                    : recipient.equals(own))
        .orElse(true);
  }

  /** The greater, the more specific: an exact name, then the longer wildcard, then {@code *}. */
  public int specificity() {
    int length = domain.map(own -> own.value().length()).orElse(0);
    return wildcard ? length : DomainName.MAX_LENGTH + 1 + length;
  }

  @Override
  public String toString() {
    return domain.map(own -> (wildcard ? "*." : "") + own).orElse("*");
  }
}
