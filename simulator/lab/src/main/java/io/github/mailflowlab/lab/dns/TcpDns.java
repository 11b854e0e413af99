package io.github.mailflowlab.lab.dns;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import io.netty.handler.codec.LengthFieldPrepender;
import io.netty.handler.timeout.ReadTimeoutHandler;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The server's TCP port, which stays its own while it is open or closed: a second socket is bound
 * to it all the time and never listens (Linux, {@code SO_REUSEADDR} on both).
 *
 * <p>Not thread-safe: {@link LabDns} serializes the callers. They wait for the event loop, so they
 * must not be on it.
 */
final class TcpDns implements Closeable {
  private static final int MAX_MESSAGE = 65_535;
  private static final int LENGTH_BYTES = 2;
  private static final long IDLE_SECONDS = 30;

  private final EventLoop loop;
  private final Answering answering;
  private final InetSocketAddress address;
  private final java.nio.channels.SocketChannel holder;
  private final ChannelGroup connections;
  private Optional<Channel> listener = Optional.empty();

  private TcpDns(
      EventLoop loop,
      Answering answering,
      InetSocketAddress address,
      java.nio.channels.SocketChannel holder) {
    this.loop = loop;
    this.answering = answering;
    this.address = address;
    this.holder = holder;
    this.connections = new DefaultChannelGroup(loop);
  }

  /** Takes the port and listens on it. */
  static TcpDns open(EventLoop loop, Answering answering, InetSocketAddress address)
      throws IOException {
    java.nio.channels.SocketChannel holder = java.nio.channels.SocketChannel.open();
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.bind(address);
      TcpDns opened = new TcpDns(loop, answering, address, holder);
      opened.listen();
      return opened;
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  /** Listens from now on. */
  void listen() throws IOException {
    if (listener.isPresent()) {
      return;
    }
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Connections())
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BindException(address + ": " + bound.cause().getMessage());
    }
    listener = Optional.of(bound.channel());
  }

  /** Refuses from now on, and ends the connections there are: a client might ask over them. */
  void shut() {
    assert !loop.inEventLoop();
    if (listener.isPresent()) {
      listener.get().close().awaitUninterruptibly();
      awaitSelect();
      listener = Optional.empty();
      connections.close().awaitUninterruptibly();
    }
  }

  /**
   * A registered socket goes on listening after its close, until the selector has run once more. A
   * scheduled task comes after that; a plain one may come before.
   */
  private void awaitSelect() {
    loop.schedule(() -> {}, 1, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }

  @Override
  public void close() throws IOException {
    shut();
    holder.close();
  }

  private final class Connections extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      connections.add(channel);
      channel
          .pipeline()
          .addLast(new ReadTimeoutHandler(IDLE_SECONDS, TimeUnit.SECONDS))
          .addLast(
              new LengthFieldBasedFrameDecoder(
                  MAX_MESSAGE + LENGTH_BYTES, 0, LENGTH_BYTES, 0, LENGTH_BYTES))
          .addLast(new LengthFieldPrepender(LENGTH_BYTES))
          .addLast(new TcpDnsHandler(answering));
    }
  }
}
