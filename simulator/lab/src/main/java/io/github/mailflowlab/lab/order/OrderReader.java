package io.github.mailflowlab.lab.order;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.NearestWords;
import io.github.mailflowlab.failure.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads and writes an order as texts by key. Reads on after a problem, to find the rest. */
final class OrderReader {
  static final List<String> KEYS =
      List.of(
          "id",
          "where",
          "what",
          "who.client",
          "who.helo",
          "who.sender",
          "who.recipient",
          "who.sizeAtLeast",
          "when.from",
          "when.until",
          "when.daily",
          "when.after",
          "when.every",
          "when.quota",
          "when.chance",
          "when.times",
          "ttl");

  private static final int LARGEST = 1_000_000;

  private final Map<String, String> written;
  private final List<ConfigProblem> problems = new ArrayList<>();

  OrderReader(Map<String, String> written) {
    this.written = Map.copyOf(written);
  }

  Checked<FaultOrder> read() {
    written.keySet().stream().filter(key -> !KEYS.contains(key)).sorted().forEach(this::unknown);
    Optional<Stage> where = value("where", this::stage, "one of: " + String.join(", ", stages()));
    Optional<String> what = text("what").map(String::strip);
    Who who = who();
    When when = when();
    Optional<Duration> ttl = value("ttl", TextForms::duration, TextForms.DURATION);
    Optional<String> id =
        text("id").or(() -> where.flatMap(stage -> what.map(w -> OrderRules.standardId(stage, w))));
    if (id.isEmpty() && !written.containsKey("where") && !written.containsKey("what")) {
      problems.add(new ConfigProblem("id", "missing (expected: id, or where and what)"));
    } else if (!written.containsKey("where") || where.isPresent()) {
      problems.addAll(OrderRules.problems(id.orElse(""), where, what, who, when));
    }
    return problems.isEmpty()
        ? new Checked.Valid<>(new FaultOrder(id.orElseThrow(), where, what, who, when, ttl))
        : new Checked.Invalid<>(problems);
  }

  private void unknown(String key) {
    problems.add(new ConfigProblem(key, "unknown key" + NearestWords.hint(key, KEYS)));
  }

  private Who who() {
    return new Who(
        value("who.client", Glob::parse, Glob.FORM),
        value("who.helo", Glob::parse, Glob.FORM),
        value("who.sender", Glob::parse, Glob.FORM),
        value("who.recipient", Glob::parse, Glob.FORM),
        value("who.sizeAtLeast", text -> TextForms.number(text, 1, 999_999_999), "a number")
            .map(OptionalLong::of)
            .orElse(OptionalLong.empty()));
  }

  private When when() {
    return new When(
        value("when.from", Moment::parse, Moment.FORM),
        value("when.until", Moment::parse, Moment.FORM),
        value("when.daily", Daily::parse, Daily.FORM),
        number("when.after", 0).orElse(0),
        number("when.every", 1).orElse(1),
        value("when.quota", Quota::parse, Quota.FORM),
        value("when.chance", OrderReader::chance, "over 0 and up to 1, such as 0.3").orElse(1.0),
        number("when.times", 1));
  }

  private Optional<Integer> number(String key, int min) {
    return value(
        key, text -> TextForms.number(text, min, LARGEST), "a number, " + min + " to " + LARGEST);
  }

  private static Optional<Double> chance(String text) {
    return text.matches("\\d?(?:\\.\\d{1,9})?") && text.matches(".*[1-9].*")
        ? Optional.of(Double.parseDouble(text)).filter(chance -> chance <= 1)
        : Optional.empty();
  }

  private Optional<Stage> stage(String word) {
    return Stream.of(Stage.values())
        .filter(stage -> !Verb.at(stage).isEmpty() && stage.id().equalsIgnoreCase(word))
        .findFirst();
  }

  private static List<String> stages() {
    return Stream.of(Stage.values())
        .filter(stage -> !Verb.at(stage).isEmpty())
        .map(Stage::id)
        .toList();
  }

  private Optional<String> text(String key) {
    return Optional.ofNullable(written.get(key));
  }

  private <T> Optional<T> value(String key, Function<String, Optional<T>> parse, String expected) {
    Optional<String> text = text(key).map(String::strip);
    Optional<T> value = text.flatMap(parse);
    if (text.isPresent() && value.isEmpty()) {
      String hint = key.equals("where") ? NearestWords.hint(text.get(), stages()) : "";
      problems.add(
          new ConfigProblem(key, "\"" + text.get() + "\" (expected: " + expected + ")" + hint));
    }
    return value;
  }

  static Map<String, String> write(FaultOrder order) {
    Map<String, Optional<?>> values = new LinkedHashMap<>();
    When when = order.when();
    Who who = order.who();
    values.put("id", Optional.of(order.id()));
    values.put("where", order.where().map(Stage::id));
    values.put("what", order.what());
    values.put("who.client", who.client());
    values.put("who.helo", who.helo());
    values.put("who.sender", who.sender());
    values.put("who.recipient", who.recipient());
    values.put(
        "who.sizeAtLeast",
        who.sizeAtLeast().isPresent()
            ? Optional.of(who.sizeAtLeast().getAsLong())
            : Optional.empty());
    values.put("when.from", when.from());
    values.put("when.until", when.until());
    values.put("when.daily", when.daily());
    values.put("when.after", Optional.of(when.after()).filter(n -> n > 0));
    values.put("when.every", Optional.of(when.every()).filter(n -> n > 1));
    values.put("when.quota", when.quota());
    values.put("when.chance", Optional.of(when.chance()).filter(chance -> chance < 1));
    values.put("when.times", when.times());
    values.put("ttl", order.ttl());
    Map<String, String> texts = new LinkedHashMap<>();
    values.forEach((key, value) -> value.ifPresent(given -> texts.put(key, given.toString())));
    return texts;
  }
}
