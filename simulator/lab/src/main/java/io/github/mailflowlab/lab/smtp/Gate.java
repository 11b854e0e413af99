package io.github.mailflowlab.lab.smtp;

/** Who answers when a client connects to an address (failure-catalogue 3). */
public enum Gate {
  /** The host. */
  LISTENING,
  /** Nobody: the connection is refused. */
  REFUSING,
  /** Nobody, and the attempt gets no answer at all. */
  SWALLOWING,
  /**
   * Nobody for the first {@value SlowListener#MILLIS} ms, and from then on the host: an attempt
   * that goes on for long enough succeeds.
   */
  HESITATING
}
