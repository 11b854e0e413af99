package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session on its channel: bytes in, turns out. What a healthy host would do is the {@link
 * Conversation}'s to know, what this one does the {@link HostBehaviour}'s. Confined to the
 * channel's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
final class SessionHandler extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(SessionHandler.class);

  private final InetAddress client;
  private final HostBehaviour behaviour;
  private final HostTls tls;
  private final Conversation conversation;
  private final MailTransaction transaction;
  private final HostLedger ledger;
  private final SessionLog log;
  private final Optional<Firewall> firewall;
  private final SessionOutput output;
  private final LineReader lines = new LineReader();
  private long octets;

  SessionHandler(
      InetAddress client,
      HostBehaviour behaviour,
      HostTls tls,
      Conversation conversation,
      MailTransaction transaction,
      HostLedger ledger,
      SessionLog log,
      SessionOutput output) {
    this.client = client;
    this.behaviour = behaviour;
    this.tls = tls;
    this.conversation = conversation;
    this.transaction = transaction;
    this.ledger = ledger;
    this.log = log;
    this.firewall = behaviour.firewall().map(Supplier::get);
    this.output = output;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    play(conversation.onConnected());
    output.flush();
  }

  /** What one segment asked is answered in one: replies to pipelined commands travel together. */
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      firewall.ifPresent(wall -> obey(wall, in.toString(StandardCharsets.ISO_8859_1)));
      while (in.isReadable() && output.isSpeaking()) {
        read(ctx, in);
      }
    } finally {
      in.release();
      output.flush();
    }
  }

  private void obey(Firewall wall, String text) {
    switch (wall.judge(text, transaction.isReceiving())) {
      case PASS -> {}
      case SWALLOW -> output.hush();
      case CLOSE -> output.end();
      case RESET -> output.reset();
    }
  }

  private void read(ChannelHandlerContext ctx, ByteBuf in) {
    switch (conversation.phase()) {
      case COMMANDS -> lines.read(in).ifPresent(line -> command(ctx, in, line));
      case CONTENT -> content(in);
      case HANDSHAKE -> {
        in.skipBytes(in.readableBytes());
        play(conversation.onHandshakeBytes());
      }
      case OVER -> in.skipBytes(in.readableBytes());
    }
  }

  private void command(ChannelHandlerContext ctx, ByteBuf in, String line) {
    log.client(line);
    play(conversation.onCommand(line, in.isReadable()));
    if (transaction.isReceiving()) {
      // A chunk may be empty, so that nothing needs to come to complete it.
      content(in);
    } else if (conversation.phase() == Conversation.Phase.HANDSHAKE) {
      // What a client sends in clear behind STARTTLS must not be taken for something said in TLS.
      in.skipBytes(in.readableBytes());
      if (!behaviour.actsAt(Stage.TLS) && output.isSpeaking()) {
        output.inTurn(() -> startTls(ctx));
      }
    } else if (conversation.phase() == Conversation.Phase.OVER && output.isSpeaking()) {
      output.end();
    }
  }

  /** What was said before leaves in clear. */
  private void startTls(ChannelHandlerContext ctx) {
    output.flush();
    // Behind the line, which carries what TLS makes of it.
    ctx.pipeline().addBefore(ctx.name(), null, tls.newHandler(ctx.channel()));
  }

  private void content(ByteBuf in) {
    if (in.isReadable()) {
      transaction.onFirstOctets().ifPresent(this::play);
    }
    if (!output.isSpeaking()) {
      return;
    }
    int before = in.readableBytes();
    boolean complete = transaction.read(in);
    octets += before - in.readableBytes();
    if (complete) {
      log.client("[" + octets + " bytes of content]");
      octets = 0;
      answerContent();
    }
  }

  private void answerContent() {
    Optional<Exchange> next = transaction.onContentRead();
    while (next.isPresent()) {
      play(next.get());
      next = output.isSpeaking() ? transaction.onContentRead() : Optional.empty();
    }
  }

  private void play(Exchange exchange) {
    exchange.stage().ifPresent(log::reach);
    Action action = exchange.stage().map(behaviour::at).orElse(Action.OBEY);
    Exchange shown =
        behaviour.extensions().offers("ENHANCEDSTATUSCODES")
            ? exchange
            : exchange.withoutStatusCodes();
    action.perform(new SessionTurn(shown, this::situation, () -> dealing(exchange), output, log));
  }

  private Dealing dealing(Exchange exchange) {
    return exchange.isAt(Stage.EHLO)
        ? new Dealing(client, Conversation.nameIn(exchange.command()), MailTransaction.Facts.NONE)
        : new Dealing(client, conversation.helo(), transaction.factsAt(exchange));
  }

  private Situation situation() {
    return new Situation(
        log.number(),
        conversation.isInTls(),
        transaction.recipients(),
        transaction.stored(),
        ledger.storedLately());
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      onHandshake(ctx, handshake);
    } else if (event instanceof IdleStateEvent) {
      log.note("idle for too long");
      ctx.close();
    }
  }

  private void onHandshake(ChannelHandlerContext ctx, SslHandshakeCompletionEvent handshake) {
    if (handshake.isSuccess()) {
      SslHandler handler = ctx.pipeline().get(SslHandler.class);
      SSLSession session = handler.engine().getSession();
      log.tlsUp(session.getProtocol());
      log.note("SNI: " + serverName(session));
      play(conversation.onTlsUp());
      output.flush();
    } else {
      log.note("TLS handshake failed: " + handshake.cause().getMessage());
      ctx.close();
    }
  }

  /** Whom the client wanted to talk to. */
  private static String serverName(SSLSession session) {
    if (session instanceof ExtendedSSLSession extended) {
      for (SNIServerName name : extended.getRequestedServerNames()) {
        return name instanceof SNIHostName host ? host.getAsciiName() : name.toString();
      }
    }
    return "none";
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    output.onWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    log.close();
  }

  /** That a client resets the connection or breaks TLS is a fact about it; all else is our bug. */
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      log.note("connection broken: " + cause.getMessage());
    } else {
      logger.error("session ended by a bug", cause);
    }
    ctx.close();
  }
}
