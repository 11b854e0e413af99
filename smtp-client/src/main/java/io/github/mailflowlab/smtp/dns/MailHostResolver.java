package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.smtp.dns.DnsRecords.Answer;
import io.github.mailflowlab.smtp.dns.DnsRecords.MailServer;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Finds the addresses of a next hop (exchange-online-behaviour 6.3):
 *
 * <pre>
 *   a smart host's name   MX, and if it has none or MX cannot be asked: A, AAAA of the name
 *   a recipient's domain  MX, and if it has none: A, AAAA of the domain (RFC 5321 5.1)
 *   an address            itself
 *   localhost and below   127.0.0.1, ::1, without asking (RFC 6761 6.3)
 * </pre>
 *
 * MX in order of preference, equals shuffled; of each, IPv4 before IPv6, which is left out where
 * this machine has none. Aliases are followed, for a mail server's name as well (RFC 5321 5.1
 * forbids them, the Internet has them). The three questions about a name go out together, so that a
 * dead server costs its limit once. Nothing is remembered. All threads; nothing blocks, and nothing
 * completes exceptionally for what a server can answer.
 *
 * <p>The seam for DANE (RFC 7672) and MTA-STS (RFC 8461): both turn a domain's records into demands
 * on each server's TLS, so they belong between the MX records and the {@link Target}, which would
 * carry the demand to the handshake. Of neither is there anything yet.
 */
public final class MailHostResolver {
  /** Addresses of one name that are tried. */
  static final int MAX_TARGETS = 20;

  private static final Set<DnsProblem> UNANSWERED =
      EnumSet.of(DnsProblem.NO_ANSWER, DnsProblem.SILENT);

  private final DnsRecords records;
  private final Random random;
  private final Predicate<InetAddress> mayReach;

  MailHostResolver(DnsRecords records, Random random, Predicate<InetAddress> mayReach) {
    this.records = new LocalhostRecords(records);
    this.random = random;
    this.mayReach = mayReach;
  }

  /**
   * A resolver over the network.
   *
   * @param random for the order of equals
   */
  public static MailHostResolver over(DnsSettings settings, Random random) {
    return new MailHostResolver(new DnsJavaRecords(settings), random, Ipv6::mayReach);
  }

  /** The addresses of a smart host, called by its configured name whatever MX says. */
  public CompletionStage<Resolution> smartHost(SmartHost host) {
    if (host.isAddress()) {
      return found(host.host(), literal(host.host()), host.port());
    }
    return resolve(host.host(), host.port(), false, mx -> host.host());
  }

  /** The addresses that take mail for a domain, each called by its MX name. */
  public CompletionStage<Resolution> domain(DomainName domain) {
    String name = domain.value();
    if (name.startsWith("[")) {
      String address = name.substring(1, name.length() - 1).replaceFirst("^ipv6:", "");
      return found(address, literal(address), SmartHost.DEFAULT_PORT);
    }
    return resolve(name, SmartHost.DEFAULT_PORT, true, mx -> mx);
  }

  private CompletionStage<Resolution> resolve(
      String name, int port, boolean mxRouted, UnaryOperator<String> called) {
    CompletionStage<Answer<InetAddress>> own = addresses(name);
    return records
        .mailServers(name)
        .thenCompose(
            mx -> {
              if (MxRecords.isNull(mx.records())) {
                return failed(DnsProblem.NULL_MX);
              }
              if (!mx.isEmpty()) {
                return throughServers(mx, port, called);
              }
              // A domain whose MX cannot be asked may have one, so its own address is no answer.
              boolean useOwn = !mxRouted || mx.problem() == DnsProblem.NO_RECORDS;
              return useOwn
                  ? own.thenApply(
                      answer ->
                          resolution(targets(called.apply(name), answer, port), answer.problem()))
                  : failed(mx.problem());
            });
  }

  private CompletionStage<Resolution> throughServers(
      Answer<MailServer> mx, int port, UnaryOperator<String> called) {
    CompletionStage<Answer<Target>> all = CompletableFuture.completedFuture(Answer.of(List.of()));
    for (MailServer server : MxRecords.inOrder(mx.records(), random)) {
      String name = called.apply(server.name());
      all =
          all.thenCombine(addresses(server.name()), (some, more) -> joined(some, name, more, port));
    }
    return all.thenApply(answer -> resolution(answer.records(), answer.problem()));
  }

  /** A mail server without a name in DNS says nothing about the name that was asked for. */
  private static Answer<Target> joined(
      Answer<Target> some, String name, Answer<InetAddress> more, int port) {
    List<Target> targets = new ArrayList<>(some.records());
    targets.addAll(targets(name, more, port));
    boolean unanswered = UNANSWERED.contains(more.problem());
    return new Answer<>(targets, unanswered ? more.problem() : some.problem());
  }

  /** IPv4 first; the problem is the one that explains an empty answer best. */
  private CompletionStage<Answer<InetAddress>> addresses(String name) {
    return records
        .ipv4(name)
        .thenCombine(
            records.ipv6(name),
            (four, six) -> {
              List<InetAddress> both = new ArrayList<>(four.records());
              six.records().stream().filter(mayReach).forEach(both::add);
              both.removeIf(MailHostResolver::isNobodys);
              return new Answer<>(both, worse(four.problem(), six.problem()));
            });
  }

  /** The kernel would take 0.0.0.0 for this machine, and mail would come back to us. */
  private static boolean isNobodys(InetAddress address) {
    return address.isAnyLocalAddress() || address.isMulticastAddress();
  }

  private static DnsProblem worse(DnsProblem one, DnsProblem other) {
    for (DnsProblem problem :
        List.of(DnsProblem.NO_SUCH_DOMAIN, DnsProblem.NO_ANSWER, DnsProblem.SILENT)) {
      if (one == problem || other == problem) {
        return problem;
      }
    }
    return DnsProblem.NO_RECORDS;
  }

  private static List<Target> targets(String called, Answer<InetAddress> answer, int port) {
    return answer.records().stream()
        .map(address -> new Target(called, new InetSocketAddress(address, port)))
        .toList();
  }

  private static Resolution resolution(List<Target> targets, DnsProblem problem) {
    return targets.isEmpty()
        ? new Resolution.Failed(problem)
        : new Resolution.Found(targets.subList(0, Math.min(MAX_TARGETS, targets.size())));
  }

  private static CompletionStage<Resolution> failed(DnsProblem problem) {
    return CompletableFuture.completedFuture(new Resolution.Failed(problem));
  }

  private static CompletionStage<Resolution> found(
      String name, Optional<InetAddress> address, int port) {
    return CompletableFuture.completedFuture(
        address
            .<Resolution>map(
                ip ->
                    new Resolution.Found(
                        List.of(new Target(name, new InetSocketAddress(ip, port)))))
            .orElseGet(() -> new Resolution.Failed(DnsProblem.NO_RECORDS)));
  }

  /** Reads an address without ever asking DNS. */
  private static Optional<InetAddress> literal(String text) {
    byte[] octets = NetUtil.createByteArrayFromIpAddressString(text);
    try {
      return octets == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(octets));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }
}
