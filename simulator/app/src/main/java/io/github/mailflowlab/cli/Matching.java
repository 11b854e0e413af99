package io.github.mailflowlab.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which messages are meant; a mixin of every command that lists them or does something to them. */
final class Matching {
  @Option(names = "--connector", description = "Those of this connector.")
  private @Nullable String connector;

  @Option(names = "--queue", paramLabel = "ID", description = "Those that wait in this queue.")
  private @Nullable String queue;

  @Option(names = "--code", paramLabel = "X.Y.Z", description = "Those that show this code.")
  private @Nullable String code;

  @Option(names = "--sender", paramLabel = "ADDRESS", description = "Those from it; '' for <>.")
  private @Nullable String sender;

  @Option(names = "--recipient", paramLabel = "ADDRESS", description = "Those to it.")
  private @Nullable String recipient;

  @Option(names = "--older-than", paramLabel = "PT1H", description = "Received so long ago.")
  private @Nullable String olderThan;

  @Option(names = "--newer-than", paramLabel = "PT1H", description = "Received since.")
  private @Nullable String newerThan;

  @Option(
      names = "--suspended",
      paramLabel = "true|false",
      description = "Those that are held back themselves, or are not.")
  private @Nullable String suspended;

  /** As parameters of a request; empty when nothing was said. */
  String query() {
    Map<String, @Nullable String> words = new LinkedHashMap<>();
    words.put("connector", connector);
    words.put("queue", queue);
    words.put("code", code);
    words.put("sender", sender);
    words.put("recipient", recipient);
    words.put("olderThan", olderThan);
    words.put("newerThan", newerThan);
    words.put("suspended", suspended);
    return words.entrySet().stream()
        .filter(word -> word.getValue() != null)
        .map(word -> word.getKey() + "=" + Instance.encoded(String.valueOf(word.getValue())))
        .collect(Collectors.joining("&"));
  }
}
