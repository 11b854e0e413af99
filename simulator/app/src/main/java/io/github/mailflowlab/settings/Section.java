package io.github.mailflowlab.settings;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * One mapping of the file. Values are asked for by key and type; whatever is not as asked for is
 * noted as a problem, and empty is given instead, so that reading goes on and finds the rest. A key
 * without a value counts as absent. For one thread.
 */
public final class Section {
  private record Entry(int line, Node value) {}

  private static final Set<Tag> TEXT = Set.of(Tag.STR, Tag.INT, Tag.FLOAT, Tag.TIMESTAMP);

  private final String path;
  private final int line;
  private final Problems problems;
  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Set<String> known = new LinkedHashSet<>();

  private Section(String path, int line, Problems problems) {
    this.path = path;
    this.line = line;
    this.problems = problems;
  }

  /** A mapping without entries, for a section that is absent. */
  static Section empty(String path, Problems problems) {
    return new Section(path, 1, problems);
  }

  /** Reads the keys; each may stand there once. */
  static Section of(Node node, String path, Problems problems) {
    Section section = new Section(path, YamlFile.line(node.getStartMark()), problems);
    if (node instanceof MappingNode mapping && mapping.getTag().equals(Tag.MAP)) {
      mapping.getValue().forEach(section::add);
    } else if (!node.getTag().equals(Tag.NULL)) {
      problems.add(section.line, path.isEmpty() ? "file" : path, "expected: keys with values");
    }
    return section;
  }

  private void add(NodeTuple tuple) {
    int keyLine = YamlFile.line(tuple.getKeyNode().getStartMark());
    if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
      problems.add(keyLine, path.isEmpty() ? "file" : path, "expected: a word as key");
      return;
    }
    Entry first = entries.putIfAbsent(scalar.getValue(), new Entry(keyLine, tuple.getValueNode()));
    if (first != null) {
      problems.add(
          keyLine, key(scalar.getValue()), "given twice (first in line " + first.line + ")");
    }
  }

  /** Whether the key is there and has a value. */
  public boolean has(String name) {
    return value(name).isPresent();
  }

  public Optional<String> text(String name) {
    return value(name).flatMap(value -> text(value, key(name)));
  }

  public Optional<Boolean> flag(String name) {
    return value(name)
        .filter(value -> is(value, Tag.BOOL, key(name), "true or false"))
        .map(value -> ((ScalarNode) value).getValue())
        .map(word -> word.matches("(?i)true|yes|on"));
  }

  /** A value in the form that a function reads. */
  public <T> Optional<T> parsed(String name, Function<String, Optional<T>> parse, String expected) {
    return text(name).flatMap(text -> parsed(text, lineOf(name), key(name), parse, expected));
  }

  /** The same for words of which YAML takes some for true or false, such as {@code off}. */
  public <T> Optional<T> word(String name, Function<String, Optional<T>> parse, String expected) {
    return value(name)
        .filter(value -> value.getTag().equals(Tag.BOOL))
        .map(value -> ((ScalarNode) value).getValue())
        .or(() -> text(name))
        .flatMap(text -> parsed(text, lineOf(name), key(name), parse, expected));
  }

  public Optional<Integer> integer(String name, int min, int max) {
    return parsed(
        name,
        text ->
            text.matches("\\d{1,9}")
                ? Optional.of(Integer.parseInt(text)).filter(n -> n >= min && n <= max)
                : Optional.empty(),
        "a number from " + min + " to " + max);
  }

  public Optional<Double> decimal(String name, double min, double max) {
    return parsed(
        name,
        text ->
            text.matches("\\d{1,9}(\\.\\d{1,9})?")
                ? Optional.of(Double.parseDouble(text)).filter(n -> n >= min && n <= max)
                : Optional.empty(),
        "a number from " + plain(min) + " to " + plain(max));
  }

  /** A duration in ISO 8601, more than nothing and at most so long. */
  public Optional<Duration> duration(String name, Duration max) {
    return duration(name, Duration.ofNanos(1), max, "a duration such as PT30S, at most " + max);
  }

  /** A duration in ISO 8601 between two, both included. */
  public Optional<Duration> duration(String name, Duration min, Duration max) {
    return duration(name, min, max, "a duration from " + min + " to " + max);
  }

  private Optional<Duration> duration(String name, Duration min, Duration max, String expected) {
    return parsed(
        name,
        text -> {
          try {
            return Optional.of(Duration.parse(text))
                .filter(read -> read.compareTo(min) >= 0 && read.compareTo(max) <= 0);
          } catch (DateTimeParseException e) {
            return Optional.empty();
          }
        },
        expected);
  }

  /** A list of texts; empty when absent. */
  public Optional<List<String>> texts(String name) {
    return items(name)
        .map(items -> items.stream().flatMap(item -> text(item, key(name)).stream()).toList());
  }

  /** A list of texts, or one text alone; empty when absent. */
  public Optional<List<String>> textOrTexts(String name) {
    return value(name).filter(ScalarNode.class::isInstance).isPresent()
        ? text(name).map(List::of)
        : texts(name);
  }

  /** A list of values in the form that a function reads; empty when absent. */
  public <T> Optional<List<T>> parsedList(
      String name, Function<String, Optional<T>> parse, String expected) {
    return items(name)
        .map(
            items ->
                items.stream()
                    .flatMap(
                        item ->
                            text(item, key(name))
                                .flatMap(
                                    text -> parsed(text, lineOf(item), key(name), parse, expected))
                                .stream())
                    .toList());
  }

  /** Whether the value is a list. */
  public boolean isList(String name) {
    return value(name).filter(SequenceNode.class::isInstance).isPresent();
  }

  /** A mapping within; one without entries when absent. */
  public Section section(String name) {
    return value(name)
        .map(value -> of(value, key(name), problems))
        .orElseGet(() -> empty(key(name), problems));
  }

  /** A list of mappings; empty when absent. */
  public Optional<List<Section>> sections(String name) {
    return items(name)
        .map(
            items -> {
              List<Section> sections = new ArrayList<>();
              for (Node item : items) {
                sections.add(of(item, key(name) + "[" + sections.size() + "]", problems));
              }
              return sections;
            });
  }

  /** Notes a problem with a value, or with the absence of one. */
  public void problem(String name, String message) {
    problems.add(lineOf(name), key(name), message);
  }

  /** Whether something was already found with a value. */
  public boolean isNoted(String name) {
    return problems.isNoted(key(name));
  }

  /** To be called when everything known has been asked for: the rest is unknown. */
  public void rejectUnknown() {
    entries.forEach(
        (name, entry) -> {
          if (!known.contains(name)) {
            String expected = String.join(", ", known);
            problems.add(entry.line, key(name), "unknown key (expected one of: " + expected + ")");
          }
        });
  }

  private Optional<Node> value(String name) {
    known.add(name);
    return Optional.ofNullable(entries.get(name))
        .map(Entry::value)
        .filter(value -> !value.getTag().equals(Tag.NULL));
  }

  private Optional<List<Node>> items(String name) {
    return value(name)
        .flatMap(
            value -> {
              if (value instanceof SequenceNode sequence && value.getTag().equals(Tag.SEQ)) {
                return Optional.of(sequence.getValue());
              }
              problems.add(lineOf(value), key(name), "expected: a list");
              return Optional.empty();
            });
  }

  private Optional<String> text(Node value, String key) {
    if (value instanceof ScalarNode scalar && TEXT.contains(value.getTag())) {
      return Optional.of(scalar.getValue());
    }
    problems.add(lineOf(value), key, "expected: text (in quotes if it has another meaning)");
    return Optional.empty();
  }

  private boolean is(Node value, Tag tag, String key, String expected) {
    boolean matches = value instanceof ScalarNode && value.getTag().equals(tag);
    if (!matches) {
      problems.add(lineOf(value), key, "expected: " + expected);
    }
    return matches;
  }

  private <T> Optional<T> parsed(
      String text, int line, String key, Function<String, Optional<T>> parse, String expected) {
    Optional<T> value = parse.apply(text);
    if (value.isEmpty()) {
      problems.add(line, key, "\"" + text + "\" (expected: " + expected + ")");
    }
    return value;
  }

  private String key(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private int lineOf(String name) {
    Entry entry = entries.get(name);
    return entry == null ? line : entry.line;
  }

  private static int lineOf(Node node) {
    return YamlFile.line(node.getStartMark());
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
