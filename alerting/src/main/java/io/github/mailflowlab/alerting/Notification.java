package io.github.mailflowlab.alerting;

import java.util.Optional;

/**
 * How far it has come to tell one receiver of one alert.
 *
 * @param receiver whom, without secrets
 * @param about the alert's state that it tells
 * @param state how far
 * @param tries how many were made
 * @param reason why the last try was in vain, if it was
 */
public record Notification(
    String receiver, Alert.State about, State state, int tries, Optional<String> reason) {
  /** How far it has come. */
  public enum State {
    /** Being tried, or waiting for the next try. */
    PENDING("Pending"),
    /** The receiver took it. */
    SENT("Sent"),
    /** Given up. */
    FAILED("Failed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }
}
