package io.github.mailflowlab.routing;

import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import java.util.List;
import java.util.Optional;

/**
 * Who we are.
 *
 * @param domains the accepted domains, at least one; the first is the default domain
 * @param admins who gets alerts by e-mail; they have mailboxes in the lab
 */
public record Organization(List<AcceptedDomain> domains, List<Mailbox> admins) {
  public Organization {
    domains = List.copyOf(domains);
    admins = List.copyOf(admins);
    if (domains.isEmpty()) {
      throw new IllegalArgumentException("domains: none (expected: at least one)");
    }
  }

  /** The domain of the postmaster and of our own host name. */
  public DomainName defaultDomain() {
    return domains.get(0).name();
  }

  /** Who signs NDRs and alerts. */
  public Mailbox postmaster() {
    return new Mailbox("postmaster", defaultDomain());
  }

  public Optional<AcceptedDomain> domain(DomainName name) {
    return domains.stream().filter(domain -> domain.name().equals(name)).findFirst();
  }

  /** Whether this recipient's mail stays in the lab's own mailbox store. */
  public boolean hasMailbox(Mailbox recipient) {
    return admins.contains(recipient)
        || recipient.equals(postmaster())
        || domain(recipient.domain())
            .map(domain -> domain.mailboxes().contains(recipient))
            .orElse(false);
  }
}
