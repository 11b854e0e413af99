package io.github.mailflowlab.intake;

import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.status.SmtpReply;

/** What a session wants done, in order. */
sealed interface IntakeAction {
  /** Say this. */
  record Reply(SmtpReply reply) implements IntakeAction {}

  /** Read nothing for a moment, because mail comes in faster than it can be kept. */
  record Pause() implements IntakeAction {}

  /** Submit this, read nothing meanwhile, and tell the session the result. */
  record Submit(Envelope envelope, TemporaryContent content) implements IntakeAction {}

  /** Say what is left to say, and close the connection. */
  record Close() implements IntakeAction {}
}
