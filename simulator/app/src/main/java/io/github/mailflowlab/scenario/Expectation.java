package io.github.mailflowlab.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What should be so at an instant.
 *
 * @param scope of which mail
 * @param clauses all of which should hold
 */
record Expectation(Scope scope, List<Clause> clauses) {
  /**
   * One part.
   *
   * @param fact what is looked at
   * @param wanted what it should be
   */
  public record Clause(Fact fact, Wanted wanted) {
    @Override
    public String toString() {
      return fact.key() + " " + wanted;
    }
  }

  /**
   * What came of a clause.
   *
   * @param what the fact, and of which mail
   * @param expected in words
   * @param seen in words
   */
  record Finding(String what, String expected, String seen, boolean met) {}

  public Expectation {
    clauses = List.copyOf(clauses);
  }

  List<Finding> judge(Facts facts) {
    List<Finding> findings = new ArrayList<>();
    for (Clause clause : clauses) {
      Seen seen = clause.fact().look(facts, scope);
      findings.add(
          new Finding(
              clause.fact().key() + scope,
              clause.wanted().toString(),
              seen.toString(),
              clause.wanted().isMetBy(seen)));
    }
    return findings;
  }

  @Override
  public String toString() {
    return clauses.stream().map(Clause::toString).collect(Collectors.joining(", ")) + scope;
  }
}
