package io.github.mailflowlab.alerting;

import java.util.List;

/**
 * A way to tell people. Called on the alert service's own thread, once at each end of an episode;
 * must return at once and must not throw (what is thrown anyway is logged, and the others are still
 * told).
 */
public interface AlertNotifier {
  /** Goes on with what an earlier run could not tell any more; before anything else, any thread. */
  default void start() {}

  /** A new episode began. */
  void raised(Alert alert);

  /** The episode is over. */
  void resolved(Alert alert);

  /** How far it has come to tell of an alert, if that can take a while. Any thread. */
  default List<Notification> about(String alertId) {
    return List.of();
  }
}
