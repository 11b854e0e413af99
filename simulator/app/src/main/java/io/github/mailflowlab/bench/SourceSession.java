package io.github.mailflowlab.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Brings one message after the other over one connection, a command at a time as smtp-source does,
 * and tells the source of each reply to a final dot. Gets whole lines. Confined to the channel's
 * event loop.
 */
final class SourceSession extends SimpleChannelInboundHandler<ByteBuf> {
  /** What was sent, whose reply comes next. */
  private enum Sent {
    NOTHING("EHLO source.bench.example", '2'),
    EHLO("", '2'),
    MAIL("RCPT TO:<" + BenchMail.ENVELOPE.recipients().get(0) + ">", '2'),
    RCPT("DATA", '2'),
    DATA("", '3'),
    CONTENT("", '2'),
    QUIT("", '2');

    private final byte[] next;
    private final char good;

    Sent(String next, char good) {
      this.next = octets(next);
      this.good = good;
    }
  }

  private static final byte[] MAIL = octets("MAIL FROM:<" + BenchMail.ENVELOPE.reversePath() + ">");
  private static final byte[] QUIT = octets("QUIT");

  private final RelaySource source;
  private Sent sent = Sent.NOTHING;
  private long dotted;

  SourceSession(RelaySource source) {
    this.source = source;
  }

  private static byte[] octets(String command) {
    return (command + "\r\n").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf line) {
    boolean last = line.readableBytes() < 4 || line.getByte(line.readerIndex() + 3) != '-';
    if (!last || sent == Sent.QUIT) {
      return;
    }
    if (!line.isReadable() || line.getByte(line.readerIndex()) != sent.good) {
      source.refused(line.toString(StandardCharsets.US_ASCII));
      quit(context);
      return;
    }
    switch (sent) {
      case NOTHING -> say(context, sent.next, Sent.EHLO);
      case EHLO -> begin(context, source.delayOfNext());
      case MAIL -> say(context, sent.next, Sent.RCPT);
      case RCPT -> say(context, sent.next, Sent.DATA);
      case DATA -> {
        sent = Sent.CONTENT;
        dotted = System.nanoTime();
        var unused = context.writeAndFlush(source.content());
      }
      case CONTENT -> {
        source.taken(System.nanoTime() - dotted);
        if (source.keepsSessions() && source.claim()) {
          begin(context, source.delayOfNext());
        } else {
          quit(context);
        }
      }
      case QUIT -> throw new AssertionError(sent);
    }
  }

  private void begin(ChannelHandlerContext context, long delayNanos) {
    if (delayNanos <= 0) {
      say(context, MAIL, Sent.MAIL);
    } else {
      var unused =
          context
              .executor()
              .schedule(() -> say(context, MAIL, Sent.MAIL), delayNanos, TimeUnit.NANOSECONDS);
    }
  }

  private void quit(ChannelHandlerContext context) {
    say(context, QUIT, Sent.QUIT);
  }

  private void say(ChannelHandlerContext context, byte[] command, Sent next) {
    sent = next;
    var unused = context.writeAndFlush(context.alloc().buffer(command.length).writeBytes(command));
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    if (sent != Sent.QUIT) {
      source.refused("the connection was closed after " + sent);
    }
    source.ended();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    var unused = context.close();
  }
}
