package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code mailflow_spool_writable}: 1 while what becomes of mail can be recorded, 0 from the moment
 * when it could not until it can again. At 0 delivery pauses: look at the disk or the database. Any
 * thread; returns at once.
 */
public final class SpoolMeter implements EventSink {
  private final AtomicInteger writable = new AtomicInteger(1);

  /** Registers the gauge. */
  public SpoolMeter(MeterRegistry registry) {
    Gauge.builder("mailflow.spool.writable", writable, AtomicInteger::get)
        .description("Whether what becomes of mail can be recorded: 1 yes, 0 no")
        .strongReference(true)
        .register(registry);
  }

  @Override
  public void on(ConnectorEvent event) {
    // What happens to mail says nothing of the spool.
  }

  @Override
  public void onSpool(boolean nowWritable) {
    writable.set(nowWritable ? 1 : 0);
  }
}
