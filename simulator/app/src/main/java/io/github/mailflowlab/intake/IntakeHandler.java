package io.github.mailflowlab.intake;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives one session: bytes to octets, actions to bytes, and the idle timer.
 *
 * <p>Confined to the channel's event loop. Large content goes to a file from there, so a slow disk
 * holds up the other sessions, and nothing else: the intake has a loop of its own. To hand each
 * event to another thread would cost a session of small mail more than all its other work. Reading
 * is by hand ({@code autoRead} off): the next read is asked for once everything read so far has
 * been handled, no submission is under way, and the peer takes our replies. So neither a fast nor a
 * deaf peer makes us hold more than one read and one write buffer.
 */
// A write that fails closes the channel, and channelInactive tells the session.
@SuppressWarnings("FutureReturnValueIgnored")
final class IntakeHandler extends ChannelInboundHandlerAdapter {
  /** How long a peer that was told goodbye may take to notice. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  /** For each message while mail comes in too fast. */
  private static final Duration PAUSE = Duration.ofMillis(200);

  private static final Logger log = LoggerFactory.getLogger(IntakeHandler.class);

  private final IntakeSession session;
  private final Submission submission;
  private final Duration idle;
  private final ArrayDeque<ByteBuf> unread = new ArrayDeque<>();
  private boolean closing;
  private boolean pausing;
  private @Nullable Future<?> idleTimer;

  IntakeHandler(IntakeSession session, Submission submission, Duration idle) {
    this.session = session;
    this.submission = submission;
    this.idle = idle;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    run(
        ctx,
        () -> {
          perform(ctx, session.open());
          proceed(ctx);
        });
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf octets = (ByteBuf) message;
    run(
        ctx,
        () -> {
          if (closing) {
            octets.release();
          } else {
            unread.add(octets);
          }
        });
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    run(ctx, () -> proceed(ctx));
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    // Told in the middle of our own writing.
    later(ctx, () -> proceed(ctx));
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    run(ctx, this::end);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException)) {
      log.error("intake connection broke", cause);
    }
    ctx.close();
  }

  /** The service ends. Any thread. */
  void shutDown(ChannelHandlerContext ctx) {
    later(
        ctx,
        () -> {
          perform(ctx, session.onShutdown());
          ctx.flush();
        });
  }

  /** Runs a task after what is done now. Any thread. */
  private void later(ChannelHandlerContext ctx, Runnable task) {
    ctx.executor().execute(() -> run(ctx, task));
  }

  /** Runs a task; one that breaks ends the session. */
  private void run(ChannelHandlerContext ctx, Runnable task) {
    assert ctx.executor().inEventLoop();
    try {
      task.run();
    } catch (RejectedExecutionException e) {
      log.debug("the intake was closed meanwhile", e);
    } catch (RuntimeException | AssertionError e) {
      log.error("intake session broke", e);
      perform(ctx, session.onBroken());
      ctx.flush();
    }
  }

  /** Handles what has been read, then asks for more. */
  private void proceed(ChannelHandlerContext ctx) {
    while (mayProceed(ctx) && !unread.isEmpty()) {
      ByteBuf octets = unread.element();
      ByteBuffer view = octets.nioBuffer();
      List<IntakeAction> actions = session.accept(view);
      octets.skipBytes(octets.readableBytes() - view.remaining());
      if (!octets.isReadable()) {
        unread.remove().release();
      }
      perform(ctx, actions);
    }
    ctx.flush();
    if (mayProceed(ctx)) {
      restartIdleTimer(ctx);
    }
    if (closing || mayProceed(ctx)) {
      ctx.read();
    }
  }

  private boolean mayProceed(ChannelHandlerContext ctx) {
    return !closing && !pausing && !session.isSubmitting() && ctx.channel().isWritable();
  }

  private void perform(ChannelHandlerContext ctx, List<IntakeAction> actions) {
    for (IntakeAction action : actions) {
      if (action instanceof IntakeAction.Reply reply) {
        ctx.write(encode(ctx, reply.reply()));
      } else if (action instanceof IntakeAction.Pause) {
        pause(ctx);
      } else if (action instanceof IntakeAction.Submit submit) {
        submit(ctx, submit);
      } else if (action instanceof IntakeAction.Close) {
        close(ctx);
      } else {
        throw new AssertionError(action);
      }
    }
  }

  private void pause(ChannelHandlerContext ctx) {
    pausing = true;
    stopIdleTimer();
    ctx.executor()
        .schedule(() -> run(ctx, () -> goOn(ctx)), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void goOn(ChannelHandlerContext ctx) {
    pausing = false;
    proceed(ctx);
  }

  private void submit(ChannelHandlerContext ctx, IntakeAction.Submit submit) {
    stopIdleTimer();
    start(submit)
        .whenComplete((result, broken) -> release(submit.content()))
        .whenComplete((result, broken) -> later(ctx, () -> onSubmitted(ctx, result, broken)));
  }

  private void onSubmitted(
      ChannelHandlerContext ctx, Submission.@Nullable Result result, @Nullable Throwable broken) {
    if (result == null) {
      log.error("submission broke", broken);
      perform(ctx, session.onSubmissionBroken());
    } else {
      perform(ctx, session.onSubmitted(result));
    }
    proceed(ctx);
  }

  private CompletionStage<Submission.Result> start(IntakeAction.Submit submit) {
    try {
      return submission.submit(submit.envelope(), submit.content().content());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void release(TemporaryContent content) {
    try {
      content.close();
    } catch (IOException e) {
      log.warn("cannot delete a temporary file: {}", e.getMessage());
    }
  }

  /**
   * Ends our side and waits a moment for the peer's: closing while octets are unread would reset
   * the connection, and the peer might lose our last reply.
   */
  private void close(ChannelHandlerContext ctx) {
    closing = true;
    stopIdleTimer();
    releaseUnread();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER)
        .addListener(
            (ChannelFutureListener)
                written -> ((DuplexChannel) written.channel()).shutdownOutput());
    ctx.read();
    ctx.executor().schedule(() -> ctx.close(), LINGER.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void restartIdleTimer(ChannelHandlerContext ctx) {
    stopIdleTimer();
    idleTimer =
        ctx.executor()
            .schedule(() -> run(ctx, () -> onIdle(ctx)), idle.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void onIdle(ChannelHandlerContext ctx) {
    perform(ctx, session.onIdle());
    ctx.flush();
  }

  private void stopIdleTimer() {
    if (idleTimer != null) {
      idleTimer.cancel(false);
      idleTimer = null;
    }
  }

  private void end() {
    closing = true;
    stopIdleTimer();
    releaseUnread();
    session.onClosed();
  }

  private void releaseUnread() {
    unread.forEach(ByteBuf::release);
    unread.clear();
  }

  static ByteBuf encode(ChannelHandlerContext ctx, SmtpReply reply) {
    StringBuilder text = new StringBuilder();
    int last = reply.lines().size() - 1;
    for (int i = 0; i <= last; i++) {
      text.append(reply.code()).append(i < last ? '-' : ' ').append(reply.lines().get(i));
      text.append("\r\n");
    }
    return ByteBufUtil.encodeString(ctx.alloc(), CharBuffer.wrap(text), StandardCharsets.US_ASCII);
  }
}
