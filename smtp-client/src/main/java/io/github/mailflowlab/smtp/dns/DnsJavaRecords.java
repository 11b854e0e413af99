package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.failure.DnsProblem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.ResolverConfig;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;
import org.xbill.DNS.lookup.LookupSession;
import org.xbill.DNS.lookup.NoSuchDomainException;

/**
 * dnsjava behind the port. It follows aliases and falls back to TCP; we go through the servers, as
 * many rounds as there are tries, until one answers. No cache, no hosts file, no search path.
 */
final class DnsJavaRecords implements DnsRecords {
  private static final Logger log = LoggerFactory.getLogger(DnsJavaRecords.class);

  private final List<LookupSession> tries;
  private final Duration timeout;

  DnsJavaRecords(DnsSettings settings) {
    List<InetSocketAddress> servers =
        settings.servers().isEmpty()
            ? ResolverConfig.getCurrentConfig().servers()
            : settings.servers();
    List<LookupSession> sessions = new ArrayList<>();
    for (int round = 0; round < settings.tries(); round++) {
      servers.forEach(server -> sessions.add(session(server, settings)));
    }
    tries = List.copyOf(sessions);
    timeout = settings.timeout();
  }

  @Override
  public CompletionStage<Answer<MailServer>> mailServers(String name) {
    return ask(
        name,
        Type.MX,
        found -> {
          MXRecord mx = (MXRecord) found;
          return new MailServer(mx.getPriority(), mx.getTarget().toString(true));
        });
  }

  @Override
  public CompletionStage<Answer<InetAddress>> ipv4(String name) {
    return ask(name, Type.A, found -> withoutName(((ARecord) found).getAddress()));
  }

  @Override
  public CompletionStage<Answer<InetAddress>> ipv6(String name) {
    return ask(name, Type.AAAA, found -> withoutName(((AAAARecord) found).getAddress()));
  }

  private <T> CompletionStage<Answer<T>> ask(String name, int type, Function<Record, T> read) {
    try {
      return ask(Name.fromString(name, Name.root), type, read, 0, DnsProblem.SILENT);
    } catch (TextParseException e) {
      return CompletableFuture.completedFuture(Answer.failed(DnsProblem.NO_SUCH_DOMAIN));
    }
  }

  /** Tries from this one on; so far they met the problem. */
  private <T> CompletionStage<Answer<T>> ask(
      Name name, int type, Function<Record, T> read, int number, DnsProblem soFar) {
    if (number == tries.size()) {
      return CompletableFuture.completedFuture(Answer.failed(soFar));
    }
    return askOnce(name, type, read, number)
        .exceptionallyCompose(
            thrown -> {
              Throwable cause = unwrapped(thrown);
              if (cause instanceof NoSuchDomainException) {
                return CompletableFuture.completedFuture(Answer.failed(DnsProblem.NO_SUCH_DOMAIN));
              }
              log.debug("dns name={} type={} try={}: {}", name, type, number, cause.toString());
              boolean silent = cause instanceof TimeoutException;
              return ask(name, type, read, number + 1, silent ? soFar : DnsProblem.NO_ANSWER);
            });
  }

  private <T> CompletionStage<Answer<T>> askOnce(
      Name name, int type, Function<Record, T> read, int number) {
    try {
      // A limit of our own, because dnsjava looks at its timeouts about once a second.
      return tries
          .get(number)
          .lookupAsync(name, type)
          .toCompletableFuture()
          .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
          .thenApply(
              result ->
                  Answer.of(
                      result.getRecords().stream()
                          .filter(found -> found.getType() == type)
                          .map(read)
                          .toList()));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e); // Some of its exceptions come at once.
    }
  }

  private static Throwable unwrapped(Throwable thrown) {
    Throwable cause = thrown.getCause();
    return thrown instanceof CompletionException && cause != null ? cause : thrown;
  }

  private static LookupSession session(InetSocketAddress server, DnsSettings settings) {
    SimpleResolver resolver = new SimpleResolver(server);
    // It shall not meet its limit before we meet ours, which tells silence from a bad answer.
    resolver.setTimeout(settings.timeout().plusSeconds(1));
    return LookupSession.builder().resolver(resolver).executor(Runnable::run).build();
  }

  /** The JDK would otherwise show {@code name/address}, or ask for the name. */
  private static InetAddress withoutName(InetAddress address) {
    try {
      return InetAddress.getByAddress(address.getAddress());
    } catch (java.net.UnknownHostException e) {
      throw new AssertionError("4 or 16 octets always are an address", e);
    }
  }
}
