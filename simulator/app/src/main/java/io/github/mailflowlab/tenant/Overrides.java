package io.github.mailflowlab.tenant;

import io.github.mailflowlab.tenant.Edit.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What differs from the configuration file: parameters by the name of the thing, {@code null} for
 * one that the file has and that is not to be. Immutable.
 */
record Overrides(
    Map<String, Map<String, @Nullable Object>> connectors,
    Map<String, Map<String, @Nullable Object>> domains) {
  static final Overrides NONE = new Overrides(Map.of(), Map.of());

  Map<String, Map<String, @Nullable Object>> of(Target target) {
    return switch (target) {
      case CONNECTOR -> connectors;
      case DOMAIN -> domains;
    };
  }

  /** The same after one more change. */
  Overrides with(Edit edit) {
    Map<String, Map<String, @Nullable Object>> changed = new LinkedHashMap<>(of(edit.target()));
    if (edit.values().isEmpty()) {
      changed.remove(edit.name());
    } else {
      Map<String, @Nullable Object> values =
          new LinkedHashMap<>(changed.getOrDefault(edit.name(), Map.of()));
      values.putAll(edit.values().get());
      changed.put(edit.name(), Collections.unmodifiableMap(values));
    }
    return switch (edit.target()) {
      case CONNECTOR -> new Overrides(changed, domains);
      case DOMAIN -> new Overrides(connectors, changed);
    };
  }

  Overrides with(PendingEdits pending) {
    Overrides changed = this;
    for (Edit edit : pending.edits()) {
      changed = changed.with(edit);
    }
    return changed;
  }
}
