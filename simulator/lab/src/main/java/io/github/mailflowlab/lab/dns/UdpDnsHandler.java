package io.github.mailflowlab.lab.dns;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xbill.DNS.Message;

/** One datagram in, at most one out. What is not DNS is dropped. */
@SuppressWarnings("FutureReturnValueIgnored") // a lost answer is asked for again
final class UdpDnsHandler extends SimpleChannelInboundHandler<DatagramPacket> {
  private static final Logger log = LoggerFactory.getLogger(UdpDnsHandler.class);

  private final Answering answering;

  UdpDnsHandler(Answering answering) {
    this.answering = answering;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
    try {
      Message query = new Message(ByteBufUtil.getBytes(packet.content()));
      answering.answer(query, false).ifPresent(reply -> send(ctx, reply, packet.sender()));
    } catch (IOException e) {
      log.debug("not a DNS query from {}: {}", packet.sender(), e.toString());
    }
  }

  private static void send(ChannelHandlerContext ctx, DnsReply reply, InetSocketAddress client) {
    ctx.executor()
        .schedule(
            () -> ctx.writeAndFlush(new DatagramPacket(reply.wire(), client)),
            reply.delay().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // Such as an ICMP error from a client that has gone; the socket serves the others.
    log.debug("DNS over UDP: {}", cause.toString());
  }
}
