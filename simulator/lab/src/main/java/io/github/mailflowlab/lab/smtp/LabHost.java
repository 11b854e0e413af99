package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.pki.LabPki;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A smart host on a loopback port of its own, whose behaviour can change while it runs. All its
 * sessions live on one event loop, which owns what they write; sessions keep the behaviour they
 * began with. Any thread but that loop's may call it; calls that change something follow one
 * another ({@code synchronized}, because they wait for the loop and so cannot be its tasks).
 */
public final class LabHost implements Closeable {
  static final int MAX_SESSIONS = 500;

  /** Longer than the longest wait RFC 5321 asks of a client. */
  private static final long IDLE_MINUTES = 15;

  private final String name;
  private final LabPki pki;
  private final InstantSource clock;
  private final ChannelGroup sessions;
  private final Entrance entrance;
  private volatile HostLedger ledger;
  private volatile Role role;
  private boolean closed;

  /** A behaviour and the certificate that goes with it. */
  private record Role(HostBehaviour behaviour, HostTls tls) {}

  private LabHost(
      String name, LabPki pki, InstantSource clock, EventLoop loop, HostBehaviour behaviour)
      throws IOException {
    this.name = name;
    this.pki = pki;
    this.clock = clock;
    this.ledger = new HostLedger(clock);
    this.sessions = new DefaultChannelGroup(loop);
    this.role = role(behaviour);
    this.entrance = Entrance.open(loop, new SessionInitializer(), behaviour.presence());
  }

  /**
   * Opens a host on a free port.
   *
   * @param clock the lab's, for faults that count messages by the minute
   * @throws UncheckedIOException when the port cannot be had or does not behave as it should
   */
  public static LabHost start(
      String name, LabPki pki, InstantSource clock, EventLoop loop, HostBehaviour behaviour) {
    try {
      LabHost host = new LabHost(name, pki, clock, loop, behaviour);
      host.behave(behaviour);
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return entrance.port();
  }

  /** Behaves so for every connection from now on. Returns when that is the case. */
  public synchronized void behave(HostBehaviour behaviour) {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
    role = role(behaviour);
    try {
      entrance.set(behaviour.presence());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it stored, in order; the oldest are forgotten beyond 10,000 messages or 64 MiB. */
  public List<ReceivedMessage> received() {
    return ledger.received();
  }

  /** Its last 1,000 sessions, in order. */
  public List<SessionRecord> sessions() {
    return ledger.sessions();
  }

  /** How many sessions it had, those that are open included. */
  public int sessionCount() {
    return ledger.sessionCount();
  }

  /** Drops the sessions and forgets the past; the next session is number 1. */
  public synchronized void startOver() {
    sessions.close().awaitUninterruptibly();
    ledger = new HostLedger(clock);
  }

  /** Frees the port and drops the sessions. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      entrance.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      sessions.close().awaitUninterruptibly();
    }
  }

  private Role role(HostBehaviour behaviour) {
    return new Role(behaviour, new HostTls(pki, name, behaviour));
  }

  private final class SessionInitializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      Presence presence = role.behaviour().presence();
      if (sessions.size() >= presence.maxSessions()) {
        channel.pipeline().addLast(new CrowdedHandler());
      } else {
        sessions.add(channel);
        presence.line().lay(channel);
        channel
            .pipeline()
            .addLast(new IdleStateHandler(0, 0, IDLE_MINUTES, TimeUnit.MINUTES))
            .addLast(newSession(channel));
      }
    }

    private SessionHandler newSession(Channel channel) {
      Role current = role;
      HostLedger records = ledger;
      SessionLog log = records.open();
      MailTransaction transaction =
          new MailTransaction(
              log.number(),
              message -> {
                records.store(message);
                log.stored();
              });
      Conversation conversation =
          new Conversation(name, current.behaviour().extensions(), transaction);
      SessionOutput output = new SessionOutput(channel, log);
      return new SessionHandler(
          current.behaviour(), current.tls(), conversation, transaction, records, log, output);
    }
  }
}
