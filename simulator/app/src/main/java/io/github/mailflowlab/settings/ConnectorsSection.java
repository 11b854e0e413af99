package io.github.mailflowlab.settings;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads {@code connectors}. What may be combined is the draft's business. */
final class ConnectorsSection {
  private ConnectorsSection() {}

  static List<Connector> read(List<Section> items, Path folder) {
    return read(items, item -> trust(item, folder));
  }

  /**
   * The same.
   *
   * @param trust reads that parameter
   */
  static List<Connector> read(List<Section> items, Function<Section, Optional<Path>> trust) {
    List<Connector> connectors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section item : items) {
      ConnectorDraft draft = draft(item, trust);
      Checked<Connector> checked = draft.check();
      item.rejectUnknown();
      // What could not even be read is missing in the draft, which need not be said again.
      List<ConfigProblem> news =
          checked.problems().stream().filter(problem -> !item.isNoted(problem.key())).toList();
      news.forEach(problem -> item.problem(problem.key(), problem.message()));
      Object name = draft.values().get(ConnectorParameter.NAME);
      if (name instanceof String text && !names.add(text.toLowerCase(Locale.ROOT))) {
        item.problem("name", "\"" + name + "\" is there twice");
      }
      if (checked.problems().isEmpty()) {
        connectors.add(checked.value());
      }
    }
    return connectors;
  }

  private static ConnectorDraft draft(Section item, Function<Section, Optional<Path>> trust) {
    Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);
    for (ConnectorParameter parameter : ConnectorParameter.values()) {
      Optional<?> value =
          parameter == ConnectorParameter.TRUST
              ? trust.apply(item).map(Path::toString)
              : value(item, parameter);
      value.ifPresent(given -> values.put(parameter, given));
    }
    return new ConnectorDraft(values);
  }

  private static Optional<?> value(Section item, ConnectorParameter parameter) {
    return switch (parameter.kind()) {
      case TEXT -> item.text(parameter.key());
      case FLAG -> item.flag(parameter.key());
      case LIST -> item.texts(parameter.key());
    };
  }

  private static Optional<Path> trust(Section item, Path folder) {
    Optional<Path> file = item.parsed("trust", text -> PathText.resolve(folder, text), "a path");
    file.flatMap(TrustFile::problem).ifPresent(problem -> item.problem("trust", problem));
    return file;
  }
}
