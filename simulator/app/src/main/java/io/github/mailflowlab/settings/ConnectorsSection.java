package io.github.mailflowlab.settings;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads {@code connectors}. What may be combined is the draft's business. */
final class ConnectorsSection {
  private ConnectorsSection() {}

  static List<Connector> read(List<Section> items, Path folder) {
    List<Connector> connectors = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (Section item : items) {
      ConnectorDraft draft = draft(item, folder);
      Checked<Connector> checked = draft.check();
      item.rejectUnknown();
      // What could not even be read is missing in the draft, which need not be said again.
      List<ConfigProblem> news =
          checked.problems().stream().filter(problem -> !item.isNoted(problem.key())).toList();
      news.forEach(problem -> item.problem(problem.key(), problem.message()));
      String name = draft.name();
      if (name != null && !names.add(name.toLowerCase(Locale.ROOT))) {
        item.problem("name", "\"" + name + "\" is there twice");
      }
      if (checked.problems().isEmpty()) {
        connectors.add(checked.value());
      }
    }
    return connectors;
  }

  private static ConnectorDraft draft(Section item, Path folder) {
    return new ConnectorDraft(
        item.text("name").orElse(null),
        item.text("connectorType").orElse(null),
        item.flag("enabled").orElse(null),
        item.texts("recipientDomains").orElse(null),
        item.flag("useMXRecord").orElse(null),
        item.texts("smartHosts").orElse(null),
        item.text("tlsSettings").orElse(null),
        item.text("tlsDomain").orElse(null),
        trust(item, folder).map(Path::toString).orElse(null),
        item.text("comment").orElse(null));
  }

  private static Optional<Path> trust(Section item, Path folder) {
    Optional<Path> file = item.parsed("trust", text -> PathText.resolve(folder, text), "a path");
    file.flatMap(TrustFile::problem).ifPresent(problem -> item.problem("trust", problem));
    return file;
  }
}
