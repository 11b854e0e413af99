package io.github.mailflowlab.tenant;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConfigProblem;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.ConnectorParameter;
import io.github.mailflowlab.settings.TrustFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A connector and the parameters of a request, one made from the other. */
final class ConnectorValues {
  private ConnectorValues() {}

  /** The connector with these parameters instead of its own; checked as a whole. */
  static Checked<Connector> changed(
      String name, Optional<Connector> base, Map<String, @Nullable Object> changes) {
    List<ConfigProblem> problems = new ArrayList<>();
    Map<ConnectorParameter, Object> values = new EnumMap<>(ConnectorParameter.class);
    base.ifPresent(connector -> values.putAll(ConnectorDraft.of(connector).values()));
    values.put(ConnectorParameter.NAME, name);
    changes.forEach((key, value) -> change(values, key, value, problems));
    if (!name.equals(values.get(ConnectorParameter.NAME))) {
      problems.add(new ConfigProblem("name", "a connector keeps its name, and queues go by it"));
    }
    if (!problems.isEmpty()) {
      return new Checked.Invalid<>(problems);
    }
    Checked<Connector> checked = new ConnectorDraft(values).check();
    List<ConfigProblem> unreadable =
        checked.problems().isEmpty() ? trustProblem(checked.value()) : List.of();
    return unreadable.isEmpty() ? checked : new Checked.Invalid<>(unreadable);
  }

  /** Every parameter with its value, also where nothing was said; {@code null} for nothing. */
  static Map<String, @Nullable Object> shown(Connector connector) {
    Map<ConnectorParameter, Object> given = ConnectorDraft.of(connector).values();
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    for (ConnectorParameter parameter : ConnectorParameter.values()) {
      Object value =
          parameter == ConnectorParameter.USE_MX_RECORD
              ? Boolean.valueOf(connector.useMxRecord())
              : given.get(parameter);
      shown.put(parameter.key(), value == null ? parameter.otherwise().orElse(null) : value);
    }
    return shown;
  }

  /** The same changes under the parameters' own spelling. */
  static Map<String, @Nullable Object> canonical(Map<String, @Nullable Object> changes) {
    Map<String, @Nullable Object> canonical = new LinkedHashMap<>();
    changes.forEach(
        (key, value) ->
            canonical.put(
                ConnectorParameter.of(key).map(ConnectorParameter::key).orElse(key), value));
    return canonical;
  }

  /** The same, and "not said" for every parameter that they leave out. */
  static Map<String, @Nullable Object> complete(Map<String, @Nullable Object> changes) {
    Map<String, @Nullable Object> complete = new LinkedHashMap<>();
    for (ConnectorParameter parameter : ConnectorParameter.values()) {
      if (parameter != ConnectorParameter.NAME) {
        complete.put(parameter.key(), null);
      }
    }
    complete.putAll(canonical(changes));
    return complete;
  }

  private static void change(
      Map<ConnectorParameter, Object> values,
      String key,
      @Nullable Object value,
      List<ConfigProblem> problems) {
    Optional<ConnectorParameter> parameter = ConnectorParameter.of(key);
    if (parameter.isEmpty()) {
      String known =
          String.join(
              ", ",
              Arrays.stream(ConnectorParameter.values()).map(ConnectorParameter::key).toList());
      problems.add(
          new ConfigProblem(Texts.printable(key), "unknown parameter (known: " + known + ")"));
    } else if (value == null) {
      values.remove(parameter.get());
    } else if (isA(parameter.get().kind(), value)) {
      values.put(parameter.get(), value);
    } else {
      problems.add(new ConfigProblem(key, "expected: " + parameter.get().kind().expected()));
    }
  }

  private static boolean isA(ConnectorParameter.Kind kind, Object value) {
    return switch (kind) {
      case TEXT -> value instanceof String;
      case FLAG -> value instanceof Boolean;
      case LIST ->
          value instanceof List<?> list && list.stream().allMatch(String.class::isInstance);
    };
  }

  /** Found out now rather than at the next mail. */
  private static List<ConfigProblem> trustProblem(Connector connector) {
    Optional<Path> file = connector.trust();
    return file.flatMap(
            path ->
                Files.isRegularFile(path)
                    ? TrustFile.problem(path)
                    : Optional.of(path + " is no file"))
        .map(problem -> List.of(new ConfigProblem("trust", Texts.printable(problem))))
        .orElse(List.of());
  }
}
