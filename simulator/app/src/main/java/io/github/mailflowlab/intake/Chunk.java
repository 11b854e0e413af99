package io.github.mailflowlab.intake;

import io.github.mailflowlab.status.SmtpReply;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * One BDAT under way. Its octets are read to the end whatever becomes of them, because they must
 * not be taken for commands. Confined to its session.
 */
final class Chunk {
  private final ChunkCommand command;
  private final Optional<SmtpReply> refusal;
  private long remaining;

  /**
   * A chunk of which nothing has come.
   *
   * @param refusal the reply for which its octets are forgotten
   */
  Chunk(ChunkCommand command, Optional<SmtpReply> refusal) {
    this.command = command;
    this.refusal = refusal;
    this.remaining = command.size();
  }

  ChunkCommand command() {
    return command;
  }

  Optional<SmtpReply> refusal() {
    return refusal;
  }

  /** Takes those of the octets that are its own, which it returns. */
  ByteBuffer take(ByteBuffer octets) {
    int length = (int) Math.min(remaining, octets.remaining());
    ByteBuffer own = octets.slice(octets.position(), length);
    octets.position(octets.position() + length);
    remaining -= length;
    return own;
  }

  boolean isComplete() {
    return remaining == 0;
  }
}
