package io.github.mailflowlab.alerting;

import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One episode of trouble that a policy tells of, such as delayed mail behind one connector
 * (exchange-online-behaviour 5.1). Immutable: further activity makes a newer alert of the same id.
 *
 * @param id ours, {@code [a-z0-9]+}
 * @param policy which rule fired
 * @param severity {@code High}, {@code Medium} or {@code Low}
 * @param category {@code Mail flow}
 * @param activity what the policy counts: {@code MessagesQueued}
 * @param state where it stands
 * @param connector the connector's name; empty when none is concerned
 * @param subject what the policy looks at: the connector's name, or a domain or a server behind it
 * @param count of what the policy counts, such as delayed messages, when last looked at while open
 * @param threshold how many it took
 * @param details a sentence or two for people, of when it was last looked at while open
 * @param lastError the newest error known behind the connector; absent while nothing has been tried
 * @param destinationServer the smart hosts as configured; empty when MX-routed
 * @param raised since when it is so
 * @param updated when any of this last changed
 * @param resolved when it was closed, by itself or by hand
 * @param advice what to do about it, in the order of doing
 * @param ongoing whether its cause is still there; an alert that was closed by hand while it is
 *     keeps the same trouble from being told again
 * @param told whether the notifiers were told of it, or the daily limit forbade that
 * @param notes what people did with it, in that order
 */
public record Alert(
    String id,
    String policy,
    String severity,
    String category,
    String activity,
    State state,
    String connector,
    String subject,
    long count,
    int threshold,
    String details,
    Optional<LastError> lastError,
    String destinationServer,
    Instant raised,
    Instant updated,
    Optional<Instant> resolved,
    List<String> advice,
    boolean ongoing,
    boolean told,
    List<Note> notes) {
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

    /** Whether nobody needs to care any more. */
    public boolean isClosed() {
      return this == RESOLVED || this == DISMISSED;
    }

    /** Whether somebody may say so by hand: onwards only, and a closed alert stays closed. */
    boolean mayBecome(State next) {
      return switch (this) {
        case ACTIVE -> next != ACTIVE;
        case INVESTIGATING -> next.isClosed();
        case RESOLVED, DISMISSED -> false;
      };
    }
  }

  /**
   * What somebody did with an alert.
   *
   * @param time when
   * @param state what it became
   * @param by who
   * @param comment what they said
   */
  public record Note(Instant time, State state, String by, Optional<String> comment) {
    public static final int MAX_BY = 64;
    public static final int MAX_COMMENT = 256;

    public Note {
      check("by", by, MAX_BY);
      comment.ifPresent(text -> check("comment", text, MAX_COMMENT));
    }

    private static void check(String name, String text, int limit) {
      if (text.isBlank()
          || text.length() > limit
          || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            name + ": expected 1 to " + limit + " characters without control characters");
      }
    }
  }

  /** What is known of the trouble, and what that asks for. */
  record Activity(
      long count,
      String details,
      Optional<LastError> lastError,
      String destinationServer,
      List<String> advice) {}

  public Alert {
    advice = List.copyOf(advice);
    notes = List.copyOf(notes);
  }

  static Alert begin(
      String id,
      Policy.Title title,
      String subject,
      Verdict.Trouble trouble,
      Instant now,
      Activity seen,
      boolean told) {
    return new Alert(
        id,
        title.name(),
        title.severity(),
        Policy.Title.CATEGORY,
        title.activity(),
        State.ACTIVE,
        trouble.connector(),
        subject,
        seen.count(),
        trouble.threshold(),
        seen.details(),
        seen.lastError(),
        seen.destinationServer(),
        trouble.since(),
        now,
        Optional.empty(),
        seen.advice(),
        true,
        told,
        List.of());
  }

  Concern concern() {
    return new Concern(policy, subject);
  }

  /** The same alert after another look; itself when nothing has changed. */
  Alert withActivity(Activity seen, Instant now) {
    return activityNow().equals(seen) ? this : with(state, seen, now, resolved, ongoing, notes);
  }

  /** The same alert, its cause gone. One that is closed already only notes that. */
  Alert causeGone(Instant now) {
    return state.isClosed()
        ? with(state, activityNow(), updated, resolved, false, notes)
        : with(State.RESOLVED, activityNow(), now, Optional.of(now), false, notes);
  }

  /** The same alert, as somebody wants it; the note's state must be allowed. */
  Alert noted(Note note) {
    List<Note> more = new ArrayList<>(notes);
    more.add(note);
    Optional<Instant> end = note.state().isClosed() ? Optional.of(note.time()) : Optional.empty();
    return with(note.state(), activityNow(), note.time(), end, ongoing, more);
  }

  private Activity activityNow() {
    return new Activity(count, details, lastError, destinationServer, advice);
  }

  private Alert with(
      State next,
      Activity seen,
      Instant when,
      Optional<Instant> end,
      boolean goesOn,
      List<Note> said) {
    return new Alert(
        id,
        policy,
        severity,
        category,
        activity,
        next,
        connector,
        subject,
        seen.count(),
        threshold,
        seen.details(),
        seen.lastError(),
        seen.destinationServer(),
        raised,
        when,
        end,
        seen.advice(),
        goesOn,
        told,
        said);
  }
}
