package io.github.mailflowlab.smtp;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.smtp.dialogue.Action;
import io.github.mailflowlab.smtp.dialogue.Order;
import io.github.mailflowlab.smtp.dialogue.Outcome;
import io.github.mailflowlab.smtp.dialogue.SmtpDialogue;
import io.github.mailflowlab.smtp.dns.Target;
import io.github.mailflowlab.smtp.tls.TlsFacts;
import io.github.mailflowlab.smtp.wire.CommandLine;
import io.github.mailflowlab.smtp.wire.ConnectFailures;
import io.github.mailflowlab.smtp.wire.ContentPump;
import io.github.mailflowlab.smtp.wire.LoopTimer;
import io.github.mailflowlab.smtp.wire.ReplyDecoder;
import io.github.mailflowlab.smtp.wire.Transcript;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * One connection: translates between Netty and the dialogue, bytes to replies to actions to bytes,
 * and keeps the one timer. It decides nothing. Confined to the channel's event loop.
 */
final class SmtpConnection extends ChannelInboundHandlerAdapter
    implements ContentPump.Listener, PeerTls.Listener {
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

  private final Workbench bench;
  private final Job job;
  private final Target target;
  private final Duration blockLimit;
  private final Transcript transcript;
  private final Listener listener;
  private final SmtpDialogue dialogue;
  private final PeerTls tls;
  private final LoopTimer timer = new LoopTimer();
  private final LinkWatch link = new LinkWatch(this::onLinkDown);
  private ReplyDecoder decoder = new ReplyDecoder();
  private @Nullable ChannelHandlerContext context;
  private @Nullable ContentPump pump;
  private boolean early;
  private boolean concluded;
  private boolean closed;

  SmtpConnection(
      Workbench bench,
      Job job,
      Order order,
      Target target,
      Transcript transcript,
      Listener listener) {
    this.bench = bench;
    this.job = job;
    this.target = target;
    this.blockLimit = order.timeouts().block();
    this.transcript = transcript;
    this.listener = listener;
    this.dialogue = new SmtpDialogue(order);
    this.tls = new PeerTls(bench, target.serverName(), this);
  }

  /** The handler that must stand before this one. */
  LinkWatch link() {
    return link;
  }

  /** Ends the connection now, through no fault of the peer. */
  void abort(String why) {
    handle(() -> dialogue.onOwnTrouble(why));
  }

  @Override
  public void channelActive(ChannelHandlerContext active) {
    context = active;
    transcript.info("Connected to " + target.serverName() + " (" + target.addressAndPort() + ")");
    handle(() -> dialogue.onConnected());
  }

  @Override
  public void channelRead(ChannelHandlerContext active, Object message) {
    try {
      ByteBuf in = (ByteBuf) message;
      while (!closed && in.isReadable()) {
        decoder.decode(in).ifPresent(decoded -> onDecoded(decoded, in));
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void onDecoded(ReplyDecoder.Decoded decoded, ByteBuf rest) {
    if (decoded instanceof ReplyDecoder.Decoded.Violation violation) {
      handle(() -> dialogue.onNonsense(violation.what()));
      return;
    }
    boolean wasEarly = early;
    // What is there already cannot answer what is sent only now.
    early = rest.isReadable();
    ReplyDecoder.Decoded.Complete complete = (ReplyDecoder.Decoded.Complete) decoded;
    SmtpReply reply = complete.reply();
    if (!concluded) {
      transcript.received(reply, tls.isUp());
    }
    handle(() -> wasEarly ? dialogue.onEarlyReply(reply) : dialogue.onReply(reply));
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

  /** Every event comes through here, so a bug ends this attempt and no other. */
  private void handle(Supplier<List<Action>> event) {
    try {
      event.get().forEach(this::perform);
    } catch (RuntimeException | AssertionError bug) {
      listener.onBroken(bug);
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
      tls.judge(context(), job.connector());
    } else if (action instanceof Action.SendContent) {
      sendContent();
    } else if (action instanceof Action.Conclude conclude) {
      conclude(conclude.outcome());
    } else if (action instanceof Action.Close) {
      close();
    } else {
      throw new AssertionError(action);
    }
  }

  private void send(String command) {
    transcript.sent(command, tls.isUp());
    context()
        .writeAndFlush(Unpooled.wrappedBuffer(CommandLine.encode(command)))
        .addListener(this::onWritten);
  }

  /** A failed write is no verdict: the peer may have said why, and that is still to be read. */
  private void onWritten(Future<?> written) {
    if (!written.isSuccess()) {
      link.onWriteFailed(written.cause());
    }
  }

  private void await(Duration limit) {
    timer.start(context().executor(), limit, () -> handle(() -> dialogue.onTimeout()));
  }

  private void startTls() {
    if (early) {
      transcript.problem("Octets came together with the reply to STARTTLS");
      handle(() -> dialogue.onTlsFailed(TlsProblem.INJECTED));
      return;
    }
    decoder = new ReplyDecoder();
    tls.start(context(), link);
  }

  @Override
  public void onTlsUp(SSLSession session) {
    handle(
        () -> {
          TlsFacts facts = tls.learn(session);
          transcript.info("TLS started with " + facts.summary());
          facts.describeChain().forEach(transcript::info);
          return dialogue.onTlsUp();
        });
  }

  /** In the handshake or later; a write that TLS could not make is the link's end, not TLS's. */
  @Override
  public void onTlsFailed(Throwable cause) {
    if (!closed) {
      transcript.problem("TLS failed: " + cause.getMessage());
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

  private void sendContent() {
    timer.cancel();
    pump =
        new ContentPump(
            context().channel(),
            job.mail().orElseThrow().content(),
            bench.blocking(),
            blockLimit,
            this);
    pump.start();
  }

  @Override
  public void onContentSent() {
    noteContent();
    handle(() -> dialogue.onContentSent());
  }

  @Override
  public void onContentUnreadable(String why) {
    handle(() -> dialogue.onOwnTrouble(why));
  }

  @Override
  public void onBlockStalled() {
    handle(() -> dialogue.onTimeout());
  }

  private void noteContent() {
    if (pump != null) {
      transcript.sent("[" + pump.octetsTaken() + " bytes of content]", tls.isUp());
      pump.stop();
      pump = null;
    }
  }

  private void conclude(Outcome outcome) {
    concluded = true;
    noteContent();
    outcome
        .failure()
        .filter(failure -> !(failure instanceof Failure.Replied))
        .ifPresent(failure -> transcript.problem(failure.detail()));
    listener.onConcluded(outcome, tls.summary());
  }

  private void close() {
    closed = true;
    timer.cancel();
    if (pump != null) {
      pump.stop();
    }
    if (context != null) {
      var unused = context.close();
    }
  }

  private ChannelHandlerContext context() {
    ChannelHandlerContext known = context;
    if (known == null) {
      throw new IllegalStateException("not connected");
    }
    return known;
  }
}
