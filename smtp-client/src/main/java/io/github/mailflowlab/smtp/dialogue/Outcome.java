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
 * @param dsnPassedOn whether the peer reports from now on what was asked for the delivered ones
 */
public record Outcome(
    Map<Mailbox, SmtpReply> delivered,
    Map<Mailbox, Failure> refused,
    Optional<Failure> failure,
    Sequel sequel,
    boolean dsnPassedOn) {
  /** What a connectivity check achieves. */
  static final Outcome NOTHING =
      new Outcome(Map.of(), Map.of(), Optional.empty(), Sequel.NONE, false);

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
    SAME_ADDRESS_IN_CLEAR,
    /**
     * The session was no good any more, which says nothing about the next hop: what is left goes
     * over a new one.
     */
    NEW_SESSION
  }

  /** A connection that got nowhere. */
  public static Outcome failed(Failure failure, Sequel sequel) {
    return new Outcome(Map.of(), Map.of(), Optional.of(failure), sequel, false);
  }
}
