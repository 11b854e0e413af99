package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server's certificate ends soon, or has ended. Goes by the certificate that the server presented
 * last; one that presents no other, because nothing is sent there any more, is closed by hand.
 */
final class CertificateExpiry implements Policy {
  private static final Title TITLE =
      new Title("A certificate is about to expire", "Medium", "CertificateExpiring");

  /** Names of servers may come from a partner's DNS. */
  private static final int MAX_SERVERS = 1000;

  private record Seen(String connector, Instant expires) {}

  private final Duration before;

  /** By server, the one that was heard of last at the end. Under the policy's lock. */
  private final Map<String, Seen> seen = new LinkedHashMap<>(16, 0.75f, true);

  CertificateExpiry(Duration before) {
    this.before = before;
  }

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    return Optional.empty();
  }

  @Override
  public Optional<String> drawnByCertificate(String connector, String server, Instant expires) {
    Seen now = new Seen(connector, expires);
    return now.equals(remember(server, now)) ? Optional.empty() : Optional.of(server);
  }

  @Override
  public synchronized Verdict judge(String server, Instant now) {
    Seen last = seen.get(server);
    if (last == null) {
      return Verdict.QUIET;
    }
    Instant due = last.expires().minus(before);
    if (due.isAfter(now)) {
      return Verdict.quiet(Optional.of(due));
    }
    String details =
        "The certificate of " + server + " is valid until " + last.expires() + ", and no longer.";
    return Verdict.trouble(
        new Verdict.Trouble(last.connector(), due, 1, 1, Optional.empty(), details),
        Optional.empty());
  }

  @Override
  public void goOn(Alert alert) {
    remember(alert.subject(), new Seen(alert.connector(), alert.raised().plus(before)));
  }

  @Override
  public List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Advice.topic("certificate-expires").forType(type);
  }

  private synchronized @Nullable Seen remember(String server, Seen now) {
    Seen known = seen.put(server, now);
    if (seen.size() > MAX_SERVERS) {
      seen.remove(seen.keySet().iterator().next());
    }
    return known;
  }
}
