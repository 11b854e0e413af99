package io.github.mailflowlab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * Says yes to everything, looks at nothing, and counts what it is given: commands, content up to
 * the final dot, chunks (RFC 3030). Replies of one read leave together. Confined to the channel's
 * event loop.
 */
final class SinkSession extends ByteToMessageDecoder {
  /** A command with its line end. */
  private static final int MAX_LINE = 2048;

  private static final ByteBuf GREETING = reply("220 sink.bench.example");
  private static final ByteBuf HELLO =
      reply("250-sink.bench.example\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 CHUNKING");
  private static final ByteBuf OK = reply("250 2.0.0 Ok");
  private static final ByteBuf GO_AHEAD = reply("354 Go ahead");
  private static final ByteBuf BYE = reply("221 2.0.0 Bye");
  private static final ByteBuf UNKNOWN = reply("500 5.5.2 Not for a sink");

  private final LongAdder messages;
  private boolean inContent;

  /** The rest of a line of content whose beginning is gone. */
  private boolean inLine;

  private long chunkLeft;
  private boolean lastChunk;

  SinkSession(LongAdder messages) {
    this.messages = messages;
  }

  private static ByteBuf reply(String text) {
    byte[] octets = (text + "\r\n").getBytes(StandardCharsets.US_ASCII);
    return Unpooled.unreleasableBuffer(Unpooled.directBuffer(octets.length).writeBytes(octets))
        .asReadOnly();
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    say(context, GREETING);
    context.flush();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    super.channelReadComplete(context);
    context.flush();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // A client that goes without QUIT is its own business.
    drop(context);
  }

  private static void say(ChannelHandlerContext context, ByteBuf reply) {
    var unused = context.write(reply.duplicate());
  }

  private static void drop(ChannelHandlerContext context) {
    var unused = context.close();
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
    if (chunkLeft > 0) {
      skipChunk(context, in);
      return;
    }
    int length = in.bytesBefore((byte) '\n') + 1;
    if (inContent) {
      skipLine(context, in, length);
    } else if (length > 0) {
      String line = in.readCharSequence(length, StandardCharsets.US_ASCII).toString();
      onCommand(context, line.toUpperCase(Locale.ROOT).strip());
    } else if (in.readableBytes() > MAX_LINE) {
      drop(context);
      in.skipBytes(in.readableBytes());
    }
  }

  private void skipLine(ChannelHandlerContext context, ByteBuf in, int length) {
    int start = in.readerIndex();
    boolean dot = !inLine && in.getByte(start) == '.';
    if (length == 0 && dot && in.readableBytes() < 3) {
      return; // It may become the final dot.
    }
    in.skipBytes(length == 0 ? in.readableBytes() : length);
    inLine = length == 0;
    if (dot && length == 3 && in.getByte(start + 1) == '\r') {
      inContent = false;
      onMessage(context);
    }
  }

  private void skipChunk(ChannelHandlerContext context, ByteBuf in) {
    int taken = (int) Math.min(chunkLeft, in.readableBytes());
    in.skipBytes(taken);
    chunkLeft -= taken;
    if (chunkLeft == 0) {
      onChunk(context);
    }
  }

  private void onChunk(ChannelHandlerContext context) {
    if (lastChunk) {
      onMessage(context);
    } else {
      say(context, OK);
    }
  }

  private void onMessage(ChannelHandlerContext context) {
    messages.increment();
    say(context, OK);
  }

  private void onCommand(ChannelHandlerContext context, String line) {
    switch (line.split("[ :]", 2)[0]) {
      case "EHLO", "HELO" -> say(context, HELLO);
      case "MAIL", "RCPT", "RSET", "NOOP" -> say(context, OK);
      case "DATA" -> {
        inContent = true;
        say(context, GO_AHEAD);
      }
      case "BDAT" -> onBdat(context, line.split(" +"));
      case "QUIT" -> {
        say(context, BYE);
        context.flush();
        drop(context);
      }
      default -> say(context, UNKNOWN);
    }
  }

  private void onBdat(ChannelHandlerContext context, String[] words) {
    if (words.length < 2 || !words[1].matches("\\d{1,10}")) {
      say(context, UNKNOWN);
      return;
    }
    chunkLeft = Long.parseLong(words[1]);
    lastChunk = words.length > 2 && words[2].equals("LAST");
    if (chunkLeft == 0) {
      onChunk(context);
    }
  }
}
