package io.github.mailflowlab.intake;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The lab's SMTP server (RFC 5321): takes mail from any reverse-path, and answers the final dot
 * when the submission has completed. One thread for all sessions.
 */
public final class SmtpIntake implements AutoCloseable {
  /** How long {@link #close} waits for transactions in flight, on the wall clock. */
  static final Duration SHUTDOWN_LIMIT = Duration.ofSeconds(10);

  private static final String SESSION = "session";

  /** One: each more would only make the others' caches cold, and the spool is slower than it. */
  private final EventLoopGroup thread =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("smtp-intake", true), NioIoHandler.newFactory());

  private final AtomicInteger open = new AtomicInteger();

  private final ChannelGroup sessions = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE, true);

  private final IntakeSettings settings;
  private final Submission submission;
  private final RecipientPolicy recipients;
  private final InstantSource clock;
  private final Predicate<InetAddress> peers;
  private final Supplier<Level> pressure;
  private final Channel listener;

  private SmtpIntake(
      IntakeSettings settings,
      Submission submission,
      RecipientPolicy recipients,
      InstantSource clock,
      Predicate<InetAddress> peers,
      Supplier<Level> pressure)
      throws IOException {
    this.settings = settings;
    this.submission = submission;
    this.recipients = recipients;
    this.clock = clock;
    this.peers = peers;
    this.pressure = pressure;
    this.listener = bind();
  }

  /**
   * Listens, and takes mail from this machine only.
   *
   * @throws BindException in one line, when the address cannot be had
   */
  public static SmtpIntake start(
      IntakeSettings settings,
      Submission submission,
      RecipientPolicy recipients,
      InstantSource clock)
      throws IOException {
    return start(
        settings, submission, recipients, clock, InetAddress::isLoopbackAddress, () -> Level.OPEN);
  }

  /**
   * Listens, and takes mail from those peers that are allowed.
   *
   * @param clock lab time, for {@code Received}
   * @param peers asked at each connection; must neither block nor throw
   * @param pressure asked at each MAIL; must neither block nor throw
   * @throws BindException in one line, when the address cannot be had
   */
  public static SmtpIntake start(
      IntakeSettings settings,
      Submission submission,
      RecipientPolicy recipients,
      InstantSource clock,
      Predicate<InetAddress> peers,
      Supplier<Level> pressure)
      throws IOException {
    return new SmtpIntake(settings, submission, recipients, clock, peers, pressure);
  }

  /** Where it listens, with the actual port. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  /**
   * Stops accepting, says 421 to sessions without a transaction, gives the others a bounded time to
   * end theirs, and closes what is left. Blocks; no effect the second time.
   */
  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    for (Channel session : sessions) {
      ChannelHandlerContext context = session.pipeline().context(SESSION);
      if (context != null) {
        ((IntakeHandler) context.handler()).shutDown(context);
      }
    }
    sessions.newCloseFuture().awaitUninterruptibly(SHUTDOWN_LIMIT.toMillis());
    sessions.close().awaitUninterruptibly(SHUTDOWN_LIMIT.toMillis());
    stopThread();
  }

  private void stopThread() {
    thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private Channel bind() throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(thread)
            .channel(NioServerSocketChannel.class)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(new Welcome())
            .bind(settings.listen())
            .awaitUninterruptibly();
    if (bound.isSuccess()) {
      return bound.channel();
    }
    stopThread();
    InetSocketAddress address = settings.listen();
    BindException refused =
        new BindException(
            "Cannot listen for SMTP on "
                + address.getAddress().getHostAddress()
                + ":"
                + address.getPort()
                + ": "
                + bound.cause().getMessage());
    refused.initCause(bound.cause());
    throw refused;
  }

  /** Gives each connection its session, or its refusal. */
  private final class Welcome extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel channel) {
      InetAddress peer = channel.remoteAddress().getAddress();
      int before = open.getAndIncrement();
      channel.closeFuture().addListener(closed -> open.decrementAndGet());
      Optional<SmtpReply> refusal = refuse(peer, before);
      if (refusal.isPresent()) {
        channel.pipeline().addLast(new Refusal(refusal.get()));
        return;
      }
      sessions.add(channel);
      IntakeSession session = new IntakeSession(settings, recipients, clock, peer, pressure);
      channel.pipeline().addLast(SESSION, new IntakeHandler(session, submission, settings.idle()));
    }

    private Optional<SmtpReply> refuse(InetAddress peer, int before) {
      if (!peers.test(peer)) {
        return Optional.of(IntakeReplies.PEER_REFUSED);
      }
      return before < settings.maxConnections()
          ? Optional.empty()
          : Optional.of(IntakeReplies.TOO_MANY_CONNECTIONS);
    }
  }

  /** Says why not, and closes. */
  private static final class Refusal extends ChannelInboundHandlerAdapter {
    private final SmtpReply reply;

    Refusal(SmtpReply reply) {
      this.reply = reply;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      ctx.writeAndFlush(IntakeHandler.encode(ctx, reply)).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
