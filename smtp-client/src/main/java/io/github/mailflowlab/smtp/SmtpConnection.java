package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.smtp.dialogue.Action;
import io.github.mailflowlab.smtp.dialogue.Order;
import io.github.mailflowlab.smtp.dialogue.Outcome;
import io.github.mailflowlab.smtp.dialogue.SmtpDialogue;
import io.github.mailflowlab.smtp.dns.Target;
import io.github.mailflowlab.smtp.tls.TlsFacts;
import io.github.mailflowlab.smtp.wire.ConnectFailures;
import io.github.mailflowlab.smtp.wire.ContentPump;
import io.github.mailflowlab.smtp.wire.LoopTimer;
import io.github.mailflowlab.smtp.wire.Transcript;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection: translates between Netty and the dialogue, bytes to replies to actions to bytes,
 * and keeps the one timer. It decides nothing. It serves one {@link Use} at a time; between two of
 * them it is kept by the {@link ConnectionPool}. Confined to the channel's event loop.
 */
final class SmtpConnection extends ChannelInboundHandlerAdapter
    implements ReplyReader.Listener, ContentPump.Listener, PeerTls.Listener {
  /** Hears the end, on the event loop. */
  interface Listener {
    /**
     * The outcome is known; exactly once. The connection may still be saying QUIT.
     *
     * @param tls version and cipher suite; absent in clear
     */
    void onConcluded(Outcome outcome, Optional<String> tls);

    /** A rule of ours is broken. */
    void onBroken(Throwable bug);
  }

  /**
   * What a connection is used for: one message, or one check.
   *
   * @param content of the message; absent for a check
   */
  record Use(Optional<MessageContent> content, Transcript transcript, Listener listener) {}

  private static final Logger log = LoggerFactory.getLogger(SmtpConnection.class);

  private final Workbench bench;
  private final Route route;
  private final Target target;
  private final EventLoop loop;
  private final Timeouts timeouts;
  private final SmtpDialogue dialogue;
  private final PeerTls tls;
  private final LoopTimer timer = new LoopTimer();
  private final LinkWatch link = new LinkWatch(this::onLinkDown);
  private final Flight flight = new Flight(link);
  private final ReplyReader replies = new ReplyReader(this);
  private @Nullable ChannelHandlerContext context;
  private @Nullable ContentPump pump;
  private @Nullable Use use;
  private byte[] block = new byte[0];
  private int messages;
  private boolean concluded;
  private boolean closed;

  SmtpConnection(
      Workbench bench, Route route, Target target, Order order, EventLoop loop, Use use) {
    this.bench = bench;
    this.route = route;
    this.target = target;
    this.loop = loop;
    this.timeouts = order.timeouts();
    this.dialogue = new SmtpDialogue(order);
    this.tls = new PeerTls(bench, target.serverName(), this);
    this.use = use;
  }

  /** The handler that must stand before this one. */
  LinkWatch link() {
    return link;
  }

  /** What mail it may carry. */
  Route route() {
    return route;
  }

  Target target() {
    return target;
  }

  EventLoop loop() {
    return loop;
  }

  /** Whether there is a connection that can be ended. */
  boolean isOpen() {
    return context != null && !closed;
  }

  /**
   * Carries one more message.
   *
   * @return false when the session has ended meanwhile; then the use is not begun
   */
  boolean use(Use next, Order.Mail mail) {
    assert loop.inEventLoop();
    if (!dialogue.isReady()) {
      return false;
    }
    use = next;
    concluded = false;
    next.transcript()
        .info(
            "Connected to "
                + peer()
                + " before, message "
                + (messages + 1)
                + " on this connection");
    handle(() -> dialogue.begin(mail));
    return true;
  }

  /** Ends the connection now, through no fault of the peer. */
  void abort(String why) {
    handle(() -> dialogue.onOwnTrouble(why));
  }

  /** Ends a session that is kept, politely. */
  void quit() {
    handle(dialogue::quit);
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    note(transcript -> transcript.info("Connected to " + peer()));
    handle(dialogue::onConnected);
  }

  @Override
  public void channelRead(ChannelHandlerContext active, Object message) {
    try {
      replies.read((ByteBuf) message, dialogue.owed());
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  @Override
  public void onReply(SmtpReply reply, boolean early, boolean followed) {
    if (!concluded) {
      note(transcript -> transcript.received(reply, tls.isUp()));
    }
    handle(() -> early ? dialogue.onEarlyReply(reply) : dialogue.onReply(reply, followed));
  }

  @Override
  public void onNonsense(String what) {
    handle(() -> dialogue.onNonsense(what));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext active, Object event) throws Exception {
    if (event instanceof SslCloseCompletionEvent && tls.isUp()) {
      handle(() -> dialogue.onClosed(false));
    }
    super.userEventTriggered(active, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext active, Throwable cause) {
    // TLS is the only decoder in the pipeline, so whatever a decoder throws is the peer's doing.
    if (cause instanceof SSLException || cause instanceof DecoderException) {
      onTlsFailed(cause);
      return;
    }
    handle(
        () -> {
          throw new IllegalStateException("in the pipeline", cause);
        });
  }

  private void onLinkDown(boolean reset) {
    handle(() -> dialogue.onClosed(reset));
  }

  /** Every event comes through here, so a bug ends this use and no other. */
  private void handle(Supplier<List<Action>> event) {
    try {
      event.get().forEach(this::perform);
      if (context != null) {
        flight.takeOff(context);
      }
    } catch (RuntimeException | AssertionError bug) {
      if (use == null) {
        log.error("a connection kept to {} ended by a bug of ours", peer(), bug);
      } else {
        use.listener().onBroken(bug);
      }
      close();
    }
  }

  private void perform(Action action) {
    if (action instanceof Action.Send send) {
      send(send.command());
    } else if (action instanceof Action.Await await) {
      await(await.limit());
    } else if (action instanceof Action.StartTls) {
      startTls();
    } else if (action instanceof Action.JudgeCertificate) {
      tls.judge(context(), route.connector());
    } else if (action instanceof Action.SendContent content) {
      sendContent(content.dotted());
    } else if (action instanceof Action.Conclude conclude) {
      conclude(conclude.outcome());
    } else if (action instanceof Action.Close) {
      close();
    } else {
      throw new AssertionError(action);
    }
  }

  private void send(String command) {
    note(transcript -> transcript.sent(command, tls.isUp()));
    flight.add(command, context());
  }

  private void await(Duration limit) {
    timer.start(loop, limit, () -> handle(dialogue::onTimeout));
  }

  private void startTls() {
    if (replies.hasMore()) {
      note(transcript -> transcript.problem("Octets came together with the reply to STARTTLS"));
      handle(() -> dialogue.onTlsFailed(TlsProblem.INJECTED));
      return;
    }
    replies.startAfresh();
    tls.start(context(), link);
  }

  private void tellExpiry(Instant expires) {
    bench.certificates().seen(route.connector().name(), target.serverName(), expires);
  }

  @Override
  public void onTlsUp(SSLSession session) {
    handle(
        () -> {
          TlsFacts facts = tls.learn(session);
          facts.expires().ifPresent(this::tellExpiry);
          note(
              transcript -> {
                transcript.info("TLS started with " + facts.summary());
                facts.describeChain().forEach(transcript::info);
              });
          return dialogue.onTlsUp();
        });
  }

  /** In the handshake or later; a write that TLS could not make is the link's end, not TLS's. */
  @Override
  public void onTlsFailed(Throwable cause) {
    if (!closed) {
      note(transcript -> transcript.problem("TLS failed: " + cause.getMessage()));
    }
    if (cause instanceof IOException && !(cause instanceof SSLException)) {
      onLinkDown(ConnectFailures.isReset(cause));
    } else {
      handle(() -> dialogue.onTlsFailed(TlsProblem.HANDSHAKE));
    }
  }

  @Override
  public void onCertificateJudged(Optional<Failure> verdict) {
    handle(() -> dialogue.onCertificateJudged(verdict));
  }

  @Override
  public void onCertificateNotJudged(String why) {
    abort(why);
  }

  private void sendContent(boolean dotted) {
    flight.board(context()); // To be flushed together with the first block if that is in memory.
    timer.cancel();
    MessageContent content = current().content().orElseThrow();
    int needed = ContentPump.blockFor(content.size());
    if (block.length < needed) {
      block = new byte[needed];
    }
    pump =
        new ContentPump(
            context().channel(),
            content,
            dotted,
            bench.blocking(),
            timeouts.block(),
            timer,
            block,
            this);
    pump.start();
    context().flush();
  }

  @Override
  public void onContentSent() {
    noteContent();
    handle(dialogue::onContentSent);
  }

  @Override
  public void onContentUnfit(String why) {
    handle(() -> dialogue.onContentUnfit(why));
  }

  @Override
  public void onContentUnreadable(String why) {
    handle(() -> dialogue.onContentUnreadable(why));
  }

  @Override
  public void onBlockStalled() {
    handle(dialogue::onTimeout);
  }

  private void noteContent() {
    ContentPump sent = pump;
    if (sent != null) {
      note(
          transcript ->
              transcript.sent("[" + sent.octetsTaken() + " bytes of content]", tls.isUp()));
      sent.stop();
      pump = null;
    }
  }

  private void conclude(Outcome outcome) {
    Use over = current();
    concluded = true;
    messages++;
    noteContent();
    outcome
        .failure()
        .filter(failure -> !(failure instanceof Failure.Replied))
        .ifPresent(failure -> over.transcript().problem(failure.detail()));
    if (dialogue.isReady()) {
      keepOrQuit(over);
    }
    over.listener().onConcluded(outcome, tls.summary());
  }

  private void keepOrQuit(Use over) {
    ConnectionLimits limits = bench.settings().connections();
    if (over.content().isEmpty() || messages >= limits.messages() || !bench.pool().keep(this)) {
      dialogue.quit().forEach(this::perform);
      return;
    }
    use = null;
    timer.start(loop, limits.idle(), this::onIdle);
  }

  /** Unless somebody has just taken it. */
  private void onIdle() {
    if (bench.pool().forget(this)) {
      quit();
    }
  }

  private void close() {
    closed = true;
    replies.stop();
    timer.stop();
    if (use == null) {
      bench.pool().forget(this);
    }
    if (pump != null) {
      pump.stop();
    }
    flight.cancel();
    if (context != null) {
      var unused = context.close();
    }
  }

  private void note(Consumer<Transcript> line) {
    if (use != null) {
      line.accept(use.transcript());
    }
  }

  private String peer() {
    return target.serverName() + " (" + target.addressAndPort() + ")";
  }

  private Use current() {
    if (use == null) {
      throw new IllegalStateException("nobody uses this connection");
    }
    return use;
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext known = context;
    if (known == null) {
      throw new IllegalStateException("not connected");
    }
    return known;
  }
}
