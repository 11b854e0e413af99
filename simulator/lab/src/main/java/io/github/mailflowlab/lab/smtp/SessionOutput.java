package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The host's voice in one session, and the ways to fall silent. Confined to the channel's event
 * loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // a failed write is followed by the close
final class SessionOutput {
  /** A flood ends here, in silence: no client of ours reads that far. */
  static final long MAX_FLOOD = 64L << 20;

  /** How long a client may keep writing to a host that has hung up. */
  private static final long LINGER_SECONDS = 2;

  private final Channel channel;
  private final SessionLog log;
  private final Pacer pacer;
  private boolean speaking = true;
  private boolean mute;
  private @Nullable ChannelFuture lastWrite;
  private Optional<byte[]> flood = Optional.empty();
  private long flooded;

  SessionOutput(Channel channel, SessionLog log) {
    this.channel = channel;
    this.log = log;
    this.pacer = new Pacer(channel);
  }

  /** Whether the host still takes part; if not, what comes in is thrown away. */
  boolean isSpeaking() {
    assert channel.eventLoop().inEventLoop();
    return speaking;
  }

  /** Takes effect with the next {@link #flush}. */
  void send(byte[] bytes) {
    inTurn(
        () -> {
          if (bytes.length > 0 && !mute) {
            log.host(bytes);
            write(bytes);
          }
        });
  }

  private void write(byte... bytes) {
    lastWrite = channel.write(Unpooled.wrappedBuffer(bytes));
  }

  void flush() {
    channel.flush();
  }

  void drip(byte[] bytes, Duration pause) {
    inTurn(() -> log.host(bytes));
    for (int i = 0; i < bytes.length; i++) {
      if (i > 0) {
        pause(pause);
      }
      byte next = bytes[i];
      inTurn(() -> write(next));
    }
  }

  /** What is said from now on is said after a pause. */
  void pause(Duration pause) {
    pacer.pause(pause);
  }

  /** Once all is said that was to be said before. */
  void inTurn(Runnable step) {
    pacer.inTurn(step);
  }

  void flood(byte[] chunk) {
    speaking = false;
    inTurn(
        () -> {
          log.note("the host talks without end");
          flood = Optional.of(chunk);
          pump();
        });
  }

  /** The channel takes bytes again, or not. A client that does not read is not read either. */
  void onWritabilityChanged() {
    pump();
    channel.config().setAutoRead(channel.isWritable());
  }

  private void pump() {
    while (flood.isPresent() && channel.isWritable() && flooded < MAX_FLOOD) {
      flooded += flood.get().length;
      channel.writeAndFlush(Unpooled.wrappedBuffer(flood.get()));
    }
  }

  /**
   * Shuts down our side and lets the client finish. A plain close would make the kernel answer what
   * the client is still writing with a reset.
   */
  void end() {
    speaking = false;
    inTurn(
        () -> {
          log.note("connection ended by the host");
          afterWrites(
              () -> {
                SslHandler tls = channel.pipeline().get(SslHandler.class);
                if (tls != null) {
                  tls.closeOutbound();
                }
                shutDown();
              });
        });
  }

  /** As {@link #end}, past the TLS handler, which would say goodbye. */
  void truncate() {
    speaking = false;
    inTurn(
        () -> {
          log.note("connection cut by the host");
          afterWrites(this::shutDown);
        });
  }

  private void shutDown() {
    ((DuplexChannel) channel).shutdownOutput();
    channel.eventLoop().schedule(() -> channel.close(), LINGER_SECONDS, TimeUnit.SECONDS);
  }

  /** Shuts down our side; the session goes on, and what it would say is lost. */
  void halfClose() {
    mute = true;
    log.note("the host ends its side");
    afterWrites(() -> ((DuplexChannel) channel).shutdownOutput());
  }

  void reset() {
    speaking = false;
    inTurn(
        () -> {
          log.note("connection reset by the host");
          afterWrites(
              () -> {
                channel.config().setOption(ChannelOption.SO_LINGER, 0);
                // Past the TLS handler, which would say goodbye.
                channel.pipeline().firstContext().close();
              });
        });
  }

  void hush() {
    speaking = false;
    log.note("the host falls silent");
  }

  /** Leaves what comes to the kernel. That the client hangs up goes unnoticed then. */
  void stopReading() {
    channel.config().setAutoRead(false);
  }

  private void afterWrites(Runnable task) {
    if (lastWrite == null) {
      task.run();
    } else {
      lastWrite.addListener(written -> task.run());
    }
  }
}
