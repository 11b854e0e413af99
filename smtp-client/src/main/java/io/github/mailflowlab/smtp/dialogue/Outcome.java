package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Map;
import java.util.Optional;

/**
 * What one connection achieved.
 *
 * @param delivered the recipients the peer took responsibility for
 * @param refused the recipients with a failure of their own
 * @param failure why all others were not delivered; absent when there are none
 * @param sequel what an attempt does next
 */
public record Outcome(
    Map<Mailbox, SmtpReply> delivered,
    Map<Mailbox, Failure> refused,
    Optional<Failure> failure,
    Sequel sequel) {
  public Outcome {
    delivered = Map.copyOf(delivered);
    refused = Map.copyOf(refused);
  }

  /** What an attempt does after a connection. */
  public enum Sequel {
    /** The attempt is over. */
    NONE,
    /** The next hop failed before MAIL: another address may do better. */
    NEXT_ADDRESS,
    /** TLS failed and is not demanded: the same address once more, without it. */
    SAME_ADDRESS_IN_CLEAR
  }

  /** A connection that got nowhere. */
  public static Outcome failed(Failure failure, Sequel sequel) {
    return new Outcome(Map.of(), Map.of(), Optional.of(failure), sequel);
  }
}
