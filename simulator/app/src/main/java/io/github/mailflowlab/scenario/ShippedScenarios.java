package io.github.mailflowlab.scenario;

import io.github.mailflowlab.settings.ReadOutcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The scenarios that come with the program, by name. */
public final class ShippedScenarios {
  private static final String FOLDER = "/scenarios/";

  private ShippedScenarios() {}

  /** Their names, in the order in which they are best read. */
  public static List<String> ids() {
    return text(FOLDER + "index")
        .orElseThrow(() -> new IllegalStateException("no list of scenarios in the program"))
        .lines()
        .filter(line -> !line.isBlank())
        .toList();
  }

  /** Reads the one of that name; empty when there is none. */
  public static Optional<ReadOutcome<Scenario>> read(String id) {
    return ids().contains(id)
        ? text(FOLDER + id + ".yaml").map(text -> ScenarioReader.read(id, text))
        : Optional.empty();
  }

  private static Optional<String> text(String resource) {
    try (InputStream stream = ShippedScenarios.class.getResourceAsStream(resource)) {
      return stream == null
          ? Optional.empty()
          : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
