package io.github.mailflowlab.settings;

import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads {@code organization}. */
final class OrganizationSection {
  private static final String ADDRESS = "an address such as alice@contoso.example";

  private OrganizationSection() {}

  static Organization read(Section section, Organization fallback) {
    List<AcceptedDomain> domains =
        section.sections("domains").map(items -> domains(section, items)).orElse(List.of());
    Optional<List<Mailbox>> admins = section.parsedList("admins", Mailbox::parse, ADDRESS);
    section.rejectUnknown();
    if (domains.isEmpty()) {
      return new Organization(fallback.domains(), admins.orElse(fallback.admins()));
    }
    Mailbox admin = new Mailbox("admin", domains.get(0).name());
    return new Organization(domains, admins.orElse(List.of(admin)));
  }

  private static List<AcceptedDomain> domains(Section section, List<Section> items) {
    if (items.isEmpty()) {
      section.problem("domains", "none (expected: at least one)");
    }
    List<AcceptedDomain> domains = new ArrayList<>();
    Set<DomainName> names = new HashSet<>();
    for (Section item : items) {
      domain(item)
          .ifPresent(
              domain -> {
                domains.add(domain);
                if (!names.add(domain.name())) {
                  item.problem("name", "\"" + domain.name() + "\" is there twice");
                }
              });
    }
    return domains;
  }

  private static Optional<AcceptedDomain> domain(Section item) {
    if (!item.has("name")) {
      item.problem("name", "missing");
    }
    Optional<DomainName> name = item.parsed("name", DomainName::parse, "a domain");
    AcceptedDomain.Type type =
        item.parsed("type", OrganizationSection::type, "Authoritative or InternalRelay")
            .orElse(AcceptedDomain.Type.INTERNAL_RELAY);
    List<Mailbox> mailboxes =
        item.parsedList("mailboxes", Mailbox::parse, ADDRESS).orElse(List.of());
    item.rejectUnknown();
    name.ifPresent(own -> rejectForeign(item, own, mailboxes));
    return name.map(own -> new AcceptedDomain(own, type, new HashSet<>(mailboxes)));
  }

  private static void rejectForeign(Section item, DomainName own, List<Mailbox> mailboxes) {
    mailboxes.stream()
        .filter(mailbox -> !mailbox.domain().equals(own))
        .forEach(
            mailbox -> item.problem("mailboxes", "\"" + mailbox + "\" is not in domain " + own));
  }

  private static Optional<AcceptedDomain.Type> type(String text) {
    return Stream.of(AcceptedDomain.Type.values())
        .filter(type -> type.parameter().equalsIgnoreCase(text))
        .findFirst();
  }
}
