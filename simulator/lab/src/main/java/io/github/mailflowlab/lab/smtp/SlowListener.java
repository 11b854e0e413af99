package io.github.mailflowlab.lab.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/**
 * A listener that is a {@link BlackHole} at first and accepts after a while. A client that has not
 * given up gets in when its kernel sends the next SYN, after 1, 3, 7, ... seconds. Who asks later
 * gets in at once: a dropped SYN is seen by nobody, so the wait cannot begin with it.
 */
final class SlowListener {
  static final int MILLIS = 2_500;

  private SlowListener() {}

  /** Opens it, not on the loop; the wait begins with the return. */
  static Channel open(EventLoop loop, ChannelHandler sessions, InetSocketAddress address)
      throws IOException {
    Turnstile turnstile = new Turnstile();
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BlackHole.BACKLOG)
            .option(ChannelOption.AUTO_READ, false)
            .handler(turnstile)
            .childHandler(sessions)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BindException(address + ": " + bound.cause().getMessage());
    }
    Channel listener = bound.channel();
    try {
      turnstile.fillers = BlackHole.fill(address);
    } catch (IOException e) {
      listener.close().awaitUninterruptibly();
      throw e;
    }
    var unused =
        loop.schedule(() -> listener.config().setAutoRead(true), MILLIS, TimeUnit.MILLISECONDS);
    return listener;
  }

  /** Lets nobody in who only filled the queue. They come first, since it is a queue. */
  private static final class Turnstile extends ChannelInboundHandlerAdapter {
    /** Written before anybody is accepted, then the event loop's own. */
    private volatile int fillers;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object accepted) {
      int left = fillers;
      if (left > 0) {
        fillers = left - 1;
        ((Channel) accepted).unsafe().closeForcibly();
      } else {
        ctx.fireChannelRead(accepted);
      }
    }
  }
}
