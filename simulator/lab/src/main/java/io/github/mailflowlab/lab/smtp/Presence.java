package io.github.mailflowlab.lab.smtp;

import java.util.Optional;

/**
 * How a host is reached, as a value: all of a fault that lies below SMTP, apart from DNS.
 *
 * @param here who answers at {@value #HERE}
 * @param elsewhere who answers at {@value #ELSEWHERE}, on the same port; empty where that does not
 *     matter
 * @param line how bytes pass
 * @param maxSessions how many sessions there may be at a time; beyond that there is a 421 instead
 *     of a greeting
 */
public record Presence(Gate here, Optional<Gate> elsewhere, Line line, int maxSessions) {
  /** The address of a healthy host. */
  public static final String HERE = "127.0.0.1";

  /** The second address of a host that has two, or the wrong one. */
  public static final String ELSEWHERE = "127.0.0.2";

  /** The host answers. */
  public static final Presence LISTENING =
      new Presence(Gate.LISTENING, Optional.empty(), Line.GOOD, LabHost.MAX_SESSIONS);

  /** At the host's address there is this. */
  public static Presence of(Gate here) {
    return new Presence(here, LISTENING.elsewhere, LISTENING.line, LISTENING.maxSessions);
  }

  /** The host answers, and at the other address there is this. */
  public static Presence beside(Gate elsewhere) {
    return new Presence(
        Gate.LISTENING, Optional.of(elsewhere), LISTENING.line, LISTENING.maxSessions);
  }

  /** The host answers over such a line. */
  public static Presence over(Line line) {
    return new Presence(Gate.LISTENING, Optional.empty(), line, LISTENING.maxSessions);
  }

  /** The host answers only so many at a time. */
  public static Presence upTo(int maxSessions) {
    return new Presence(Gate.LISTENING, Optional.empty(), LISTENING.line, maxSessions);
  }

  /** Whether anybody but the host answers somewhere. */
  public boolean isElsewhere() {
    return here != LISTENING.here || elsewhere.isPresent();
  }

  /** What is unlike a healthy host in this, on top of what is in another one. */
  public Presence upon(Presence below) {
    return new Presence(
        here == LISTENING.here ? below.here : here,
        elsewhere.or(() -> below.elsewhere),
        line == LISTENING.line ? below.line : line,
        maxSessions == LISTENING.maxSessions ? below.maxSessions : maxSessions);
  }

  /** Whether there are machines that cannot make this. */
  public boolean dependsOnMachine() {
    return needsBlackHole() || elsewhere.isPresent();
  }

  /** Whether this takes a machine that drops a SYN when an accept queue is full. */
  boolean needsBlackHole() {
    return drops(here) || elsewhere.filter(Presence::drops).isPresent();
  }

  private static boolean drops(Gate gate) {
    return gate == Gate.SWALLOWING || gate == Gate.HESITATING;
  }
}
