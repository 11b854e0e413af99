package io.github.mailflowlab.alerting.metrics;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps a tag from growing without limit: the first names are themselves, all later ones {@code
 * other}. All threads; under a race a few names more than the limit may get in.
 */
final class BoundedNames {
  private final Set<String> known = ConcurrentHashMap.newKeySet();
  private final int limit;

  BoundedNames(int limit) {
    this.limit = limit;
  }

  String bounded(String name) {
    if (known.contains(name)) {
      return name;
    }
    if (known.size() >= limit) {
      return "other";
    }
    known.add(name);
    return name;
  }
}
