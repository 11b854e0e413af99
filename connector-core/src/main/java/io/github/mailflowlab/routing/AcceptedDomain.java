package io.github.mailflowlab.routing;

import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import java.util.Set;

/**
 * A domain of the organisation (exchange-online-behaviour 4.5).
 *
 * @param mailboxes those that live in the lab itself
 */
public record AcceptedDomain(DomainName name, Type type, Set<Mailbox> mailboxes) {
  /** What happens to mail for a recipient without a mailbox here. */
  public enum Type {
    /** Refused: everybody is known. */
    AUTHORITATIVE("Authoritative"),
    /** Relayed through the domain's connector. */
    INTERNAL_RELAY("InternalRelay");

    private final String parameter;

    Type(String parameter) {
      this.parameter = parameter;
    }

    /** Exchange's spelling. */
    public String parameter() {
      return parameter;
    }
  }

  public AcceptedDomain {
    mailboxes = Set.copyOf(mailboxes);
  }
}
