package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.status.SmtpReply;

/** What came between DATA and the final dot. */
sealed interface ContentOutcome {
  /** Content, with our trace line on top. */
  record Received(TemporaryContent content, BodyType found) implements ContentOutcome {}

  /** Something that is not taken; nothing of it was kept. */
  record Refused(SmtpReply reply) implements ContentOutcome {}
}
