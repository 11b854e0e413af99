package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The content of one message in chunks of announced size (RFC 3030). The octets of a chunk that is
 * refused are read before that is said, and not kept.
 *
 * <p>BDAT has no stages of its own: {@code BODY} is the first octets of the first chunk, {@code
 * DATA} the end of the first chunk, {@code DOT} the end of the last one; a single chunk is both.
 * What is not taken at {@code DATA} does not come to {@code DOT}, and further chunks are out of
 * sequence. Confined to the session's event loop.
 */
final class Chunks {
  private static final String RECEIVED = "250 2.0.0 Chunk received";

  /** The chunk being read. */
  private record Chunk(String command, boolean last, boolean opens, Optional<String> refusal) {}

  private final Function<byte[], Exchange> onMessage;
  private final ByteArrayOutputStream content = new ByteArrayOutputStream();
  private @Nullable Chunk current;
  private long left;
  private boolean opened;
  private boolean bodyBegun;
  private boolean failed;

  /**
   * A new message.
   *
   * @param onMessage what to make of the whole content
   */
  Chunks(Function<byte[], Exchange> onMessage) {
    this.onMessage = onMessage;
  }

  /** A chunk is announced; with a refusal, it is not taken. */
  void begin(String command, long octets, boolean last, Optional<String> refusal) {
    current =
        new Chunk(command, last, !opened, failed ? Optional.of(Exchange.OUT_OF_SEQUENCE) : refusal);
    opened = true;
    left = octets;
  }

  boolean isReading() {
    return current != null;
  }

  private Chunk current() {
    if (current == null) {
      throw new IllegalStateException("no chunk is expected");
    }
    return current;
  }

  /** The first octets of the content came. */
  Optional<Exchange> onFirstOctets() {
    Chunk chunk = current();
    if (bodyBegun || chunk.refusal().isPresent()) {
      return Optional.empty();
    }
    bodyBegun = true;
    return Optional.of(Exchange.at(Stage.BODY, chunk.command(), () -> {}));
  }

  /** Takes octets up to the end of the chunk; whether that has been reached. */
  boolean read(ByteBuf in) {
    int run = (int) Math.min(left, in.readableBytes());
    left -= run;
    if (current().refusal().isPresent() || content.size() + run > ContentReader.MAX_SIZE) {
      in.skipBytes(run);
      refuse();
    } else {
      byte[] octets = new byte[run];
      in.readBytes(octets);
      content.writeBytes(octets);
    }
    return left == 0;
  }

  private void refuse() {
    Chunk chunk = current();
    if (chunk.refusal().isEmpty()) {
      current =
          new Chunk(
              chunk.command(),
              chunk.last(),
              chunk.opens(),
              Optional.of("552 5.3.4 Message too big"));
    }
  }

  /** What to answer to a chunk that is complete; to be asked until there is nothing. */
  Optional<Exchange> onRead() {
    if (current == null) {
      return Optional.empty();
    }
    Chunk chunk = current;
    current = null;
    if (chunk.refusal().isPresent()) {
      failed = true;
      return Optional.of(Exchange.plain(chunk.command(), chunk.refusal().get()));
    }
    if (chunk.opens()) {
      return Optional.of(open(chunk));
    }
    if (failed) {
      return Optional.empty();
    }
    return Optional.of(
        chunk.last()
            ? onMessage.apply(content.toByteArray())
            : Exchange.plain(chunk.command(), RECEIVED));
  }

  /** Failed, until somebody says that it is not. */
  private Exchange open(Chunk first) {
    failed = true;
    if (first.last()) {
      current = new Chunk(first.command(), true, false, Optional.empty());
      return Exchange.at(Stage.DATA, first.command(), () -> failed = false);
    }
    return Exchange.at(Stage.DATA, first.command(), () -> failed = false, RECEIVED);
  }
}
