package io.github.mailflowlab.smtp;

import io.github.mailflowlab.smtp.wire.ReplyDecoder;
import io.github.mailflowlab.status.SmtpReply;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Takes replies out of what was received, and knows of each when it came: what is there before a
 * command was sent is no answer to it. Confined to the channel's event loop.
 */
final class ReplyReader {
  /** Hears what was read. */
  interface Listener {
    /**
     * A reply.
     *
     * @param early whether it began to arrive when no command was unanswered
     * @param followed whether more was received with it, other than a farewell
     */
    void onReply(SmtpReply reply, boolean early, boolean followed);

    /** No SMTP; nothing is read after it. */
    void onNonsense(String what);
  }

  private final Listener listener;
  private ReplyDecoder decoder = new ReplyDecoder();
  private boolean early;
  private boolean moreReceived;
  private boolean stopped;

  ReplyReader(Listener listener) {
    this.listener = listener;
  }

  /**
   * Reads all replies in the buffer, and keeps the beginning of the next one.
   *
   * @param owed how many commands are unanswered
   */
  void read(ByteBuf in, int owed) {
    // What is there already answers what was sent before, and nothing that is sent only now.
    int answers = owed;
    early = decoder.isAtStart() ? answers == 0 : early;
    while (!stopped && in.isReadable()) {
      Optional<ReplyDecoder.Decoded> decoded = decoder.decode(in);
      moreReceived = in.isReadable();
      if (decoded.isPresent()) {
        boolean wasEarly = early;
        answers--;
        early = answers <= 0;
        tell(decoded.get(), wasEarly, moreReceived && !isFarewell(in));
      }
    }
  }

  /** Whether something was received together with the reply that is being handled. */
  boolean hasMore() {
    return moreReceived;
  }

  /** Forgets the beginning of a reply: what comes now is within TLS (RFC 3207 4.2). */
  void startAfresh() {
    decoder = new ReplyDecoder();
  }

  /** Reads no more. */
  void stop() {
    stopped = true;
  }

  private void tell(ReplyDecoder.Decoded decoded, boolean wasEarly, boolean followed) {
    if (decoded instanceof ReplyDecoder.Decoded.Complete complete) {
      listener.onReply(complete.reply(), wasEarly, followed);
    } else if (decoded instanceof ReplyDecoder.Decoded.Violation violation) {
      listener.onNonsense(violation.what());
    }
  }

  /** A server that shuts down may say so at any time (RFC 5321 3.8). */
  private static boolean isFarewell(ByteBuf in) {
    return in.readableBytes() >= 3
        && in.toString(in.readerIndex(), 3, StandardCharsets.US_ASCII).equals("421");
  }
}
