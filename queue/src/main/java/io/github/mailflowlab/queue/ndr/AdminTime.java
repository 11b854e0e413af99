package io.github.mailflowlab.queue.ndr;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as Exchange writes them for administrators: {@code 6/19/2018 7:32:05 AM}, in UTC. */
public final class AdminTime {
  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

  private AdminTime() {}

  public static String format(Instant instant) {
    return FORMAT.format(instant);
  }
}
