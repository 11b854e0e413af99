package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.smtp.tls.TlsFacts;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslHandler;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * The TLS of one connection: starts it, and has the peer's certificate judged. Confined to the
 * channel's event loop, but for the verdict, which is reached elsewhere.
 */
final class PeerTls {
  /** Hears what came of it, on the event loop. */
  interface Listener {
    /** The handshake is done; {@link #learn} is next. */
    void onTlsUp(SSLSession session);

    void onTlsFailed(Throwable cause);

    /** The verdict; empty when the certificate is acceptable. */
    void onCertificateJudged(Optional<Failure> verdict);

    /** There will be no verdict, through no fault of the peer. */
    void onCertificateNotJudged(String why);
  }

  private final Workbench bench;
  private final String serverName;
  private final Listener listener;
  private @Nullable TlsFacts facts;

  PeerTls(Workbench bench, String serverName, Listener listener) {
    this.bench = bench;
    this.serverName = serverName;
    this.listener = listener;
  }

  boolean isUp() {
    return facts != null;
  }

  /** Version and cipher suite; empty in clear. */
  Optional<String> summary() {
    return Optional.ofNullable(facts).map(TlsFacts::summary);
  }

  /** Puts TLS behind that handler, where it begins with the handshake. */
  void start(ChannelHandlerContext context, ChannelHandler link) {
    SslHandler handler = bench.tls().handler(serverName);
    handler
        .handshakeFuture()
        .addListener(
            done -> {
              if (done.isSuccess()) {
                listener.onTlsUp(handler.engine().getSession());
              } else {
                listener.onTlsFailed(done.cause());
              }
            });
    context.pipeline().addAfter(context.pipeline().context(link).name(), null, handler);
  }

  /** From now on TLS is up, with this known of it. */
  TlsFacts learn(SSLSession session) {
    TlsFacts learned = TlsFacts.of(session);
    facts = learned;
    return learned;
  }

  /** Asks for a verdict under the connector's settings. */
  void judge(ChannelHandlerContext context, Connector connector) {
    TlsFacts known = facts;
    if (known == null) {
      throw new IllegalStateException("no TLS");
    }
    try {
      bench.verdicts().execute(() -> judge(known, connector, context));
    } catch (RejectedExecutionException e) {
      listener.onCertificateNotJudged("The certificate was not judged: shutting down");
    }
  }

  /** Off the event loop. */
  private void judge(TlsFacts known, Connector connector, ChannelHandlerContext context) {
    Optional<Failure> verdict = bench.judge().judge(known, connector, serverName);
    context.executor().execute(() -> listener.onCertificateJudged(verdict));
  }
}
