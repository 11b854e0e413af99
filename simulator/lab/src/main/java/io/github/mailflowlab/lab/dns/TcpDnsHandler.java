package io.github.mailflowlab.lab.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;

/** One framed query in, at most one reply out. What is not DNS ends the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
final class TcpDnsHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger log = LoggerFactory.getLogger(TcpDnsHandler.class);

  private final Answering answering;

  TcpDnsHandler(Answering answering) {
    this.answering = answering;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
    answering
        .answer(new Message(ByteBufUtil.getBytes(frame)), true)
        .ifPresent(
            reply ->
                ctx.executor()
                    .schedule(
                        () -> send(ctx, reply), reply.delay().toMillis(), TimeUnit.MILLISECONDS));
  }

  private static void send(ChannelHandlerContext ctx, DnsReply reply) {
    ctx.writeAndFlush(reply.wire()).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("DNS over TCP, closing: {}", cause.toString());
    ctx.close();
  }
}
