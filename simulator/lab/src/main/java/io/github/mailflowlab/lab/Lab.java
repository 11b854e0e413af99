package io.github.mailflowlab.lab;

import io.github.mailflowlab.lab.dns.CachedAddresses;
import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.fault.FaultTable;
import io.github.mailflowlab.lab.order.FaultOrder;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.lab.order.OrderStack;
import io.github.mailflowlab.lab.pki.LabPki;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.LabHost;
import io.github.mailflowlab.lab.smtp.Machine;
import io.github.mailflowlab.lab.smtp.Presence;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.time.TaskScheduler;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broken world, on loopback: a DNS server, a certificate authority and any number of smart
 * hosts, each with a fault of the catalogue. Owns two threads, on which all hosts run, and one that
 * tells of revoked certificates. Any other thread may call it.
 */
public final class Lab implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lab.class);
  private static final int THREADS = 2;

  private static final long STANDARD_SEED = 1;

  private final EventLoopGroup loops;
  private final InstantSource clock;
  private final Optional<TaskScheduler> scheduler;
  private final long seed;
  private final LabDns dns;
  private final LabPki pki;
  private @Nullable TrustFile trust;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Queue<StagedFault> staged = new ConcurrentLinkedQueue<>();
  private final Map<String, NamedHost> hosts = new ConcurrentHashMap<>();
  private final MailRouting routing;

  private Lab(
      EventLoopGroup loops,
      InstantSource clock,
      Optional<TaskScheduler> scheduler,
      long seed,
      int dnsPort) {
    this.loops = loops;
    this.clock = clock;
    this.scheduler = scheduler;
    this.seed = seed;
    this.dns = LabDns.start(loops.next(), dnsPort);
    this.routing = new MailRouting(dns);
    this.pki = new LabPki(clock);
  }

  /**
   * Starts the lab.
   *
   * @param clock the lab's, by which certificates are dated and hosts count a minute
   * @throws java.io.UncheckedIOException when loopback sockets or a temporary file cannot be had
   */
  public static Lab start(InstantSource clock) {
    return start(clock, Optional.empty(), STANDARD_SEED, 0);
  }

  /**
   * The same on a clock that can schedule, so that a host can close and open at a time.
   *
   * @param seed of all that is left to chance; a run with the same one draws the same
   */
  public static <C extends InstantSource & TaskScheduler> Lab start(C clock, long seed) {
    return start(clock, seed, 0);
  }

  /**
   * The same with a DNS server where others expect it.
   *
   * @param dnsPort on 127.0.0.1, UDP and TCP; 0 for any that is free
   */
  public static <C extends InstantSource & TaskScheduler> Lab start(
      C clock, long seed, int dnsPort) {
    return start(clock, Optional.of(clock), seed, dnsPort);
  }

  private static Lab start(
      InstantSource clock, Optional<TaskScheduler> scheduler, long seed, int dnsPort) {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("lab", true), NioIoHandler.newFactory());
    try {
      return new Lab(loops, clock, scheduler, seed, dnsPort);
    } catch (RuntimeException e) {
      stop(loops);
      throw e;
    }
  }

  /** The DNS server, on UDP and TCP; a fault may bring its own ({@link StagedFault#dnsServers}). */
  public InetSocketAddress dns() {
    return dns.address();
  }

  /** The faults this machine can make, by catalogue id, in the catalogue's order. */
  public Set<String> faultIds() {
    return Possible.FAULTS.keySet();
  }

  /**
   * Every fault the lab knows how to make, by catalogue id, in the catalogue's order, without
   * trying whether this machine can ({@link #faultIds}).
   */
  public static Set<String> implementedFaultIds() {
    Set<String> ids = new LinkedHashSet<>();
    FaultTable.rows().forEach(fault -> ids.add(fault.id()));
    return Collections.unmodifiableSet(ids);
  }

  /**
   * A new host with that fault.
   *
   * @throws IllegalArgumentException for an id that is not among {@link #faultIds}
   * @throws java.io.UncheckedIOException when no port can be had
   */
  public StagedFault stage(String faultId) {
    return stage(fault(faultId));
  }

  private static Fault fault(String id) {
    return FaultTable.find(id)
        .filter(fault -> isPossible(fault.behaviour().presence(), fault.naming().needs()))
        .orElseThrow(
            () ->
                new IllegalArgumentException("faultId: " + id + " (expected: one of faultIds())"));
  }

  /** A new host without a fault, its id {@code none}; offers STARTTLS with a good certificate. */
  public StagedFault stageHealthy() {
    return stage(Fault.NONE);
  }

  /** As {@link #stageHealthy}, but the host knows nothing newer than TLS 1.2. */
  public StagedFault stageHealthyWithTls12() {
    return stage(HostBehaviour.HEALTHY.withoutTls13());
  }

  /**
   * As {@link #stageHealthy}, but the host knows nothing of these extensions.
   *
   * @param keywords of the reply to EHLO, such as {@code DSN}
   * @throws IllegalArgumentException for a keyword that a healthy host does not offer
   */
  public StagedFault stageHealthyWithout(String... keywords) {
    return stage(HostBehaviour.HEALTHY.without(keywords));
  }

  /**
   * A new host that behaves so, its id {@code none}: for what the catalogue has no id of its own.
   */
  public StagedFault stage(HostBehaviour behaviour) {
    return stage(Fault.of(behaviour));
  }

  /** Of all that is left to chance. */
  public long seed() {
    return seed;
  }

  /**
   * A new healthy host of that name, in whatever domain; the lab's DNS server knows it.
   *
   * @param port 0 for any free one
   * @throws IllegalArgumentException when there is a host of that name, or it is no name
   * @throws java.io.UncheckedIOException when the port cannot be had
   */
  public NamedHost host(String name, int port) {
    return host(HostPlan.of(name, port));
  }

  /**
   * A new host.
   *
   * @throws IllegalArgumentException when there is a host of that name, or one of its orders cannot
   *     be carried out
   * @throws java.io.UncheckedIOException when the port cannot be had
   */
  public synchronized NamedHost host(HostPlan plan) {
    String name = plan.name().value();
    if (hosts.containsKey(name)) {
      throw new IllegalArgumentException("name: " + name + " (expected: a name of its own)");
    }
    OrderStack stack = new OrderStack(plan.behaviour(), clock, 31 * seed + name.hashCode());
    InetSocketAddress address = new InetSocketAddress(plan.address(), plan.port());
    LabHost server = LabHost.start(name, address, pki, clock, loops.next(), stack);
    NamedHost host =
        new NamedHost(
            plan,
            dns,
            server,
            stack,
            new CachedAddresses(List.of(plan.address()), plan.ttl(), clock),
            this::objection,
            scheduler,
            this::forget);
    try {
      plan.mailDomains().forEach(domain -> routing.add(domain, host));
      host.faults(plan.faults());
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
    hosts.put(name, host);
    return host;
  }

  private Optional<String> objection(NamedHost host, FaultOrder order) {
    if (order.isOfMailDomain() && !routing.takesMail(host)) {
      return Optional.of(host.name() + " takes no domain's mail (expected: one of which it is MX)");
    }
    if (order.isTimed() && order.presence().isElsewhere() && scheduler.isEmpty()) {
      return Optional.of("begins or ends at a time (expected: a lab whose clock can schedule)");
    }
    return isPossible(order.presence(), order.needs())
        ? Optional.empty()
        : Optional.of("this machine cannot make it");
  }

  private void forget(NamedHost host) {
    hosts.remove(host.name(), host);
    routing.forget(host);
  }

  /** The hosts that have names of somebody's choice, by name. */
  public Map<String, NamedHost> hosts() {
    return new TreeMap<>(hosts);
  }

  /**
   * From now on the domain's MX records name these hosts, the first one preferred; with none, the
   * domain takes no mail.
   *
   * @throws IllegalArgumentException for a name that is no domain's
   */
  public void mx(String domain, NamedHost... exchangers) {
    routing.set(DomainName.of(domain), List.of(exchangers));
  }

  /** The orders that named hosts had, that could have been seen to act and were not, by host. */
  public Map<String, List<OrderReport>> neverMet() {
    Map<String, List<OrderReport>> unmet = new TreeMap<>();
    hosts.forEach((name, host) -> unmet.put(name, host.neverMet()));
    unmet.values().removeIf(List::isEmpty);
    return unmet;
  }

  /** A PEM file with the roots to trust, one of them out of date; deleted on close. */
  public synchronized Path trust() {
    TrustFile written = trust;
    if (written == null) {
      written = TrustFile.write(pki.roots());
      trust = written;
    }
    return written.path();
  }

  private StagedFault stage(Fault fault) {
    String label = fault.id().replace('.', '-') + "-" + lastNumber.incrementAndGet();
    String name = LabDns.nameOf(label);
    LabHost host = LabHost.start(name, pki, clock, loops.next(), fault.behaviour());
    try {
      NameService names = NameService.start(dns, loops.next(), name, fault.naming());
      StagedFault result = new StagedFault(fault, name, names, host, Lab::fault, staged::remove);
      staged.add(result);
      return result;
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
  }

  /** Most faults are possible everywhere: the machine is not asked for them. */
  private static boolean isPossible(Presence presence, Naming.Needs needs) {
    return (!presence.dependsOnMachine() || Possible.MACHINE.allows(presence)) && hasWhat(needs);
  }

  private static boolean hasWhat(Naming.Needs needs) {
    return switch (needs) {
      case NOTHING -> true;
      case NO_ROUTE_TO_NOWHERE -> Possible.MACHINE.hasNowhere();
      case NO_IPV6 -> !Possible.MACHINE.hasIpv6();
    };
  }

  /** Machines do not change: one look for all labs, once it matters, for it takes its time. */
  private static final class Possible {
    static final Machine MACHINE = Machine.probe();
    static final Map<String, Fault> FAULTS = faults();

    private static Map<String, Fault> faults() {
      Map<String, Fault> possible = new LinkedHashMap<>();
      for (Fault fault : FaultTable.rows()) {
        if (isPossible(fault.behaviour().presence(), fault.naming().needs())) {
          possible.put(fault.id(), fault);
        } else {
          log.info("{} is left out: this machine is {}", fault.id(), MACHINE);
        }
      }
      return Collections.unmodifiableMap(possible);
    }
  }

  /** Closes every host, the DNS server and the threads, and deletes the trust file. */
  @Override
  public synchronized void close() {
    staged.forEach(StagedFault::close);
    hosts.values().forEach(NamedHost::close);
    dns.close();
    pki.close();
    stop(loops);
    if (trust != null) {
      trust.close();
    }
  }

  private static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
