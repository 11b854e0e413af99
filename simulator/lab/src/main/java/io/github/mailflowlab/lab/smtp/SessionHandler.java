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
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;
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

  private final HostBehaviour behaviour;
  private final HostTls tls;
  private final Conversation conversation;
  private final SessionLog log;
  private final SessionOutput output;
  private final LineReader lines = new LineReader();
  private @Nullable ContentReader content;

  SessionHandler(
      HostBehaviour behaviour,
      HostTls tls,
      Conversation conversation,
      SessionLog log,
      SessionOutput output) {
    this.behaviour = behaviour;
    this.tls = tls;
    this.conversation = conversation;
    this.log = log;
    this.output = output;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    play(conversation.onConnected());
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      while (in.isReadable() && output.isSpeaking()) {
        read(ctx, in);
      }
    } finally {
      in.release();
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
    play(conversation.onCommand(line));
    if (conversation.phase() == Conversation.Phase.HANDSHAKE) {
      // What a client sends in clear behind STARTTLS must not be taken for something said in TLS.
      in.skipBytes(in.readableBytes());
      if (!behaviour.actsAt(Stage.TLS) && output.isSpeaking()) {
        ctx.pipeline().addFirst(tls.newHandler(ctx.channel()));
      }
    } else if (conversation.phase() == Conversation.Phase.OVER && output.isSpeaking()) {
      output.end();
    }
  }

  private void content(ByteBuf in) {
    ContentReader reader = content;
    if (reader == null) {
      reader = new ContentReader();
      content = reader;
      play(conversation.onFirstContent());
      if (!output.isSpeaking()) {
        return;
      }
    }
    if (reader.read(in)) {
      content = null;
      byte[] bytes = reader.content();
      log.client("[" + bytes.length + " bytes of content]");
      play(conversation.onContent(bytes, reader.tooBig()));
    }
  }

  private void play(Exchange exchange) {
    exchange.stage().ifPresent(log::reach);
    Action action = exchange.stage().map(behaviour::at).orElse(Action.OBEY);
    action.perform(new SessionTurn(exchange, conversation.isInTls(), output, log));
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
      conversation.onTlsUp();
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
