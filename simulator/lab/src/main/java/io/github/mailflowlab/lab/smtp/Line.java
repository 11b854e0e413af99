package io.github.mailflowlab.lab.smtp;

import io.netty.channel.ChannelHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.traffic.ChannelTrafficShapingHandler;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** What lies between client and host, below TLS: how bytes pass. Stateless; one serves all. */
public final class Line {
  /** Bytes pass as they are, at once. */
  public static final Line GOOD = new Line(List::of, false);

  /** Of every connection, so that a run can be repeated. */
  private static final long SEED = 1;

  private static final int SMALL_BUFFER = 1_024;
  private static final long SHAPING_INTERVAL_MILLIS = 100;

  private final Supplier<List<ChannelHandler>> handlers;
  private final boolean hasSmallBuffer;

  private Line(Supplier<List<ChannelHandler>> handlers, boolean hasSmallBuffer) {
    this.handlers = handlers;
    this.hasSmallBuffer = hasSmallBuffer;
  }

  /** So many bytes a second each way. */
  public static Line ofBandwidth(int bytesPerSecond) {
    return of(
        () ->
            new ChannelTrafficShapingHandler(
                bytesPerSecond, bytesPerSecond, SHAPING_INTERVAL_MILLIS));
  }

  /** Everything takes about so long, each way; a little jitter and a log-normal tail. */
  public static Line ofLatency(Duration median) {
    return of(() -> new LatencyHandler(median, new Random(SEED)));
  }

  /** The host's bytes arrive in pieces of 1 to so many. */
  public static Line sliced(int maxBytes) {
    return of(() -> new SlicingHandler(maxBytes, new Random(SEED)));
  }

  /** Reset once the client has sent so many bytes. */
  public static Line cutAfter(long bytes) {
    return of(() -> new CutHandler(bytes));
  }

  /** The host's kernel takes hardly anything that the host does not read. */
  public static Line withSmallBuffer() {
    return new Line(List::of, true);
  }

  private static Line of(Supplier<ChannelHandler> handler) {
    return new Line(() -> List.of(handler.get()), false);
  }

  /** Puts itself between the socket and what the pipeline gets later. */
  void lay(SocketChannel channel) {
    if (hasSmallBuffer) {
      channel.config().setReceiveBufferSize(SMALL_BUFFER);
    }
    handlers.get().forEach(channel.pipeline()::addLast);
  }
}
