package io.github.mailflowlab.report;

import io.github.mailflowlab.document.HealthDocument.Bucket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What one connector did, by buckets of lab time. Who writes (the queue's thread, the client's) and
 * who reads (a request) meet here for some instructions, under a lock: none of them could own it
 * without a message per attempt to the others.
 */
final class HealthSeries {
  static final Duration BUCKET = Duration.ofMinutes(15);

  /** A week with something in every bucket. */
  static final int MAX_BUCKETS = 672;

  /** Peers choose their codes. */
  static final int MAX_CODES = 20;

  /** One bucket while it fills. */
  static final class Tally {
    private long attempts;
    private long delivered;
    private final Map<String, Long> deferred = new TreeMap<>();
    private final Map<String, Long> returned = new TreeMap<>();
    private final Map<String, Long> tls = new TreeMap<>();

    void attempt() {
      attempts++;
    }

    void delivered() {
      delivered++;
    }

    void deferred(String code) {
      count(deferred, code);
    }

    void returned(String code) {
      count(returned, code);
    }

    void tls(String version) {
      count(tls, version);
    }

    private static void count(Map<String, Long> counts, String name) {
      boolean room = counts.containsKey(name) || counts.size() < MAX_CODES;
      counts.merge(room ? name : "other", 1L, Long::sum);
    }

    private Bucket shown(Instant start) {
      return new Bucket(
          start, attempts, delivered, Map.copyOf(deferred), Map.copyOf(returned), Map.copyOf(tls));
    }
  }

  private final TreeMap<Instant, Tally> tallies = new TreeMap<>();

  synchronized void note(Instant time, Consumer<Tally> what) {
    what.accept(tallies.computeIfAbsent(start(time), start -> new Tally()));
    if (tallies.size() > MAX_BUCKETS) {
      tallies.pollFirstEntry();
    }
  }

  /** The buckets from this instant on, the oldest first. */
  synchronized List<Bucket> since(Instant since) {
    return tallies.tailMap(start(since), true).entrySet().stream()
        .map(entry -> entry.getValue().shown(entry.getKey()))
        .toList();
  }

  private static Instant start(Instant time) {
    return Instant.ofEpochSecond(
        Math.floorDiv(time.getEpochSecond(), BUCKET.toSeconds()) * BUCKET.toSeconds());
  }
}
