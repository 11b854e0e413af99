package io.github.mailflowlab.lab.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.NetUtil;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * One DNS server for all staged hosts, on UDP and TCP of one loopback port, authoritative for
 * {@code lab.example}. It runs on the given event loop; any thread may call it.
 */
public final class LabDns implements AutoCloseable {
  private static final int BIND_TRIES = 20;
  private static final int MAX_MESSAGE = 65_535;
  private static final int LENGTH_BYTES = 2;
  private static final long TCP_IDLE_SECONDS = 30;

  private final LabZone zone;
  private final Channel udp;
  private final Channel tcp;

  private LabDns(LabZone zone, Channel udp, Channel tcp) {
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
    for (int i = 0; i < BIND_TRIES; i++) {
      Channel udp = bindUdp(loop, zone);
      // The port UDP got may be taken on TCP; then another pair is tried.
      ChannelFuture tcp = bindTcp(loop, zone, (InetSocketAddress) udp.localAddress());
      if (tcp.isSuccess()) {
        return new LabDns(zone, udp, tcp.channel());
      }
      udp.close().awaitUninterruptibly();
    }
    throw new UncheckedIOException(new BindException("no port free on both UDP and TCP"));
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

  private static ChannelFuture bindTcp(EventLoop loop, LabZone zone, InetSocketAddress address) {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                channel
                    .pipeline()
                    .addLast(new ReadTimeoutHandler(TCP_IDLE_SECONDS, TimeUnit.SECONDS))
                    .addLast(
                        new LengthFieldBasedFrameDecoder(
                            MAX_MESSAGE + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
                    .addLast(new LengthFieldPrepender(LENGTH_BYTES))
                    .addLast(new TcpDnsHandler(zone));
              }
            })
        .bind(address)
        .awaitUninterruptibly();
  }

  /** Where it listens, with UDP and with TCP. */
  public InetSocketAddress address() {
    return (InetSocketAddress) udp.localAddress();
  }

  /** A name below the server's domain. */
  public static String nameOf(String label) {
    return label + "." + LabZone.DOMAIN;
  }

  /** From now on the name is answered so. */
  public void answer(String hostName, DnsAnswer answer) {
    zone.put(hostName, answer);
  }

  /** From now on the name does not exist. */
  public void forget(String hostName) {
    zone.remove(hostName);
  }

  @Override
  public void close() {
    udp.close().awaitUninterruptibly();
    tcp.close().awaitUninterruptibly();
  }
}
