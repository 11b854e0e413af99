package io.github.mailflowlab.lab.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;

/** One framed query in, at most one reply out. What is not DNS ends the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // nobody waits for the close
final class TcpDnsHandler extends SimpleChannelInboundHandler<ByteBuf> {
  private static final Logger log = LoggerFactory.getLogger(TcpDnsHandler.class);

  private final LabZone zone;

  TcpDnsHandler(LabZone zone) {
    this.zone = zone;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, ByteBuf frame) throws IOException {
    zone.answer(new Message(ByteBufUtil.getBytes(frame)), LabZone.Carrier.TCP)
        .map(reply -> Unpooled.wrappedBuffer(reply.toWire()))
        .ifPresent(
            wire -> ctx.writeAndFlush(wire).addListener(ChannelFutureListener.CLOSE_ON_FAILURE));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    log.debug("DNS over TCP, closing: {}", cause.toString());
    ctx.close();
  }
}
