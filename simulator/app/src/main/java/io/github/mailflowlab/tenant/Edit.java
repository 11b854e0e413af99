package io.github.mailflowlab.tenant;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One change of the configuration, as it is stored.
 *
 * @param target what kind of thing is changed
 * @param name which one
 * @param values parameters with their new values, {@code null} for "not said"; empty to forget
 *     everything that was changed
 */
public record Edit(Target target, String name, Optional<Map<String, @Nullable Object>> values) {
  /** What can be changed. */
  public enum Target {
    CONNECTOR("connector"),
    DOMAIN("domain");

    private final String word;

    Target(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  public Edit {
    values = values.map(given -> Collections.unmodifiableMap(new LinkedHashMap<>(given)));
  }

  static Edit set(Target target, String name, Map<String, @Nullable Object> values) {
    return new Edit(target, name, Optional.of(values));
  }

  static Edit reset(Target target, String name) {
    return new Edit(target, name, Optional.empty());
  }
}
