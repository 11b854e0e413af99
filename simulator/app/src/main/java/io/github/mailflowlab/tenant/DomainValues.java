package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.routing.AcceptedDomain;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An accepted domain and the parameters of a request, one made from the other. */
final class DomainValues {
  static final String TYPE = "type";
  static final String MAILBOXES = "mailboxes";

  private final DomainName name;
  private final List<ConfigProblem> problems = new ArrayList<>();
  private AcceptedDomain.Type type;
  private Set<Mailbox> mailboxes;

  private DomainValues(DomainName name, Optional<AcceptedDomain> base) {
    this.name = name;
    this.type = base.map(AcceptedDomain::type).orElse(AcceptedDomain.Type.AUTHORITATIVE);
    this.mailboxes = base.map(AcceptedDomain::mailboxes).orElse(Set.of());
  }

  /** The domain with these parameters instead of its own; a new one is Authoritative. */
  static Checked<AcceptedDomain> changed(
      String name, Optional<AcceptedDomain> base, Map<String, @Nullable Object> changes) {
    Optional<DomainName> domain = DomainName.parse(name);
    if (domain.isEmpty()) {
      return new Checked.Invalid<>(
          List.of(new ConfigProblem("name", "expected: a domain such as contoso.example")));
    }
    DomainValues values = new DomainValues(domain.get(), base);
    changes.forEach(values::change);
    return values.problems.isEmpty()
        ? new Checked.Valid<>(new AcceptedDomain(values.name, values.type, values.mailboxes))
        : new Checked.Invalid<>(values.problems);
  }

  /** The same changes, with the defaults for what they leave out. */
  static Map<String, @Nullable Object> complete(Map<String, @Nullable Object> changes) {
    Map<String, @Nullable Object> complete = new LinkedHashMap<>();
    complete.put(TYPE, AcceptedDomain.Type.AUTHORITATIVE.parameter());
    complete.put(MAILBOXES, List.of());
    complete.putAll(changes);
    return complete;
  }

  static Map<String, @Nullable Object> shown(AcceptedDomain domain) {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("name", domain.name().toString());
    shown.put(TYPE, domain.type().parameter());
    shown.put(MAILBOXES, domain.mailboxes().stream().map(Mailbox::toString).sorted().toList());
    return shown;
  }

  private void change(String key, @Nullable Object value) {
    switch (key) {
      case "name" -> {
        if (!(value instanceof String text) || !DomainName.parse(text).equals(Optional.of(name))) {
          problem("name", "a domain keeps its name");
        }
      }
      case TYPE -> {
        if (value != null) {
          readType(value);
        }
      }
      case MAILBOXES -> readMailboxes(value == null ? List.of() : value);
      default -> problem(Texts.printable(key), "unknown parameter (known: name, type, mailboxes)");
    }
  }

  private void readType(Object value) {
    Stream.of(AcceptedDomain.Type.values())
        .filter(one -> value instanceof String text && one.parameter().equalsIgnoreCase(text))
        .findFirst()
        .ifPresentOrElse(
            one -> type = one,
            () ->
                problem(
                    TYPE,
                    "expected one of: Authoritative, InternalRelay (ExternalRelay exists in"
                        + " on-premises Exchange only)"));
  }

  private void readMailboxes(Object value) {
    Set<Mailbox> read = new LinkedHashSet<>();
    if (!(value instanceof List<?> entries)) {
      problem(MAILBOXES, "expected: a list of addresses");
      return;
    }
    for (Object entry : entries) {
      Optional<Mailbox> mailbox =
          entry instanceof String text ? Mailbox.parse(text) : Optional.empty();
      if (mailbox.filter(one -> one.domain().equals(name)).isEmpty()) {
        problem(
            MAILBOXES,
            "\""
                + Texts.printable(String.valueOf(entry))
                + "\" (expected: an address in "
                + name
                + ")");
      }
      mailbox.ifPresent(read::add);
    }
    mailboxes = read;
  }

  private void problem(String key, String message) {
    problems.add(new ConfigProblem(key, message));
  }
}
