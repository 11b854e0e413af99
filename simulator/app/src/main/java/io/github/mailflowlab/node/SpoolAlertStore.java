package io.github.mailflowlab.node;

import io.github.mailflowlab.alerting.AlertStore;
import io.github.mailflowlab.queue.spool.Spool;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Alerts among the spool's settings. Does not wait for the disk. */
final class SpoolAlertStore implements AlertStore {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolAlertStore.class);

  private final Spool spool;

  SpoolAlertStore(Spool spool) {
    this.spool = spool;
  }

  @Override
  public Optional<String> get(String key) {
    return spool.setting(key);
  }

  @Override
  public void put(String key, String text) {
    spool
        .putSetting(key, text)
        .whenComplete(
            (done, trouble) -> {
              if (trouble != null) {
                LOG.error("{} could not be stored; after a restart it is as before", key, trouble);
              }
            });
  }
}
