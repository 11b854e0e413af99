package io.github.mailflowlab.scenario;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.settings.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what is expected. */
final class ExpectationReader {
  private static final String ADDRESS = "an address such as alice@contoso.example";

  private ExpectationReader() {}

  /** One mapping, or a list of them with a scope each. */
  static List<Expectation> readAll(Section parent, String key, Cast cast) {
    if (!parent.isList(key)) {
      return List.of(read(parent.section(key), cast));
    }
    return parent.sections(key).orElse(List.of()).stream().map(item -> read(item, cast)).toList();
  }

  static Expectation read(Section section, Cast cast) {
    Scope scope =
        new Scope(
            section.has("connector") ? cast.connector(section, "connector") : Optional.empty(),
            section.parsed("from", Mailbox::parse, ADDRESS),
            section.parsed("to", Mailbox::parse, ADDRESS),
            section.has("host") ? cast.host(section, "host") : Optional.empty());
    List<Expectation.Clause> clauses = new ArrayList<>();
    for (Fact fact : Fact.values()) {
      wanted(section, fact).ifPresent(wanted -> clauses.add(new Expectation.Clause(fact, wanted)));
    }
    section.rejectUnknown();
    return new Expectation(scope, clauses);
  }

  private static Optional<Wanted> wanted(Section section, Fact fact) {
    if (fact.isNumber()) {
      return section
          .parsed(fact.key(), Wanted.Range::parse, Wanted.RANGE_FORM)
          .map(Wanted.class::cast);
    }
    Optional<List<String>> texts = section.textOrTexts(fact.key());
    if (texts.isEmpty()) {
      return Optional.empty();
    }
    List<Optional<String>> words = texts.get().stream().map(fact::word).toList();
    for (int i = 0; i < words.size(); i++) {
      if (words.get(i).isEmpty()) {
        section.problem(
            fact.key(), "\"" + texts.get().get(i) + "\" (expected: " + fact.form() + ")");
      }
    }
    return Optional.of(Wanted.Words.of(words.stream().flatMap(Optional::stream).toList()));
  }
}
