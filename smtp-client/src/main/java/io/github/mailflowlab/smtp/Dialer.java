package io.github.mailflowlab.smtp;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;

/** Opens TCP connections. */
final class Dialer {
  private Dialer() {}

  /** Connects on this loop; the connection hears of it once it is up. */
  static ChannelFuture dial(
      EventLoop loop, InetSocketAddress address, Duration limit, SmtpConnection connection) {
    return new Bootstrap()
        .group(loop)
        .channel(NioSocketChannel.class)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, millis(limit))
        // After a failed write the peer's last words are still to be read.
        .option(ChannelOption.AUTO_CLOSE, false)
        .handler(new Pipeline(connection))
        .connect(address);
  }

  private static int millis(Duration limit) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, limit.toMillis()));
  }

  /** The watch first, then the connection; TLS steps in between. */
  private static final class Pipeline extends ChannelInitializer<Channel> {
    private final SmtpConnection connection;

    Pipeline(SmtpConnection connection) {
      this.connection = connection;
    }

    @Override
    protected void initChannel(Channel channel) {
      channel.pipeline().addLast(connection.link(), connection);
    }
  }
}
