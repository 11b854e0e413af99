package io.github.mailflowlab.alerting;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One episode of delayed mail behind one connector (exchange-online-behaviour 5.1). Immutable:
 * further activity makes a newer alert of the same id.
 *
 * @param id ours, {@code [a-z0-9]+}
 * @param policy which rule fired
 * @param severity {@code High}
 * @param category {@code Mail flow}
 * @param activity {@code MessagesQueued}
 * @param state where it stands
 * @param connector the connector's name
 * @param count delayed messages when last looked at while open
 * @param threshold how many it took
 * @param lastError the newest error known behind the connector; absent while nothing has been tried
 * @param destinationServer the smart hosts as configured; empty when MX-routed
 * @param raised since when the threshold is reached
 * @param updated when any of this last changed
 * @param resolved when it ended
 * @param advice what to do about it, in the order of doing
 */
public record Alert(
    String id,
    String policy,
    String severity,
    String category,
    String activity,
    State state,
    String connector,
    long count,
    int threshold,
    Optional<LastError> lastError,
    String destinationServer,
    Instant raised,
    Instant updated,
    Optional<Instant> resolved,
    List<String> advice) {
  static final String MESSAGES_DELAYED = "Messages have been delayed";

  /** Where an alert stands, in Exchange's words. */
  public enum State {
    /** Nobody has looked at it yet. */
    ACTIVE("Active"),
    /** Somebody is at it. */
    INVESTIGATING("Investigating"),
    /** The mail flows again, or somebody says so. */
    RESOLVED("Resolved"),
    /** Somebody does not care. */
    DISMISSED("Dismissed");

    private final String label;

    State(String label) {
      this.label = label;
    }

    public String label() {
      return label;
    }
  }

  /** What is known of the mail behind a connector, and what that asks for. */
  record Activity(
      long count, Optional<LastError> lastError, String destinationServer, List<String> advice) {}

  public Alert {
    advice = List.copyOf(advice);
  }

  static Alert messagesDelayed(
      String id, String connector, int threshold, Instant raised, Instant now, Activity seen) {
    return new Alert(
        id,
        MESSAGES_DELAYED,
        "High",
        "Mail flow",
        "MessagesQueued",
        State.ACTIVE,
        connector,
        seen.count(),
        threshold,
        seen.lastError(),
        seen.destinationServer(),
        raised,
        now,
        Optional.empty(),
        seen.advice());
  }

  /** The same alert after another look; itself when nothing has changed. */
  Alert withActivity(Activity seen, Instant now) {
    Activity known = new Activity(count, lastError, destinationServer, advice);
    return known.equals(seen) ? this : with(state, seen, now, resolved);
  }

  /** The same alert, its episode over. The activity stays as it last was. */
  Alert resolvedAt(Instant now) {
    Activity last = new Activity(count, lastError, destinationServer, advice);
    return with(State.RESOLVED, last, now, Optional.of(now));
  }

  private Alert with(State next, Activity seen, Instant now, Optional<Instant> end) {
    return new Alert(
        id,
        policy,
        severity,
        category,
        activity,
        next,
        connector,
        seen.count(),
        threshold,
        seen.lastError(),
        seen.destinationServer(),
        raised,
        now,
        end,
        seen.advice());
  }
}
