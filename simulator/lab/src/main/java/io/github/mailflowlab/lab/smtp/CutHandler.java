package io.github.mailflowlab.lab.smtp;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;

/** Lets so many bytes in and then resets the connection. */
final class CutHandler extends ChannelInboundHandlerAdapter {
  private long left;

  CutHandler(long bytes) {
    left = bytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    left -= in.readableBytes();
    if (left >= 0) {
      ctx.fireChannelRead(in);
      return;
    }
    in.release();
    ctx.channel().config().setOption(ChannelOption.SO_LINGER, 0);
    var unused = ctx.close();
  }
}
