package io.github.mailflowlab.delivery;

import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The way in: routes a message and stores it durably. */
public interface Submission {
  /**
   * Submits a message. Any thread.
   *
   * @return completes once the message is on stable storage, or refused; exceptionally only for a
   *     broken rule of ours
   */
  CompletionStage<Result> submit(Envelope envelope, MessageContent content);

  /**
   * What became of a submission.
   *
   * @param id the message's id; absent when nothing was stored
   * @param reply the answer to the submitter: 250 when stored, 4yz or 5yz when not
   * @param rejected the recipients that were refused, each with its reply
   */
  record Result(Optional<String> id, SmtpReply reply, Map<Mailbox, SmtpReply> rejected) {
    public Result {
      rejected = Map.copyOf(rejected);
    }
  }
}
