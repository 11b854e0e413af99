package io.github.mailflowlab.node;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Context;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;

/**
 * Log times in lab time ({@code %labtime}), because everything that is shown moves with the clock;
 * wall time while no lab runs. The clock is in the logger context, where {@link #follow} puts it.
 */
public final class LabTimeConverter extends ClassicConverter {
  private static final String KEY = "mailflow.clock";
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  /** From now on the log follows this clock. */
  static void follow(InstantSource clock) {
    ILoggerFactory factory = LoggerFactory.getILoggerFactory();
    if (factory instanceof LoggerContext context) {
      context.putObject(KEY, clock);
    }
  }

  /** The time that an event shows. */
  static String text(Context context, ILoggingEvent event) {
    Instant time =
        context.getObject(KEY) instanceof InstantSource clock
            ? clock.instant()
            : event.getInstant();
    return FORMAT.format(time);
  }

  @Override
  public String convert(ILoggingEvent event) {
    return text(getContext(), event);
  }
}
