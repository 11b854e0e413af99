package io.github.mailflowlab.lab.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Message;

/** What goes back to whoever asked, and when. The octets need not be DNS. Immutable. */
public final class DnsReply {
  private final byte[] octets;
  private final Duration delay;

  private DnsReply(byte[] octets, Duration delay) {
    this.octets = octets;
    this.delay = delay;
  }

  static Optional<DnsReply> of(Message message) {
    return Optional.of(new DnsReply(message.toWire(), Duration.ZERO));
  }

  /** The same, as late as that, on the wall clock. */
  DnsReply after(Duration other) {
    return new DnsReply(octets, other);
  }

  /** The same with other octets; the change gets a copy. */
  DnsReply rewired(UnaryOperator<byte[]> change) {
    return new DnsReply(change.apply(octets.clone()), delay);
  }

  ByteBuf wire() {
    return Unpooled.copiedBuffer(octets);
  }

  Duration delay() {
    return delay;
  }
}
