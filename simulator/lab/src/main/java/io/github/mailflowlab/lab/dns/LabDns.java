package io.github.mailflowlab.lab.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;

/**
 * One DNS server for all staged hosts, on UDP and TCP of one loopback port, authoritative for
 * {@code lab.example}. It runs on the given event loop. Any thread but that loop's may call it;
 * calls that change something follow one another ({@code synchronized}, because they wait for the
 * loop and so cannot be its tasks).
 */
public final class LabDns implements AutoCloseable {
  private static final int BIND_TRIES = 20;

  private final LabZone zone;
  private final Channel udp;
  private final TcpDns tcp;
  private boolean closed;

  private LabDns(LabZone zone, Channel udp, TcpDns tcp) {
    this.zone = zone;
    this.udp = udp;
    this.tcp = tcp;
  }

  /**
   * Binds both sockets.
   *
   * @throws UncheckedIOException when no port could be bound for both
   */
  public static LabDns start(EventLoop loop) {
    LabZone zone = new LabZone();
    BindException failed = new BindException("no port free on both UDP and TCP");
    for (int i = 0; i < BIND_TRIES; i++) {
      Channel udp = bindUdp(loop, zone);
      try {
        return new LabDns(
            zone, udp, TcpDns.open(loop, zone, (InetSocketAddress) udp.localAddress()));
      } catch (IOException e) {
        // The port UDP got may be taken on TCP; then another pair is tried.
        failed.addSuppressed(e);
        udp.close().awaitUninterruptibly();
      }
    }
    throw new UncheckedIOException(failed);
  }

  private static Channel bindUdp(EventLoop loop, LabZone zone) {
    return new Bootstrap()
        .group(loop)
        .channel(NioDatagramChannel.class)
        .handler(new UdpDnsHandler(zone))
        .bind(NetUtil.LOCALHOST4, 0)
        .syncUninterruptibly()
        .channel();
  }

  /** Where it listens, with UDP and with TCP. */
  public InetSocketAddress address() {
    return (InetSocketAddress) udp.localAddress();
  }

  /** A name below the server's domain. */
  public static String nameOf(String label) {
    return label + "." + LabZone.DOMAIN;
  }

  /**
   * From now on the name is answered so.
   *
   * @throws UncheckedIOException when the TCP port cannot be opened again
   */
  public synchronized void answer(String hostName, DnsAnswer answer) {
    zone.put(hostName, answer);
    adjustTcp();
  }

  /** From now on the name does not exist. */
  public synchronized void forget(String hostName) {
    zone.remove(hostName);
    adjustTcp();
  }

  private void adjustTcp() {
    if (closed) {
      return;
    }
    if (!zone.allowsTcp()) {
      tcp.shut();
      return;
    }
    try {
      tcp.listen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    udp.close().awaitUninterruptibly();
    try {
      tcp.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
