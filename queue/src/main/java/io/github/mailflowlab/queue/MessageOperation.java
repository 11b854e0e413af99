package io.github.mailflowlab.queue;

import io.github.mailflowlab.event.TraceEvent;

/** What an operator may do to a message that is queued. */
public enum MessageOperation {
  /** Holds it back; its time goes on, and it is returned when that is up. */
  SUSPEND(TraceEvent.Kind.SUSPEND, "Suspended"),
  /** Holds it back no more. */
  RESUME(TraceEvent.Kind.RESUME, "Resumed"),
  /** Tries it now; not where its whole queue waits, for which there is {@link MailQueue#retry}. */
  RETRY(TraceEvent.Kind.RETRY, "Tried at once"),
  /** Gives it up and tells nobody. */
  REMOVE(TraceEvent.Kind.REMOVE, "Removed without NDR"),
  /** Gives it up and returns it to its sender. */
  RETURN(TraceEvent.Kind.REMOVE, "Removed with NDR"),
  /** Routes the recipients it waits for again; who is refused now stays where it is. */
  REROUTE(TraceEvent.Kind.RESUBMIT, "Routed again"),
  /** The same, but the unknown recipients of an Authoritative domain are returned: 5.1.10. */
  REROUTE_OR_RETURN(TraceEvent.Kind.RESUBMIT, "Routed again");

  private final TraceEvent.Kind kind;
  private final String done;

  MessageOperation(TraceEvent.Kind kind, String done) {
    this.kind = kind;
    this.done = done;
  }

  TraceEvent.Kind kind() {
    return kind;
  }

  /** In the words of the trace. */
  String done() {
    return done;
  }
}
