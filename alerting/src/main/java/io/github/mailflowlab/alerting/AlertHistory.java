package io.github.mailflowlab.alerting;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The alerts of this run, newest first. Written by the alert service's thread alone, read by all:
 * readers get an immutable list that is replaced as a whole.
 */
final class AlertHistory {
  /** How many are kept; beyond that the oldest is forgotten. */
  static final int LIMIT = 500;

  private volatile List<Alert> newestFirst = List.of();

  List<Alert> newestFirst() {
    return newestFirst;
  }

  Optional<Alert> find(String id) {
    return newestFirst.stream().filter(alert -> alert.id().equals(id)).findFirst();
  }

  void add(Alert alert) {
    List<Alert> next = new ArrayList<>();
    next.add(alert);
    next.addAll(newestFirst.subList(0, Math.min(newestFirst.size(), LIMIT - 1)));
    newestFirst = List.copyOf(next);
  }

  /** Puts a newer form in the place of the alert with its id; no effect once that is forgotten. */
  void replace(Alert alert) {
    newestFirst =
        newestFirst.stream().map(one -> one.id().equals(alert.id()) ? alert : one).toList();
  }
}
