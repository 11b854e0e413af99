package io.github.mailflowlab.audit;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The next hop: enters each message in the ledger before it says that it has it, and refuses
 * recipients of one domain. One thread.
 */
final class AuditSink implements AutoCloseable {
  private static final int MAX_LINE = 2048;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("audit-sink", true), NioIoHandler.newFactory());
  private final Channel listener;
  private final Ledger ledger;
  private final Predicate<KillPoint> onPoint;
  private final AtomicInteger life = new AtomicInteger();

  /** Confined to the loop. */
  private int connections;

  /**
   * Listens.
   *
   * @param onPoint is asked before and after a delivery, on this sink's thread, whether the client
   *     was killed there
   */
  AuditSink(Ledger ledger, Predicate<KillPoint> onPoint) {
    this.ledger = ledger;
    this.onPoint = onPoint;
    this.listener =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new LineBasedFrameDecoder(MAX_LINE),
                            new AuditSinkSession(
                                AuditSink.this.ledger,
                                AuditSink.this.onPoint,
                                life.get(),
                                ++connections));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .syncUninterruptibly()
            .channel();
  }

  /** The connections from now on belong to another life of the program. Any thread. */
  void beginLife() {
    life.incrementAndGet();
  }

  int port() {
    return ((InetSocketAddress) listener.localAddress()).getPort();
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
