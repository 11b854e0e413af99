package io.github.mailflowlab.alerting.metrics;

import io.github.mailflowlab.event.CertificateSink;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@code mailflow_certificate_expiry_timestamp_seconds{connector, server}}: when the certificate
 * that a server presented last stops being valid, in seconds since 1970. What an operator should
 * think: less than a month from {@code mailflow_clock_timestamp_seconds} wants a renewal. Any
 * thread; returns at once. Servers are named by the connector or by DNS, so only the first {@value
 * #MAX_SERVERS} are shown.
 */
public final class CertificateMeters implements CertificateSink {
  static final int MAX_SERVERS = 200;

  private record Server(String connector, String name) {}

  private final MeterRegistry registry;
  private final Map<Server, Instant> ends = new ConcurrentHashMap<>();

  public CertificateMeters(MeterRegistry registry) {
    this.registry = registry;
  }

  @Override
  public void seen(String connector, String server, Instant expires) {
    Server key = new Server(connector, server);
    // Under a race a few more than the limit may get in.
    if (ends.containsKey(key) || ends.size() < MAX_SERVERS) {
      if (ends.put(key, expires) == null) {
        register(key);
      }
    }
  }

  private void register(Server server) {
    Gauge.builder(
            "mailflow.certificate.expiry.timestamp",
            ends,
            known -> known.getOrDefault(server, Instant.EPOCH).getEpochSecond())
        .baseUnit("seconds")
        .strongReference(true)
        .description("When the certificate that a server presented last expires")
        .tag("connector", server.connector())
        .tag("server", server.name())
        .register(registry);
  }
}
