package io.github.mailflowlab.pressure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how much new mail is taken. One thread reads a few gauges each second, on the wall clock:
 * the disk and the memory know no lab time. Whoever takes mail reads one field, so an open intake
 * pays nothing. Delivery is never held up here: it is what takes the pressure off.
 */
public final class Pressure implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Pressure.class);

  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final List<Gauge> gauges;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread sampler = new Thread(task, "pressure");
            sampler.setDaemon(true);
            return sampler;
          });

  private volatile Level level = Level.OPEN;
  private volatile List<GaugeState> states = List.of();

  /** Reads the gauges only when told to. */
  Pressure(List<Gauge> gauges) {
    this.gauges = List.copyOf(gauges);
  }

  /**
   * Watches a spool and this process from now on; is it too much already, the first level says so.
   *
   * @param writes to the spool
   * @param folder of the spool, if its disk is to be watched
   */
  public static Pressure start(
      PressureSettings settings, Supplier<Writes> writes, Optional<Path> folder) {
    List<Gauge> gauges = new ArrayList<>();
    gauges.add(new Gauge("write lag, s", settings.lag(), new WriteLag(writes, INTERVAL)));
    gauges.add(new Gauge("heap, %", settings.heap(), new HeapAfterCollection(settings.heap())));
    folder
        .map(FreeSpace::new)
        .map(disk -> new Gauge("free disk, octets", settings.free().orElseGet(disk::marks), disk))
        .ifPresent(gauges::add);
    Pressure pressure = new Pressure(gauges);
    pressure.sample();
    pressure.watch();
    return pressure;
  }

  /** Is not part of the constructor: the first reading is made by the caller's thread. */
  @SuppressWarnings("FutureReturnValueIgnored") // It ends with the thread.
  private void watch() {
    thread.scheduleWithFixedDelay(
        this::trySample, INTERVAL.toMillis(), INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** How much is taken now. Any thread. */
  public Level level() {
    return level;
  }

  /** What each gauge showed last. Any thread. */
  public List<GaugeState> gauges() {
    return states;
  }

  private void trySample() {
    try {
      sample();
    } catch (RuntimeException e) {
      // Nobody would notice that the thread has ended.
      log.error("the gauges of the intake could not be read, trying again", e);
    }
  }

  /** Reads all gauges; the strictest of them decides. */
  void sample() {
    List<GaugeState> now = gauges.stream().map(Gauge::read).toList();
    states = now;
    Level before = level;
    level = now.stream().map(GaugeState::level).reduce(Level.OPEN, Level::or);
    if (level != before) {
      tell(before, now);
    }
  }

  private void tell(Level before, List<GaugeState> now) {
    String was = word(before);
    String is = word(level);
    if (level.compareTo(before) > 0) {
      log.warn("intake={} was={} {}", is, was, readings(now));
    } else {
      log.info("intake={} was={} {}", is, was, readings(now));
    }
  }

  private static String word(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  private static String readings(List<GaugeState> gauges) {
    List<String> texts = new ArrayList<>();
    for (GaugeState gauge : gauges) {
      if (gauge.reading().isPresent()) {
        texts.add(
            gauge.name()
                + ": "
                + Math.round(gauge.reading().getAsDouble())
                + " ("
                + word(gauge.level())
                + ")");
      }
    }
    return String.join(", ", texts);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
