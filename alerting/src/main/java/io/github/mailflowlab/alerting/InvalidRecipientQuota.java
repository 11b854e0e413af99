package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import java.time.Duration;
import java.util.Set;

/**
 * What counts as a recipient that does not exist, and how many are too many: one definition for the
 * report and for the alert. Exchange has such a quota, and says neither how large it is nor over
 * which time (exchange-online-behaviour 4.5), so both are ours.
 */
public final class InvalidRecipientQuota {
  /** So many of one domain within the window are all right. */
  public static final int COUNT = 1_000;

  /** So many are worth a warning, while there is time. */
  public static final int WARNING = COUNT / 2;

  public static final Duration WINDOW = Duration.ofHours(24);

  /** What says so: ours of a local domain and of a remote's refusal, and what passes through. */
  private static final Set<EnhancedStatusCode> CODES =
      Set.of(
          ReturnStatus.NO_SUCH_RECIPIENT.code(),
          ReturnStatus.UNKNOWN_RECIPIENT.code(),
          ReturnStatus.ACCESS_DENIED.code(),
          EnhancedStatusCode.of("5.1.1"));

  private InvalidRecipientQuota() {}

  /** Whether this event says that a recipient whose mail was taken does not exist. */
  public static boolean isSpentBy(TraceEvent trace) {
    return trace.kind() == TraceEvent.Kind.FAIL && trace.code().filter(CODES::contains).isPresent();
  }
}
