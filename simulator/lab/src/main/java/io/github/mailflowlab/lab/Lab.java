package io.github.mailflowlab.lab;

import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.lab.fault.Fault;
import io.github.mailflowlab.lab.fault.FaultTable;
import io.github.mailflowlab.lab.pki.LabPki;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.LabHost;
import io.github.mailflowlab.lab.smtp.Machine;
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
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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

  private final EventLoopGroup loops;
  private final InstantSource clock;
  private final LabDns dns;
  private final LabPki pki;
  private final TrustFile trust;
  private final Map<String, Fault> faults;
  private final AtomicInteger lastNumber = new AtomicInteger();
  private final Queue<StagedFault> staged = new ConcurrentLinkedQueue<>();

  private Lab(EventLoopGroup loops, InstantSource clock) {
    this.loops = loops;
    this.clock = clock;
    this.dns = LabDns.start(loops.next());
    this.pki = new LabPki(clock);
    this.trust = TrustFile.write(pki.roots());
    this.faults = possibleFaults();
  }

  /**
   * Starts the lab; takes about half a second.
   *
   * @param clock the lab's, by which certificates are dated and hosts count a minute
   * @throws java.io.UncheckedIOException when loopback sockets or a temporary file cannot be had
   */
  public static Lab start(InstantSource clock) {
    EventLoopGroup loops =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("lab", true), NioIoHandler.newFactory());
    try {
      return new Lab(loops, clock);
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
    return faults.keySet();
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

  private Fault fault(String id) {
    Fault fault = faults.get(id);
    if (fault == null) {
      throw new IllegalArgumentException("faultId: " + id + " (expected: one of faultIds())");
    }
    return fault;
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

  /** A PEM file with the roots to trust, one of them out of date; deleted on close. */
  public Path trust() {
    return trust.path();
  }

  private StagedFault stage(Fault fault) {
    String label = fault.id().replace('.', '-') + "-" + lastNumber.incrementAndGet();
    String name = LabDns.nameOf(label);
    LabHost host = LabHost.start(name, pki, clock, loops.next(), fault.behaviour());
    try {
      NameService names = NameService.start(dns, loops.next(), name, fault.naming());
      StagedFault result = new StagedFault(fault, name, names, host, this::fault, staged::remove);
      staged.add(result);
      return result;
    } catch (RuntimeException e) {
      host.close();
      throw e;
    }
  }

  private static Map<String, Fault> possibleFaults() {
    Machine machine = Machine.probe();
    Map<String, Fault> possible = new LinkedHashMap<>();
    for (Fault fault : FaultTable.rows()) {
      if (machine.allows(fault.behaviour().presence())) {
        possible.put(fault.id(), fault);
      } else {
        log.warn("{} is left out: this machine is {}", fault.id(), machine);
      }
    }
    return Collections.unmodifiableMap(possible);
  }

  /** Closes every host, the DNS server and the threads, and deletes the trust file. */
  @Override
  public void close() {
    staged.forEach(StagedFault::close);
    dns.close();
    pki.close();
    stop(loops);
    trust.close();
  }

  private static void stop(EventLoopGroup loops) {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
