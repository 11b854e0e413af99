package io.github.mailflowlab.alerting;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts that are known, newest first, and their form in the store: one key per alert, so that
 * a change rewrites that alert alone; a new alert beyond the limit takes the key of the one that is
 * forgotten for it. Written by the alert service's thread alone, read by all: readers get an
 * immutable list that is replaced as a whole.
 */
final class AlertHistory {
  private static final Logger LOG = LoggerFactory.getLogger(AlertHistory.class);

  /** How many are kept; beyond that one is forgotten for each new one. */
  static final int LIMIT = 500;

  private record Place(String key, long number) {}

  private final AlertStore store;

  /** Where each alert is stored, by its id. */
  private final Map<String, Place> places = new HashMap<>();

  /** Keys that hold no alert, the next to be used last: the damaged first, then the lowest. */
  private final List<String> free = new ArrayList<>();

  private volatile List<Alert> newestFirst;
  private long lastNumber;

  /** Begins with what the store has. */
  AlertHistory(AlertStore store) {
    this.store = store;
    List<AlertText.Numbered> stored = new ArrayList<>();
    List<String> damaged = new ArrayList<>();
    int index = 0;
    // Keys are used from the lowest on, so the first that is empty ends them.
    for (Optional<String> text = read(0); text.isPresent(); text = read(++index)) {
      if (!take(key(index), text.get(), stored)) {
        LOG.error("stored alert {} cannot be read and is forgotten", key(index));
        damaged.add(key(index));
      }
    }
    for (int i = LIMIT - 1; i >= index; i--) {
      free.add(key(i));
    }
    free.addAll(damaged);
    newestFirst =
        stored.stream()
            .sorted(Comparator.comparingLong(AlertText.Numbered::number).reversed())
            .map(AlertText.Numbered::alert)
            .toList();
  }

  private Optional<String> read(int index) {
    return index < LIMIT ? store.get(key(index)) : Optional.empty();
  }

  private boolean take(String key, String text, List<AlertText.Numbered> stored) {
    Optional<AlertText.Numbered> one = AlertText.parse(text);
    if (one.isEmpty() || places.containsKey(one.get().alert().id())) {
      return false;
    }
    stored.add(one.get());
    places.put(one.get().alert().id(), new Place(key, one.get().number()));
    lastNumber = Math.max(lastNumber, one.get().number());
    return true;
  }

  List<Alert> newestFirst() {
    return newestFirst;
  }

  Optional<Alert> find(String id) {
    return newestFirst.stream().filter(alert -> alert.id().equals(id)).findFirst();
  }

  /** What no alert before had, not even one of an earlier run that is still known. */
  long nextNumber() {
    return lastNumber + 1;
  }

  void add(Alert alert) {
    List<Alert> next = new ArrayList<>(newestFirst);
    if (next.size() >= LIMIT) {
      forgetOne(next);
    }
    next.add(0, alert);
    lastNumber++;
    places.put(alert.id(), new Place(free.remove(free.size() - 1), lastNumber));
    newestFirst = List.copyOf(next);
    keep(alert);
  }

  /** The oldest whose episode is over; the oldest of all only when none is. */
  private void forgetOne(List<Alert> alerts) {
    int victim = alerts.size() - 1;
    for (int i = victim; i >= 0; i--) {
      if (!alerts.get(i).ongoing()) {
        victim = i;
        break;
      }
    }
    Place place = places.remove(alerts.remove(victim).id());
    if (place != null) {
      free.add(place.key());
    }
  }

  /** Puts a newer form in the place of the alert with its id; no effect once that is forgotten. */
  void replace(Alert alert) {
    if (places.containsKey(alert.id())) {
      newestFirst =
          newestFirst.stream().map(one -> one.id().equals(alert.id()) ? alert : one).toList();
      keep(alert);
    }
  }

  private void keep(Alert alert) {
    Place place = places.get(alert.id());
    if (place != null) {
      store.put(place.key(), AlertText.write(new AlertText.Numbered(place.number(), alert)));
    }
  }

  private static String key(int index) {
    return "alert." + index;
  }
}
