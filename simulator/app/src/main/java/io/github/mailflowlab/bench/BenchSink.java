package io.github.mailflowlab.bench;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * An SMTP server that throws mail away, with PIPELINING and CHUNKING, which Postfix's smtp-sink
 * lacks. One thread, so that it takes no more of a small machine than smtp-sink does. Any thread
 * may call it.
 */
public final class BenchSink implements AutoCloseable {
  private static final int BACKLOG = 1024;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("bench-sink", true), NioIoHandler.newFactory());
  private final LongAdder messages = new LongAdder();
  private final Channel listener;

  private BenchSink(InetSocketAddress address) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(new SinkSession(messages));
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      close(loop);
      throw new BindException("Cannot listen on " + address + ": " + bound.cause().getMessage());
    }
    listener = bound.channel();
  }

  /**
   * Listens; port 0 is any free one.
   *
   * @throws BindException in one line, when the address cannot be had
   */
  public static BenchSink start(InetSocketAddress address) throws IOException {
    return new BenchSink(address);
  }

  /** Where it listens, with the actual port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /** The messages it has thrown away. */
  public long messages() {
    return messages.sum();
  }

  /** Processor time of its thread so far. */
  long cpuNanos() {
    return LoopTime.of(loop);
  }

  /** Drops every connection. */
  @Override
  public void close() {
    close(loop);
  }

  private static void close(EventLoopGroup loop) {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
