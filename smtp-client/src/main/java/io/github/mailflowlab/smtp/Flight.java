package io.github.mailflowlab.smtp;

import io.github.mailflowlab.smtp.wire.CommandLine;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * The commands that go out together: one segment, one system call. A failed write is no verdict:
 * the peer may have said why, and that is still to be read. Confined to the channel's event loop.
 */
final class Flight {
  private final LinkWatch link;
  private @Nullable ByteBuf commands;

  Flight(LinkWatch link) {
    this.link = link;
  }

  void add(String command, ChannelHandlerContext context) {
    ByteBuf out = commands;
    if (out == null) {
      out = context.alloc().buffer();
      commands = out;
    }
    CommandLine.write(command, out);
  }

  /** Hands over what there is, to leave with the next flush; false when there is nothing. */
  boolean board(ChannelHandlerContext context) {
    ByteBuf out = commands;
    if (out == null) {
      return false;
    }
    commands = null;
    context.write(out).addListener(this::onWritten);
    return true;
  }

  /** Sends what there is. */
  void takeOff(ChannelHandlerContext context) {
    if (board(context)) {
      context.flush();
    }
  }

  /** Lets go of what was not sent. */
  void cancel() {
    if (commands != null) {
      commands.release();
      commands = null;
    }
  }

  private void onWritten(Future<?> written) {
    if (!written.isSuccess()) {
      link.onWriteFailed(written.cause());
    }
  }
}
