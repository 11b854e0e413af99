package io.github.mailflowlab.alerting;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The advice as it is written down in {@code advice.txt}, which says how to read it. Immutable; a
 * mistake in the file is found when it is loaded.
 */
final class AdviceBook {
  private static final Set<String> KEYS =
      Set.of("title", "meaning", "cause", "tell", "do", "partner");

  /**
   * One entry.
   *
   * @param topic its header
   * @param title empty where the code has its own
   */
  record Entry(
      String topic,
      String title,
      String meaning,
      List<String> causes,
      List<String> howToTell,
      List<String> whatToDo,
      List<String> partner) {}

  /** An entry, and the words of which one must be there; none are needed when there are none. */
  private record Choice(List<String> words, Entry entry) {
    boolean fits(String detail) {
      return words.stream()
          .anyMatch(
              word ->
                  word.startsWith("^")
                      ? detail.startsWith(word.substring(1))
                      : detail.contains(word));
    }
  }

  private final Map<String, List<Choice>> choices = new HashMap<>();

  private AdviceBook() {}

  /** The advice of the product. */
  static AdviceBook load() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(AdviceBook.class.getResourceAsStream("advice.txt")),
                StandardCharsets.UTF_8))) {
      return parse(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Reads the form of the file.
   *
   * @throws IllegalArgumentException when it is broken
   */
  static AdviceBook parse(List<String> lines) {
    AdviceBook book = new AdviceBook();
    Map<String, String> macros = new HashMap<>();
    List<String> headers = new ArrayList<>();
    Map<String, List<String>> body = new HashMap<>();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("@")) {
        String[] macro = line.split(" = ", 2);
        macros.put(macro[0], macro[1]);
      } else if (line.startsWith("[") && line.endsWith("]")) {
        if (!body.isEmpty()) {
          book.add(headers, body);
          headers.clear();
          body.clear();
        }
        headers.add(line.substring(1, line.length() - 1));
      } else {
        String[] pair = line.split(": ", 2);
        if (pair.length != 2 || !KEYS.contains(pair[0])) {
          throw new IllegalArgumentException("advice: " + line + " (expected: key: text)");
        }
        String text = macros.getOrDefault(pair[1], pair[1]);
        body.computeIfAbsent(pair[0], key -> new ArrayList<>()).add(text);
      }
    }
    book.add(headers, body);
    return book;
  }

  private void add(List<String> headers, Map<String, List<String>> body) {
    for (String header : headers) {
      Entry entry =
          new Entry(
              header,
              String.join(" ", body.getOrDefault("title", List.of())),
              String.join(" ", required(header, body, "meaning")),
              required(header, body, "cause"),
              required(header, body, "tell"),
              required(header, body, "do"),
              required(header, body, "partner"));
      String[] codesAndWords = header.split(" ~ ", 2);
      List<String> words =
          codesAndWords.length == 1 ? List.of() : List.of(codesAndWords[1].split(" \\| "));
      String kind = codesAndWords[0].replaceFirst("\\S+( \\| .*)?$", "");
      for (String code : codesAndWords[0].substring(kind.length()).split(" \\| ")) {
        choices
            .computeIfAbsent(kind + code, key -> new ArrayList<>())
            .add(new Choice(words, entry));
      }
    }
  }

  private static List<String> required(String header, Map<String, List<String>> body, String key) {
    List<String> texts = body.getOrDefault(key, List.of());
    if (texts.isEmpty()) {
      throw new IllegalArgumentException("advice: [" + header + "] has no " + key);
    }
    return List.copyOf(texts);
  }

  /** The first entry of this key whose words the detail has; else the one that needs none. */
  Optional<Entry> find(String key, String detail) {
    List<Choice> known = choices.getOrDefault(key, List.of());
    return Stream.concat(
            known.stream().filter(choice -> choice.fits(detail)),
            known.stream().filter(choice -> choice.words().isEmpty()))
        .map(Choice::entry)
        .findFirst();
  }

  /** The entry that must be there. */
  Entry get(String key, String detail) {
    return find(key, detail)
        .orElseThrow(() -> new IllegalArgumentException("no advice about " + key));
  }

  /** All keys, for example {@code 4.4.316} and {@code reply x.2.2}. */
  Set<String> keys() {
    return Set.copyOf(choices.keySet());
  }
}
