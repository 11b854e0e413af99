package io.github.mailflowlab.lab.dns;

import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Supplier;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;

/**
 * A DNS server on UDP and TCP of one loopback port, authoritative for every name it is told.
 * Several may serve the same names. It runs on the given event loop. Any thread but that loop's may
 * call it; calls that change something follow one another ({@code synchronized}, because they wait
 * for the loop and so cannot be its tasks).
 */
public final class LabDns implements AutoCloseable {
  private static final int BIND_TRIES = 20;

  private final LabZone zone;
  private final UdpDns udp;
  private final TcpDns tcp;
  private volatile ServerState state = ServerState.SERVING;
  private boolean closed;

  private LabDns(EventLoop loop, LabZone zone, int port) throws IOException {
    this.zone = zone;
    this.udp = UdpDns.open(loop, this::answer, port);
    try {
      this.tcp = TcpDns.open(loop, this::answer, udp.address());
    } catch (IOException e) {
      udp.close();
      throw e;
    }
  }

  /**
   * A server that knows no name yet.
   *
   * @param port 0 for any that is free
   * @throws UncheckedIOException when no port could be bound for both UDP and TCP
   */
  public static LabDns start(EventLoop loop, int port) {
    return start(loop, new LabZone(), port);
  }

  /**
   * Another server for the same names.
   *
   * @throws UncheckedIOException when no port could be bound for both UDP and TCP
   */
  public LabDns twin(EventLoop loop) {
    return start(loop, zone, 0);
  }

  private static LabDns start(EventLoop loop, LabZone zone, int port) {
    BindException failed =
        new BindException(
            port == 0
                ? "no port free on both UDP and TCP"
                : "DNS: port " + port + " is not free on UDP and TCP of 127.0.0.1");
    for (int i = 0; i < (port == 0 ? BIND_TRIES : 1); i++) {
      try {
        return new LabDns(loop, zone, port);
      } catch (IOException e) {
        // The port UDP got may be taken on TCP; then another pair is tried.
        failed.addSuppressed(e);
      }
    }
    throw new UncheckedIOException(failed);
  }

  /** Where it listens, with UDP and with TCP. */
  public InetSocketAddress address() {
    return udp.address();
  }

  /** A name below the server's domain. */
  public static String nameOf(String label) {
    return label + "." + LabZone.DOMAIN;
  }

  /** From now on the name, and every name below it, is answered so, by all servers of the zone. */
  public void answer(String hostName, DnsAnswer answer) {
    answer(hostName, answer, () -> Addresses.HERE);
  }

  /**
   * The same for a host that is elsewhere, whatever domain its name is in.
   *
   * @param where asked at each question, on the servers' loop
   */
  public void answer(String hostName, DnsAnswer answer, Supplier<Addresses> where) {
    zone.put(hostName, answer, where);
  }

  /** From now on questions for the domain's MX records, if not for its host, are answered so. */
  public void answerForMail(String domain, DnsAnswer answer) {
    zone.putMailDomain(domain, answer);
  }

  /** From now on the domain takes no mail. */
  public void forgetMail(String domain) {
    zone.removeMailDomain(domain);
  }

  /** From now on the name does not exist. */
  public void forget(String hostName) {
    zone.remove(hostName);
  }

  /**
   * From now on the server is so. Returns when that is the case.
   *
   * @throws UncheckedIOException when a port cannot be opened again
   */
  public synchronized void become(ServerState next) {
    if (closed) {
      return;
    }
    state = next;
    try {
      switch (next) {
        case SERVING, LAME -> {
          udp.listen();
          tcp.listen();
        }
        case WITHOUT_TCP -> {
          udp.listen();
          tcp.shut();
        }
        case DOWN -> {
          udp.shut();
          tcp.shut();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<DnsReply> answer(Message query, boolean overTcp) {
    return state == ServerState.LAME
        ? DnsReply.of(DnsQuestion.reply(query, Rcode.REFUSED))
        : zone.answer(query, overTcp);
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      udp.close();
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
