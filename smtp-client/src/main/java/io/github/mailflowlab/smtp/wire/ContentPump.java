package io.github.mailflowlab.smtp.wire;

import io.github.mailflowlab.mail.MessageContent;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the content of one message, a block at a time: read, encode, write, and read again only
 * when the socket has taken the block. So memory is bounded by one block, and the peer's slowness
 * is seen at once.
 *
 * <p>Confined to the channel's event loop, but for the stream, which belongs to one read at a time.
 * Content that may block is read on {@code readers}. Each read and each write has the same limit:
 * one that runs out while writing is the peer's fault, while reading ours.
 *
 * <p>A failed write says nothing to the listener: the reason, perhaps a reply, is still to be read.
 */
public final class ContentPump {
  /** Octets read at once. */
  static final int BLOCK = 64 * 1024;

  private static final Logger log = LoggerFactory.getLogger(ContentPump.class);

  /** What the pump tells, on the event loop; nothing any more after {@link #stop}. */
  public interface Listener {
    /** The last octet was handed to the socket. */
    void onContentSent();

    /** A bare CR or LF was found; neither it nor an end was sent. */
    void onContentUnfit(String why);

    /** Our content could not be read; no end was sent. */
    void onContentUnreadable(String why);

    /** The peer did not take a block in time. */
    void onBlockStalled();
  }

  private final Channel channel;
  private final EventLoop loop;
  private final MessageContent content;
  private final Executor readers;
  private final Duration limit;
  private final Listener listener;
  private final ContentEncoder encoder;
  private final LoopTimer timer;
  private final byte[] block;
  private @Nullable InputStream stream;
  private long octets;
  private long taken;
  private boolean reading;
  private boolean stopped;

  /**
   * Prepares.
   *
   * @param dotted as DATA wants it; otherwise as one chunk
   * @param timer the connection's; the pump's while it sends
   * @param block the connection's, to be filled again and again
   */
  public ContentPump(
      Channel channel,
      MessageContent content,
      boolean dotted,
      Executor readers,
      Duration limit,
      LoopTimer timer,
      byte[] block,
      Listener listener) {
    this.channel = channel;
    this.loop = channel.eventLoop();
    this.content = content;
    this.encoder = new ContentEncoder(dotted);
    // An in-memory block also takes a turn through the loop, so that no recursion grows.
    this.readers = content.isInMemory() ? loop : readers;
    this.limit = limit;
    this.timer = timer;
    this.block = block;
    this.listener = listener;
  }

  /** How large a block has to be for content of that size. */
  public static int blockFor(long size) {
    return (int) Math.max(1, Math.min(BLOCK, size));
  }

  /** Starts with the first block, which goes out at once if it is in memory. */
  public void start() {
    assert loop.inEventLoop();
    if (content.isInMemory()) {
      reading = true;
      read().run();
    } else {
      readLater();
    }
  }

  /** Ends quietly; no effect once ended. */
  public void stop() {
    assert loop.inEventLoop();
    if (stopped) {
      return;
    }
    stopped = true;
    timer.cancel();
    if (!reading) {
      closeStream();
    }
  }

  /** Octets of the message that the socket has taken, without stuffing. */
  public long octetsTaken() {
    return taken;
  }

  private void readLater() {
    reading = true;
    startTimer(() -> listener.onContentUnreadable("Content not readable within " + limit));
    try {
      readers.execute(this::readAway);
    } catch (RejectedExecutionException e) {
      reading = false;
      fail("Content not readable: shutting down");
    }
  }

  /** On a reader. */
  private void readAway() {
    Runnable next = read();
    try {
      loop.execute(next);
    } catch (RejectedExecutionException e) {
      log.debug("content read for nobody: shutting down");
    }
  }

  /** Reads one block, and returns what to do on the loop. */
  private Runnable read() {
    try {
      InputStream in = stream == null ? content.open() : stream;
      stream = in;
      int length = in.readNBytes(block, 0, block.length);
      // Found out now, for a peer may answer the last octet of a chunk as soon as it has it.
      long rest = content.size() - octets - length;
      boolean tooLong = rest < 0 || (rest == 0 && in.read() >= 0);
      return () -> onBlock(length, tooLong);
    } catch (IOException | RuntimeException e) {
      log.warn("content not readable", e);
      return () -> onReadFailed(e);
    }
  }

  private void onBlock(int length, boolean tooLong) {
    reading = false;
    if (stopped) {
      closeStream();
      return;
    }
    octets += length;
    boolean last = length < block.length || octets == content.size();
    if (tooLong || (last && octets < content.size())) {
      String found = tooLong ? "more than " : octets + " octets instead of ";
      fail("Content of " + found + content.size());
      return;
    }
    write(length, last);
  }

  private void onReadFailed(Exception e) {
    reading = false;
    if (stopped) {
      closeStream();
    } else {
      fail("Content not readable: " + Printable.of(String.valueOf(e.getMessage()), 200));
    }
  }

  private void write(int length, boolean last) {
    ByteBuf out = channel.alloc().buffer(length + length / 32 + 16);
    encoder.encode(block, length, out);
    if (last) {
      encoder.finish(out);
    }
    if (encoder.isUnfit()) {
      out.release();
      stop();
      listener.onContentUnfit("The content has a line end that is not CRLF");
      return;
    }
    startTimer(listener::onBlockStalled);
    channel.writeAndFlush(out).addListener(written -> onWritten(written.isSuccess(), length, last));
  }

  private void onWritten(boolean success, int length, boolean last) {
    if (stopped || !success) {
      return;
    }
    taken += length;
    if (last) {
      stop();
      listener.onContentSent();
    } else {
      readLater();
    }
  }

  private void fail(String why) {
    stop();
    listener.onContentUnreadable(why);
  }

  private void startTimer(Runnable onLimit) {
    timer.start(
        loop,
        limit,
        () -> {
          stop();
          onLimit.run();
        });
  }

  private void closeStream() {
    InputStream open = stream;
    if (open == null) {
      return;
    }
    stream = null;
    try {
      readers.execute(
          () -> {
            try {
              open.close();
            } catch (IOException e) {
              log.debug("content not closed", e);
            }
          });
    } catch (RejectedExecutionException e) {
      log.debug("content not closed: shutting down");
    }
  }
}
