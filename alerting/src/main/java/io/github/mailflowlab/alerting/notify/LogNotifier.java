package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertNotifier;
import io.github.mailflowlab.failure.LastError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells whoever reads the log: one line at each end of an episode. Any thread. */
public final class LogNotifier implements AlertNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(LogNotifier.class);

  @Override
  public void raised(Alert alert) {
    LOG.warn(
        "alert={} state={} policy=\"{}\" connector=\"{}\" subject=\"{}\" count={} threshold={}"
            + " lastError=\"{}\"",
        alert.id(),
        alert.state().label(),
        alert.policy(),
        alert.connector(),
        alert.subject(),
        alert.count(),
        alert.threshold(),
        alert.lastError().map(LastError::toString).orElse(""));
  }

  @Override
  public void resolved(Alert alert) {
    LOG.info(
        "alert={} state={} policy=\"{}\" connector=\"{}\" subject=\"{}\" raised={}",
        alert.id(),
        alert.state().label(),
        alert.policy(),
        alert.connector(),
        alert.subject(),
        alert.raised());
  }
}
