package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.status.SmtpReply;

/** What came between DATA and the final dot, or in chunks. */
sealed interface ContentOutcome {
  /**
   * Content, with our trace line on top.
   *
   * @param eightBitHeader whether its header holds octets above 127
   */
  record Received(TemporaryContent content, BodyType found, boolean eightBitHeader)
      implements ContentOutcome {}

  /**
   * A chunk, and more are to come.
   *
   * @param octets its size
   */
  record Continued(long octets) implements ContentOutcome {}

  /** Something that is not taken; nothing of it was kept. */
  record Refused(SmtpReply reply) implements ContentOutcome {}
}
