package io.github.mailflowlab.failure;

import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.status.ConnectorStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The failure catalogue: the decision ladder and every fault with its code under each TLS setting.
 * Read once from {@code catalogue.txt} beside this class, the one place where they are written
 * down. Immutable.
 *
 * @param ladder the row for each observation
 * @param entries the faults by id, in the order of the file
 */
public record FailureCatalogue(
    Map<Observation, LadderRow> ladder, Map<String, CatalogueEntry> entries) {
  public FailureCatalogue {
    ladder = Collections.unmodifiableMap(new LinkedHashMap<>(ladder));
    entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
  }

  /** Reads the catalogue that ships with this module. */
  public static FailureCatalogue load() {
    try (InputStream in =
            Objects.requireNonNull(FailureCatalogue.class.getResourceAsStream("catalogue.txt"));
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      Map<Observation, LadderRow> ladder = new EnumMap<>(Observation.class);
      Map<String, CatalogueEntry> entries = new LinkedHashMap<>();
      lines
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> List.of(line.strip().split("\\s*\\|\\s*")))
          .forEach(fields -> add(fields, ladder, entries));
      return new FailureCatalogue(ladder, entries);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The entry with this id, if there is one. */
  public Optional<CatalogueEntry> entry(String id) {
    return Optional.ofNullable(entries.get(id));
  }

  private static void add(
      List<String> fields,
      Map<Observation, LadderRow> ladder,
      Map<String, CatalogueEntry> entries) {
    switch (fields.get(0)) {
      case "ladder" -> {
        LadderRow row = ladderRow(fields);
        require(ladder.put(row.observation(), row) == null, fields);
      }
      case "fault" -> {
        CatalogueEntry entry = entry(fields);
        require(entries.put(entry.id(), entry) == null, fields);
      }
      default -> require(false, fields);
    }
  }

  private static LadderRow ladderRow(List<String> fields) {
    require(fields.size() == 5, fields);
    return new LadderRow(
        Integer.parseInt(fields.get(1)),
        byId(Stream.of(Observation.values()), Observation::id, fields.get(2), fields),
        byId(Stream.of(Scope.values()), Scope::id, fields.get(3), fields),
        fields.get(4).equals("reply")
            ? Optional.empty()
            : Optional.of(
                byId(
                    Stream.of(ConnectorStatus.values()),
                    ConnectorStatus::id,
                    fields.get(4),
                    fields)));
  }

  private static CatalogueEntry entry(List<String> fields) {
    require(fields.size() == 5, fields);
    List<String> codes = List.of(fields.get(3).split("\\s+"));
    List<TlsSettings> settings = List.of(TlsSettings.values());
    require(codes.size() == 1 || codes.size() == settings.size(), fields);
    Map<TlsSettings, String> bySetting = new EnumMap<>(TlsSettings.class);
    for (int i = 0; i < settings.size(); i++) {
      bySetting.put(settings.get(i), codes.get(codes.size() == 1 ? 0 : i));
    }
    String id = fields.get(1);
    return new CatalogueEntry(
        id, id.substring(0, id.indexOf('.')), fields.get(2), bySetting, fields.get(4));
  }

  private static <T> T byId(
      Stream<T> all, Function<T, String> id, String text, List<String> fields) {
    return all.filter(one -> id.apply(one).equals(text))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("catalogue.txt: " + text + " in " + fields));
  }

  private static void require(boolean holds, List<String> fields) {
    if (!holds) {
      throw new IllegalStateException("catalogue.txt: " + fields);
    }
  }
}
