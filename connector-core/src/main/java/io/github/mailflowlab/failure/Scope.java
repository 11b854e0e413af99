package io.github.mailflowlab.failure;

import java.util.Locale;

/** Whom a failure concerns, and so what waits for the next attempt (failure-catalogue 1.1). */
public enum Scope {
  /** The next hop: its whole queue waits, and one probe tests it. */
  NEXT_HOP,
  /** This message alone, for all recipients not yet decided. */
  MESSAGE,
  /** One recipient of this message. */
  RECIPIENT;

  /** The spelling in the data file, for example {@code next-hop}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
