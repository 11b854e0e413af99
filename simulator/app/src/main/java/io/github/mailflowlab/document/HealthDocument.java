package io.github.mailflowlab.document;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a connector did over time. Times in which nothing happened are left out.
 *
 * @param bucket how long each of them is
 */
public record HealthDocument(String connector, Duration bucket, List<Bucket> buckets) {
  /**
   * What happened in one.
   *
   * @param attempts connections or transactions for a message, successful or not
   * @param delivered recipients whose mail the next hop took
   * @param deferred deferrals by code; a next hop that fails counts once for all its messages
   * @param returned recipients given up, by code
   * @param tls attempts that delivered something, by TLS version; {@code none} for clear text
   */
  public record Bucket(
      Instant start,
      long attempts,
      long delivered,
      Map<String, Long> deferred,
      Map<String, Long> returned,
      Map<String, Long> tls) {}
}
