package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.fault.FaultTable;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What can be ordered, and what goes with what. */
final class OrderRules {
  private static final Pattern OWN_ID = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

  /** Where a message is known: what was said of it is forgotten at RSET. */
  private static final Set<Stage> FROM_MAIL =
      EnumSet.of(Stage.MAIL, Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT);

  private static final Set<Stage> FROM_RCPT =
      EnumSet.of(Stage.RCPT, Stage.DATA, Stage.BODY, Stage.DOT);

  private OrderRules() {}

  static String standardId(Stage where, String what) {
    return where.id() + "." + word(what);
  }

  private static String word(String what) {
    return what.strip().split(" ", 2)[0];
  }

  private static String argument(String what) {
    String[] parts = what.strip().split(" +", 2);
    return parts.length == 2 ? parts[1] : "";
  }

  /** What it does; empty when there is a problem with that. */
  static Optional<Effect> effect(String id, Optional<Stage> where, Optional<String> what) {
    if (where.isPresent() && what.isPresent()) {
      return Verb.of(word(what.get()))
          .filter(verb -> verb.isAllowedAt(where.get()))
          .flatMap(verb -> verb.effect(where.get(), argument(what.get())));
    }
    return FaultTable.find(id)
        .filter(fault -> where.isEmpty() && what.isEmpty() && fault.naming().servers().isEmpty())
        .map(Effect::of);
  }

  static List<ConfigProblem> problems(
      String id, Optional<Stage> where, Optional<String> what, Who who, When when) {
    List<ConfigProblem> problems = new ArrayList<>();
    if (where.isPresent() != what.isPresent()) {
      problems.add(
          where.isPresent()
              ? new ConfigProblem("what", "missing beside where")
              : new ConfigProblem("where", "missing beside what"));
    } else if (where.isPresent()) {
      ownId(id).ifPresent(problems::add);
      what(where.get(), what.get()).ifPresent(problems::add);
    } else {
      catalogueId(id).ifPresent(problems::add);
    }
    effect(id, where, what)
        .ifPresent(
            effect -> {
              problems.addAll(who(effect, who));
              problems.addAll(when(effect, when));
            });
    return problems;
  }

  private static Optional<ConfigProblem> ownId(String id) {
    if (!OWN_ID.matcher(id).matches()) {
      return problem("id", id, "expected: up to 60 letters a-z, digits, dots and hyphens");
    }
    return catalogue().contains(id)
        ? problem("id", id, "that is a fault of the catalogue; expected: a name of your own")
        : Optional.empty();
  }

  private static Optional<ConfigProblem> catalogueId(String id) {
    Optional<Fault> fault = FaultTable.find(id);
    if (fault.isPresent()) {
      return fault.get().naming().servers().isEmpty()
          ? Optional.empty()
          : problem("id", id, "needs DNS servers of its own; expected: another fault of DNS");
    }
    return Optional.of(
        new ConfigProblem(
            "id",
            "\""
                + id
                + "\" (expected: an id of the catalogue)"
                + NearestWords.hint(id, catalogue())));
  }

  private static Set<String> catalogue() {
    return FailureCatalogue.load().entries().keySet();
  }

  private static Optional<ConfigProblem> what(Stage where, String what) {
    List<String> words = Verb.at(where).stream().map(Verb::word).toList();
    if (words.isEmpty()) {
      return Optional.of(
          new ConfigProblem("where", "\"" + where.id() + "\" (expected: another stage)"));
    }
    Optional<Verb> verb = Verb.of(word(what));
    if (verb.filter(known -> known.isAllowedAt(where)).isEmpty()) {
      return Optional.of(
          new ConfigProblem(
              "what",
              "\""
                  + what
                  + "\" at "
                  + where.id()
                  + " (expected: "
                  + String.join(", ", words)
                  + ")"
                  + NearestWords.hint(word(what), words)));
    }
    return verb.get().effect(where, argument(what)).isPresent()
        ? Optional.empty()
        : problem("what", what, "expected: for example " + verb.get().example());
  }

  private static Optional<ConfigProblem> problem(String key, String value, String message) {
    return Optional.of(new ConfigProblem(key, "\"" + value + "\" (" + message + ")"));
  }

  /** Nothing can depend on what has not been said yet. */
  private static List<ConfigProblem> who(Effect effect, Who who) {
    Map<String, Boolean> allowed = new LinkedHashMap<>();
    boolean isSeen = effect.scope() != Scope.NETWORK;
    if (who.client().isPresent()) {
      allowed.put("who.client", isSeen);
    }
    if (who.helo().isPresent()) {
      allowed.put("who.helo", effect.stage().filter(stage -> stage != Stage.BANNER).isPresent());
    }
    if (who.sender().isPresent()) {
      allowed.put("who.sender", effect.stage().filter(FROM_MAIL::contains).isPresent());
    }
    if (who.recipient().isPresent()) {
      allowed.put("who.recipient", effect.stage().filter(FROM_RCPT::contains).isPresent());
    }
    if (who.sizeAtLeast().isPresent()) {
      allowed.put("who.sizeAtLeast", effect.stage().filter(FROM_MAIL::contains).isPresent());
    }
    return refused(allowed, "is not known when this fault acts (" + moment(effect) + ")");
  }

  /** What nobody sees cannot be counted. */
  private static List<ConfigProblem> when(Effect effect, When when) {
    boolean isSeen = effect.scope() != Scope.NETWORK;
    Map<String, Boolean> allowed = new LinkedHashMap<>();
    allowed.put("when.after", isSeen || when.after() == 0);
    allowed.put("when.every", isSeen || when.every() == 1);
    allowed.put("when.quota", isSeen || when.quota().isEmpty());
    allowed.put("when.chance", isSeen || when.chance() == 1);
    allowed.put("when.times", isSeen || when.times().isEmpty());
    return refused(
        allowed, "nobody sees whom this fault meets (expected: from, until, daily or a ttl)");
  }

  private static List<ConfigProblem> refused(Map<String, Boolean> allowed, String message) {
    return allowed.entrySet().stream()
        .filter(entry -> !entry.getValue())
        .map(entry -> new ConfigProblem(entry.getKey(), message))
        .collect(Collectors.toList());
  }

  private static String moment(Effect effect) {
    return switch (effect.scope()) {
      case NETWORK -> "before a connection";
      case CONNECTION -> "decided when a connection is accepted";
      case STAGE -> "at " + effect.stage().orElseThrow().id();
    };
  }
}
