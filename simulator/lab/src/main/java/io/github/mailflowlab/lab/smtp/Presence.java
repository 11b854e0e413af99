package io.github.mailflowlab.lab.smtp;

/** Who answers when a client connects (failure-catalogue 3). */
public enum Presence {
  /** The host. */
  LISTENING,
  /** Nobody: the connection is refused. */
  REFUSING,
  /** Nobody, and the attempt gets no answer at all. */
  BLACKHOLE
}
