package io.github.mailflowlab.alerting;

import io.github.mailflowlab.event.Backlog;
import io.github.mailflowlab.event.ConnectorEvent;

/**
 * Tells which events make another look at a connector worth its reads, going by what the last look
 * found:
 *
 * <pre>
 *   the last look found         another matters after
 *   nothing, there was none     any event
 *   too few messages            as many arrivals as the threshold lacks
 *   enough, not yet delayed     so many departures that they may be too few: when the alert
 *                               becomes due by waiting is known, and arrivals do not change it
 *   enough delayed: an alert    the same, or a tenth gone, for its count; any message's deferral,
 *                               for its last error
 * </pre>
 *
 * A failure of the next hop always matters, and is rare. Departures are counted by recipient, so
 * that a look comes rather too early than too late.
 *
 * <p>Whoever tells events meets the service's thread here, and neither can own the counters without
 * a note per event, which is what this saves; so they are under a lock, for a few instructions.
 */
final class Attention {
  private enum Found {
    NOTHING,
    TOO_FEW,
    ENOUGH,
    DELAYED
  }

  private final int threshold;
  private Found found = Found.NOTHING;
  private long limit;
  private long arrivals;
  private long departures;

  Attention(int threshold) {
    this.threshold = threshold;
  }

  /** Counts an event; returns whether a look is due. */
  synchronized boolean isDrawnBy(ConnectorEvent event) {
    if (event.messageId().isEmpty()) {
      return true;
    }
    return switch (event.trace().kind()) {
      case SUBMIT -> {
        arrivals++;
        yield isReached();
      }
      case SEND, FAIL, RESUBMIT -> {
        departures++;
        yield isReached();
      }
      case DEFER -> found == Found.DELAYED || isReached();
      case RECEIVE, DELIVER, EXPAND, DSN, SUSPEND, RESUME, RETRY, REMOVE -> isReached();
    };
  }

  /** A look begins; what comes from now on may not be part of what it finds. */
  synchronized void lookBegins() {
    arrivals = 0;
    departures = 0;
  }

  /** A look has found this; returns whether enough has happened meanwhile for another one. */
  synchronized boolean found(Backlog backlog, boolean delayed) {
    if (backlog.thresholdReceived().isEmpty()) {
      found = Found.TOO_FEW;
      limit = threshold - backlog.queued();
    } else if (delayed) {
      found = Found.DELAYED;
      limit = Math.min(backlog.delayed() - threshold + 1, backlog.delayed() / 10);
    } else {
      found = Found.ENOUGH;
      limit = backlog.queued() - threshold + 1;
    }
    limit = Math.max(1, limit);
    return isReached();
  }

  /** A look failed, so that nothing is known. */
  synchronized void foundNothing() {
    found = Found.NOTHING;
  }

  private boolean isReached() {
    return switch (found) {
      case NOTHING -> true;
      case TOO_FEW -> arrivals >= limit;
      case ENOUGH, DELAYED -> departures >= limit;
    };
  }
}
