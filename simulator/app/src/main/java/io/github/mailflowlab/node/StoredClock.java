package io.github.mailflowlab.node;

import io.github.mailflowlab.clock.ClockState;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.time.WorkInFlight;
import java.util.Optional;

/** The lab's clock, kept in the spool, so that a restart does not jump back. */
final class StoredClock {
  static final String KEY = "clock";

  private StoredClock() {}

  static LabClock open(Spool spool, LabSettings.TimeSettings settings, WorkInFlight work) {
    Optional<ClockState> stored = spool.setting(KEY).flatMap(ClockState::parse);
    LabClock clock = LabClock.start(stored, work, state -> spool.putSetting(KEY, state.text()));
    if (stored.isEmpty() && settings.speed() != clock.view().speed()) {
      clock.setSpeed(settings.speed());
    }
    return clock;
  }

  /** The clock of a node that follows the leader's; nothing that happens to it is kept. */
  static LabClock follow(Spool spool, WorkInFlight work) {
    return LabClock.start(spool.setting(KEY).flatMap(ClockState::parse), work, state -> {});
  }
}
