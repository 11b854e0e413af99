package io.github.mailflowlab.lab.dns;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.util.NetUtil;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The server's UDP port, which stays its own while it is open or closed: a second socket is bound
 * to it all the time. It is connected to a peer that never sends, so the kernel takes it for nobody
 * else's datagrams and answers those, while the port is closed, that it is unreachable (Linux,
 * {@code SO_REUSEADDR} on both).
 *
 * <p>Not thread-safe: {@link LabDns} serializes the callers. They wait for the event loop, so they
 * must not be on it.
 */
final class UdpDns implements Closeable {
  private static final InetSocketAddress NOBODY = new InetSocketAddress(NetUtil.LOCALHOST4, 9);

  private final EventLoop loop;
  private final Answering answering;
  private final DatagramChannel holder;
  private final InetSocketAddress address;
  private Optional<Channel> listener = Optional.empty();

  private UdpDns(EventLoop loop, Answering answering, DatagramChannel holder) throws IOException {
    this.loop = loop;
    this.answering = answering;
    this.holder = holder;
    this.address = (InetSocketAddress) holder.getLocalAddress();
  }

  /** Takes this port, or a free one if it is 0, and listens on it. */
  static UdpDns open(EventLoop loop, Answering answering, int port) throws IOException {
    DatagramChannel holder = DatagramChannel.open(StandardProtocolFamily.INET);
    try {
      holder.bind(new InetSocketAddress(NetUtil.LOCALHOST4, port));
      // Only now: before, the kernel might have given us a port that somebody else shares.
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.connect(NOBODY);
      UdpDns opened = new UdpDns(loop, answering, holder);
      opened.listen();
      return opened;
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  InetSocketAddress address() {
    return address;
  }

  /** Listens from now on. */
  void listen() throws IOException {
    if (listener.isPresent()) {
      return;
    }
    ChannelFuture bound =
        new Bootstrap()
            .group(loop)
            .channel(NioDatagramChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .handler(new UdpDnsHandler(answering))
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BindException(address + ": " + bound.cause().getMessage());
    }
    listener = Optional.of(bound.channel());
  }

  /** Cannot be reached from now on. */
  void shut() {
    assert !loop.inEventLoop();
    if (listener.isPresent()) {
      listener.get().close().awaitUninterruptibly();
      // A registered socket lives on until the selector has run once more.
      loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
      listener = Optional.empty();
    }
  }

  @Override
  public void close() throws IOException {
    shut();
    holder.close();
  }
}
