package io.github.mailflowlab.smtp;

import io.github.mailflowlab.smtp.wire.ConnectFailures;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/**
 * Sees the end of the TCP connection before TLS does, and so knows whether it was FIN or RST: the
 * TLS handler would turn both into a failure of its own. Everything read before has been through
 * the whole pipeline by then. Confined to the channel's event loop.
 */
final class LinkWatch extends ChannelInboundHandlerAdapter {
  /** Told once that the connection is gone. */
  @FunctionalInterface
  interface Listener {
    void onLinkDown(boolean reset);
  }

  private final Listener listener;
  private boolean reset;

  LinkWatch(Listener listener) {
    this.listener = listener;
  }

  /** A write failed; what the peer said before is still to be read. */
  void onWriteFailed(Throwable cause) {
    reset |= ConnectFailures.isReset(cause);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException) {
      reset |= ConnectFailures.isReset(cause);
    } else {
      context.fireExceptionCaught(cause);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    listener.onLinkDown(reset);
    context.fireChannelInactive();
  }
}
