package io.github.mailflowlab.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.LineBasedFrameDecoder;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Brings the same mail many times over some sessions. One thread, so that it takes no more of a
 * small machine than smtp-source does; it owns all fields. A source is used once.
 */
final class RelaySource {
  private static final int MAX_LINE = 2048;
  private static final int PRECISION_DIGITS = 3;

  private final EventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("bench-source", true), NioIoHandler.newFactory());
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final Histogram latencies = new Histogram(PRECISION_DIGITS);
  private final Bootstrap connections;
  private final RelayPlan plan;
  private final ByteBuf content;
  private final long intervalNanos;
  private int messages;
  private int claimed;
  private int open;
  private long begin;
  private @Nullable String refusal;
  private long cpuNanos;

  RelaySource(InetSocketAddress target, RelayPlan plan) {
    this.plan = plan;
    this.content = content(plan.size());
    this.intervalNanos = plan.rate() == 0 ? 0 : TimeUnit.SECONDS.toNanos(1) / plan.rate();
    this.connections =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new LineBasedFrameDecoder(MAX_LINE),
                            new SourceSession(RelaySource.this));
                  }
                })
            .remoteAddress(target);
  }

  private static ByteBuf content(int size) {
    try (InputStream in = BenchMail.ofSize(size).open()) {
      byte[] mail = in.readAllBytes();
      byte[] dot = (endsLine(mail) ? ".\r\n" : "\r\n.\r\n").getBytes(StandardCharsets.US_ASCII);
      return Unpooled.unreleasableBuffer(
              Unpooled.directBuffer(mail.length + dot.length).writeBytes(mail).writeBytes(dot))
          .asReadOnly();
    } catch (IOException e) {
      throw new AssertionError("it is in memory", e);
    }
  }

  private static boolean endsLine(byte[] mail) {
    return mail[mail.length - 1] == '\n';
  }

  /** Brings so many messages, and returns why one was refused, if one was. Blocks. */
  Optional<String> send(int count) {
    if (count > 0) {
      loop.next()
          .execute(
              () -> {
                messages = count;
                begin = System.nanoTime();
                for (int i = 0; i < plan.sessions() && claim(); i++) {
                  connect();
                }
              });
      end.join();
      cpuNanos = LoopTime.of(loop);
    }
    loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    return Optional.ofNullable(refusal);
  }

  /** How long so many of a hundred final dots waited for their reply at most; after the end. */
  long nanosAtPercentile(double percentile) {
    return latencies.getValueAtPercentile(percentile);
  }

  /** Processor time of its thread; after the end. */
  long cpuNanos() {
    return cpuNanos;
  }

  private void connect() {
    open++;
    var unused =
        connections
            .connect()
            .addListener(
                (ChannelFutureListener)
                    done -> {
                      if (!done.isSuccess()) {
                        refused("no connection: " + done.cause());
                        ended();
                      }
                    });
  }

  // For the sessions.

  ByteBuf content() {
    return content.duplicate();
  }

  boolean keepsSessions() {
    return plan.kept();
  }

  /** Takes one message to bring; false when none is left. */
  boolean claim() {
    if (claimed == messages || refusal != null) {
      return false;
    }
    claimed++;
    return true;
  }

  /** How long the message claimed last has to wait, to keep the rate. */
  long delayOfNext() {
    return intervalNanos == 0 ? 0 : begin + claimed * intervalNanos - System.nanoTime();
  }

  void taken(long nanos) {
    latencies.recordValue(nanos);
  }

  void refused(String why) {
    if (refusal == null) {
      refusal = why;
    }
  }

  /** A session is over; another one brings what is left. */
  void ended() {
    open--;
    if (!plan.kept() && claim()) {
      connect();
    } else if (open == 0) {
      end.complete(null);
    }
  }
}
