package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Turns away a connection beyond the host's limit, without a session of its own. */
final class CrowdedHandler extends ChannelInboundHandlerAdapter {
  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(ByteBufUtil.writeAscii(ctx.alloc(), "421 4.3.2 Too many connections\r\n"))
        .addListener(ChannelFutureListener.CLOSE);
  }
}
