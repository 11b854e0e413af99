package io.github.mailflowlab.alerting;

import java.util.Optional;

/**
 * Where alerts outlive the process: texts by key, and what is still to be told of them. A key is
 * never removed, and there are at most as many as alerts are kept and notifications may wait. Read
 * before the service starts; written by any thread.
 */
public interface AlertStore {
  /** Keeps nothing. */
  AlertStore NONE =
      new AlertStore() {
        @Override
        public Optional<String> get(String key) {
          return Optional.empty();
        }

        @Override
        public void put(String key, String text) {}
      };

  /** The text that was put last. */
  Optional<String> get(String key);

  /**
   * Replaces the text. Returns at once; one key's texts get there in the order of the calls. What
   * cannot be kept is for the store to log: after a restart the older text counts.
   */
  void put(String key, String text);
}
