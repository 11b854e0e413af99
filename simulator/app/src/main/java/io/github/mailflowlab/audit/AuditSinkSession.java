package io.github.mailflowlab.audit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** One connection of the next hop. Gets whole lines. Confined to the channel's event loop. */
final class AuditSinkSession extends SimpleChannelInboundHandler<ByteBuf> {
  private final Ledger ledger;
  private final Predicate<KillPoint> onPoint;
  private final int life;
  private final int connection;
  private final List<String> recipients = new ArrayList<>();
  private boolean inContent;

  AuditSinkSession(Ledger ledger, Predicate<KillPoint> onPoint, int life, int connection) {
    this.ledger = ledger;
    this.onPoint = onPoint;
    this.life = life;
    this.connection = connection;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    say(context, "220 sink.audit.example");
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    // Its client was killed, as intended.
    var unused = context.close();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, ByteBuf octets) {
    String line = octets.toString(StandardCharsets.US_ASCII);
    if (!inContent) {
      onCommand(context, line);
    } else if (line.equals(".")) {
      inContent = false;
      onMessage(context);
    }
  }

  private void onCommand(ChannelHandlerContext context, String line) {
    switch (line.toUpperCase(Locale.ROOT).split("[ :]", 2)[0]) {
      case "EHLO", "NOOP" -> say(context, "250 Ok");
      case "MAIL", "RSET" -> {
        recipients.clear();
        say(context, "250 2.1.0 Ok");
      }
      case "RCPT" -> onRecipient(context, line.substring(line.indexOf('<') + 1, line.indexOf('>')));
      case "DATA" -> {
        inContent = true;
        say(context, "354 Go ahead");
      }
      case "QUIT" -> say(context, "221 2.0.0 Bye");
      default -> say(context, "500 5.5.2 Not here");
    }
  }

  private void onRecipient(ChannelHandlerContext context, String recipient) {
    if (recipient.endsWith(Destination.REFUSING.suffix())) {
      say(context, "550 5.1.1 Nobody of that name");
    } else {
      recipients.add(recipient);
      say(context, "250 2.1.5 Ok");
    }
  }

  private void onMessage(ChannelHandlerContext context) {
    ledger.arrived(recipients, life, connection);
    if (onPoint.test(KillPoint.BEFORE_DELIVERY)) {
      return; // The client is being killed, and must not live to read a reply.
    }
    var unused =
        context
            .writeAndFlush(reply(context, "250 2.0.0 Ok"))
            .addListener((ChannelFutureListener) sent -> afterDelivery());
  }

  private void afterDelivery() {
    var unused = onPoint.test(KillPoint.AFTER_DELIVERY);
  }

  private static void say(ChannelHandlerContext context, String text) {
    var unused = context.writeAndFlush(reply(context, text));
  }

  private static ByteBuf reply(ChannelHandlerContext context, String text) {
    return ByteBufUtil.writeAscii(context.alloc(), text + "\r\n");
  }
}
