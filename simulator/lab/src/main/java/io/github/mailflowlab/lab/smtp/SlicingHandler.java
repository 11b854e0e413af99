package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Writes in pieces, each in a segment of its own: a millisecond lies between them. */
@SuppressWarnings("FutureReturnValueIgnored") // the last piece has the writer's promise
final class SlicingHandler extends ChannelOutboundHandlerAdapter {
  private static final int PAUSE_MILLIS = 1;

  private final int maxBytes;
  private final Random random;
  private final Queue<Write> writes = new ArrayDeque<>();
  private boolean isBusy;

  private record Write(ByteBuf bytes, ChannelPromise promise) {}

  SlicingHandler(int maxBytes, Random random) {
    this.maxBytes = maxBytes;
    this.random = random;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    writes.add(new Write((ByteBuf) message, promise));
    if (!isBusy) {
      sendPiece(ctx);
    }
  }

  private void sendPiece(ChannelHandlerContext ctx) {
    Write write = writes.peek();
    isBusy = write != null;
    if (write == null) {
      return;
    }
    int size = Math.min(write.bytes().readableBytes(), 1 + random.nextInt(maxBytes));
    ByteBuf piece = write.bytes().readRetainedSlice(size);
    if (write.bytes().isReadable()) {
      ctx.writeAndFlush(piece);
    } else {
      writes.remove();
      write.bytes().release();
      ctx.writeAndFlush(piece, write.promise());
    }
    ctx.executor().schedule(() -> sendPiece(ctx), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** What was to follow is of no use any more. */
  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    for (Write write = writes.poll(); write != null; write = writes.poll()) {
      write.bytes().release();
      write.promise().tryFailure(new ClosedChannelException());
    }
  }
}
