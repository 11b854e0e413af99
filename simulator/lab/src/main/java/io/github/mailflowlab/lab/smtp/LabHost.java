package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.pki.CertificatePlan;
import io.github.mailflowlab.lab.pki.LabPki;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A smart host on a loopback port of its own, whose behaviour can change while it runs. All its
 * sessions live on one event loop, which owns what they write; sessions keep the behaviour they
 * began with. Any thread but that loop's may call it; calls that change something follow one
 * another ({@code synchronized}, because they wait for the loop and so cannot be its tasks).
 */
public final class LabHost implements Closeable {
  static final int MAX_SESSIONS = 500;
  private static final int MAX_TLS_ROLES = 64;

  /** Longer than the longest wait RFC 5321 asks of a client. */
  private static final long IDLE_MINUTES = 15;

  private final String name;
  private final LabPki pki;
  private final InstantSource clock;
  private final ChannelGroup sessions;
  private final Entrance entrance;
  private final Bell bell = new Bell();
  private volatile HostLedger ledger;
  private volatile Casting casting;
  private volatile Map<TlsRole, HostTls> tls = newTlsRoles();
  private boolean closed;

  /** What a handshake depends on. */
  private record TlsRole(TlsManner manner, CertificatePlan plan, Instant since) {}

  private LabHost(
      String name,
      LabPki pki,
      InstantSource clock,
      EventLoop loop,
      Casting casting,
      Opening opening)
      throws IOException {
    this.name = name;
    this.pki = pki;
    this.clock = clock;
    this.ledger = new HostLedger(clock);
    this.sessions = new DefaultChannelGroup(loop);
    this.casting = casting;
    this.entrance = opening.open(loop, new SessionInitializer());
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
      LabHost host =
          new LabHost(
              name,
              pki,
              clock,
              loop,
              always(behaviour, clock),
              (own, sessions) -> Entrance.open(own, sessions, behaviour.presence()));
      host.behave(behaviour);
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Opens a host that decides for each connection, at an address of one's choice.
   *
   * @param address port 0 for any free port
   * @throws UncheckedIOException when the address cannot be had
   */
  public static LabHost start(
      String name,
      InetSocketAddress address,
      LabPki pki,
      InstantSource clock,
      EventLoop loop,
      Casting casting) {
    try {
      LabHost host =
          new LabHost(
              name,
              pki,
              clock,
              loop,
              casting,
              (own, sessions) -> Entrance.open(own, sessions, address));
      host.reach(Presence.LISTENING);
      return host;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Opens the port. */
  @FunctionalInterface
  private interface Opening {
    Entrance open(EventLoop loop, ChannelHandler sessions) throws IOException;
  }

  private static Casting always(HostBehaviour behaviour, InstantSource clock) {
    Casting.Part part = new Casting.Part(behaviour, clock.instant(), List.of());
    return client -> part;
  }

  public int port() {
    return entrance.port();
  }

  /** Behaves so for every connection from now on. Returns when that is the case. */
  public synchronized void behave(HostBehaviour behaviour) {
    casting = always(behaviour, clock);
    tls = newTlsRoles();
    reach(behaviour.presence());
  }

  /** Is there so from now on, whatever its part. Returns when that is the case. */
  public synchronized void reach(Presence presence) {
    if (closed) {
      throw new IllegalStateException(name + " is closed");
    }
    try {
      entrance.set(presence);
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

  /**
   * Waits on the wall clock, looking whenever a message was stored or a session has ended; whether
   * it came true. The host's own thread must not.
   */
  public boolean await(BooleanSupplier condition, Duration limit) throws InterruptedException {
    return bell.await(condition, limit);
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

  /** The event loop's; bounded, because a certificate can be issued again. */
  private static Map<TlsRole, HostTls> newTlsRoles() {
    return new LinkedHashMap<>() {
      @Override
      protected boolean removeEldestEntry(Map.Entry<TlsRole, HostTls> eldest) {
        return size() > MAX_TLS_ROLES;
      }
    };
  }

  private HostTls tls(Casting.Part part) {
    TlsRole role =
        new TlsRole(part.behaviour().tls(), part.behaviour().certificate(), part.since());
    return tls.computeIfAbsent(
        role, key -> new HostTls(pki, name, key.manner(), key.plan(), key.since()));
  }

  private final class SessionInitializer extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      InetAddress client = channel.remoteAddress().getAddress();
      Casting.Part part = casting.part(client);
      Presence presence = part.behaviour().presence();
      if (sessions.size() >= presence.maxSessions()) {
        channel.pipeline().addLast(new CrowdedHandler());
      } else {
        sessions.add(channel);
        presence.line().lay(channel);
        channel
            .pipeline()
            .addLast(new IdleStateHandler(0, 0, IDLE_MINUTES, TimeUnit.MINUTES))
            .addLast(newSession(channel, client, part));
      }
    }

    private SessionHandler newSession(Channel channel, InetAddress client, Casting.Part part) {
      HostLedger records = ledger;
      SessionLog log = records.open();
      MailTransaction transaction =
          new MailTransaction(
              log.number(),
              message -> {
                records.store(message);
                log.stored();
                bell.ring();
              });
      Conversation conversation =
          new Conversation(name, part.behaviour().extensions(), transaction);
      channel.closeFuture().addListener(ended -> bell.ring());
      SessionOutput output = new SessionOutput(channel, log);
      part.faults().forEach(log::fault);
      return new SessionHandler(
          client, part.behaviour(), tls(part), conversation, transaction, records, log, output);
    }
  }
}
