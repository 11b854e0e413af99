package io.github.mailflowlab.document;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Mailbox;
import java.util.List;
import java.util.Optional;

/** What became of one submitted message; {@code file} is null where none was read. */
public record SubmissionDocument(
    Optional<String> file, Optional<String> id, List<String> accepted, List<Rejected> rejected) {

  /** A recipient that was refused. */
  public record Rejected(String address, String reply) {}

  public static SubmissionDocument of(List<Mailbox> recipients, Submission.Result result) {
    List<String> accepted =
        result.id().isEmpty()
            ? List.of()
            : recipients.stream()
                .filter(recipient -> !result.rejected().containsKey(recipient))
                .map(Mailbox::toString)
                .toList();
    List<Rejected> rejected =
        recipients.stream()
            .filter(recipient -> !accepted.contains(recipient.toString()))
            .map(recipient -> rejected(recipient, result))
            .toList();
    return new SubmissionDocument(Optional.empty(), result.id(), accepted, rejected);
  }

  private static Rejected rejected(Mailbox recipient, Submission.Result result) {
    return new Rejected(
        recipient.toString(), result.rejected().getOrDefault(recipient, result.reply()).toString());
  }
}
