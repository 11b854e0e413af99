package io.github.mailflowlab.lab.smtp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A host's port at one address, which stays its own whatever it does. A second socket is bound to
 * it all the time and never listens: alone, it makes connections fail as refused and keeps the port
 * from everybody else; beside a listener the kernel ignores it (Linux, {@code SO_REUSEADDR} on
 * both).
 *
 * <p>Not thread-safe: {@link LabHost} serializes the callers. They wait for the event loop, so they
 * must not be on it.
 */
final class Door implements Closeable {
  private static final int BACKLOG = 512;

  private final EventLoop loop;
  private final ChannelHandler sessions;
  private final SocketChannel holder;
  private final InetSocketAddress address;
  private Gate gate = Gate.REFUSING;
  private Optional<Channel> listener = Optional.empty();
  private Optional<BlackHole> blackHole = Optional.empty();

  private Door(EventLoop loop, ChannelHandler sessions, SocketChannel holder) throws IOException {
    this.loop = loop;
    this.sessions = sessions;
    this.holder = holder;
    this.address = (InetSocketAddress) holder.getLocalAddress();
  }

  /** This address, or a free port if its port is 0; refusing. */
  static Door open(EventLoop loop, ChannelHandler sessions, InetSocketAddress address)
      throws IOException {
    SocketChannel holder = SocketChannel.open();
    try {
      holder.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      holder.bind(address);
      return new Door(loop, sessions, holder);
    } catch (IOException e) {
      holder.close();
      throw e;
    }
  }

  int port() {
    return address.getPort();
  }

  /** Is so from now on. Connections that exist are not touched. */
  void set(Gate next) throws IOException {
    assert !loop.inEventLoop();
    if (next == Gate.LISTENING && gate == next) {
      return;
    }
    shut();
    switch (next) {
      case LISTENING -> listener = Optional.of(listen());
      case REFUSING -> {}
      case SWALLOWING -> blackHole = Optional.of(BlackHole.open(address));
      case HESITATING -> listener = Optional.of(SlowListener.open(loop, sessions, address));
    }
    gate = next;
  }

  private Channel listen() throws IOException {
    var bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childHandler(sessions)
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new BindException(address + ": " + bound.cause().getMessage());
    }
    return bound.channel();
  }

  private void shut() throws IOException {
    gate = Gate.REFUSING;
    if (listener.isPresent()) {
      listener.get().close().awaitUninterruptibly();
      awaitSelect();
      listener = Optional.empty();
    }
    if (blackHole.isPresent()) {
      blackHole.get().close();
      blackHole = Optional.empty();
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
}
