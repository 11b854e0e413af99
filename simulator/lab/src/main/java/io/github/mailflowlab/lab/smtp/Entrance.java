package io.github.mailflowlab.lab.smtp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A host's port: a door at its own address and, where its fault needs one, a door on the same port
 * of another address. Rules for threads as for {@link Door}.
 */
final class Entrance implements Closeable {
  private static final int BIND_TRIES = 20;

  private final EventLoop loop;
  private final ChannelHandler sessions;
  private final Door here;
  private Optional<Door> elsewhere;

  private Entrance(EventLoop loop, ChannelHandler sessions, Door here, Optional<Door> elsewhere) {
    this.loop = loop;
    this.sessions = sessions;
    this.here = here;
    this.elsewhere = elsewhere;
  }

  /**
   * This address, or a free port if its port is 0; refusing.
   *
   * @throws BindException when somebody else has it
   */
  static Entrance open(EventLoop loop, ChannelHandler sessions, InetSocketAddress address)
      throws IOException {
    try {
      Door here = Door.open(loop, sessions, address);
      return new Entrance(loop, sessions, here, Optional.empty());
    } catch (IOException e) {
      BindException named = new BindException(address + ": " + e.getMessage());
      named.initCause(e);
      throw named;
    }
  }

  /** A free port, refusing. */
  static Entrance open(EventLoop loop, ChannelHandler sessions, Presence presence)
      throws IOException {
    BindException failed = new BindException("no port free on both addresses");
    for (int i = 0; i < BIND_TRIES; i++) {
      Door here = Door.open(loop, sessions, new InetSocketAddress(NetUtil.LOCALHOST4, 0));
      if (presence.elsewhere().isEmpty()) {
        return new Entrance(loop, sessions, here, Optional.empty());
      }
      InetSocketAddress other = new InetSocketAddress(Presence.ELSEWHERE, here.port());
      try {
        return new Entrance(loop, sessions, here, Optional.of(Door.open(loop, sessions, other)));
      } catch (IOException e) {
        failed.addSuppressed(e);
        here.close();
      }
    }
    throw failed;
  }

  int port() {
    return here.port();
  }

  /** Is so from now on; nobody answers elsewhere if nothing is said about it. */
  void set(Presence presence) throws IOException {
    here.set(presence.here());
    if (presence.elsewhere().isPresent() && elsewhere.isEmpty()) {
      InetSocketAddress other = new InetSocketAddress(Presence.ELSEWHERE, here.port());
      elsewhere = Optional.of(Door.open(loop, sessions, other));
    }
    if (elsewhere.isPresent()) {
      elsewhere.get().set(presence.elsewhere().orElse(Gate.REFUSING));
    }
  }

  @Override
  public void close() throws IOException {
    here.close();
    if (elsewhere.isPresent()) {
      elsewhere.get().close();
    }
  }
}
