package io.github.mailflowlab.clock;

import java.time.InstantSource;

/** The wall's clock, for those who put the parts together. */
public final class SystemTime {
  private SystemTime() {}

  @ReadsSystemClock
  public static InstantSource source() {
    return InstantSource.system();
  }
}
