package io.github.mailflowlab.intake;

import io.github.mailflowlab.status.SmtpReply;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The message of one transaction as it comes in: after DATA in one piece, or in chunks (RFC 3030).
 * Confined to its session.
 */
final class MessageInput implements Closeable {
  private @Nullable ContentReceiver content;
  private @Nullable Chunk chunk;

  /** Whether chunks have come and more may. */
  boolean hasBegun() {
    return content != null;
  }

  /** What follows belongs to DATA. */
  void beginData(byte[] traceLine, long maxSize) {
    content = ContentReceiver.ofData(traceLine, maxSize);
  }

  /** What follows is a chunk that is taken. */
  void beginChunk(ChunkCommand command, byte[] traceLine, long maxSize) {
    if (content == null) {
      content = ContentReceiver.ofChunks(traceLine, maxSize);
    }
    chunk = new Chunk(command, Optional.empty());
  }

  /** What follows is a chunk that is read and forgotten. */
  void beginRefusedChunk(ChunkCommand command, SmtpReply refusal) {
    chunk = new Chunk(command, Optional.of(refusal));
  }

  /** Takes octets up to the end of the content or chunk. Empty as long as that has not come. */
  Optional<ContentOutcome> accept(ByteBuffer octets) {
    ContentReceiver receiver = content;
    Chunk open = chunk;
    if (open != null) {
      return accept(open, receiver, octets);
    }
    if (receiver == null) {
      throw new IllegalStateException("no content is expected");
    }
    return receiver.accept(octets) ? Optional.of(end(receiver)) : Optional.empty();
  }

  private Optional<ContentOutcome> accept(
      Chunk open, @Nullable ContentReceiver receiver, ByteBuffer octets) {
    ByteBuffer own = open.take(octets);
    Optional<SmtpReply> refusal = open.refusal();
    if (receiver != null && refusal.isEmpty()) {
      receiver.accept(own);
      refusal = receiver.flaw();
    }
    if (!open.isComplete()) {
      return Optional.empty();
    }
    chunk = null;
    if (receiver == null || refusal.isPresent()) {
      return Optional.of(new ContentOutcome.Refused(refusal.orElseThrow()));
    }
    if (!open.command().last()) {
      return Optional.of(new ContentOutcome.Continued(open.command().size()));
    }
    receiver.endChunks();
    return Optional.of(end(receiver));
  }

  private ContentOutcome end(ContentReceiver receiver) {
    content = null;
    return receiver.finish();
  }

  /** Forgets what has come. */
  @Override
  public void close() {
    if (content != null) {
      content.close();
    }
    content = null;
    chunk = null;
  }
}
