package io.github.mailflowlab.delivery;

import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one attempt did, raw: nothing in it is classified. Every recipient of the request is
 * delivered, refused, or covered by {@code failure}.
 *
 * @param destination whom it tried last; absent when it ended before that was known
 * @param delivered the recipients whom the next hop took responsibility for, with its reply
 * @param dsnPassedOn whether the next hop knows DSN (RFC 3461) and so reports from now on what was
 *     asked for the delivered recipients; else that is left to us, as {@code relayed}
 * @param refused the recipients with a failure of their own
 * @param failure why the others were not delivered; absent when there are none
 * @param tls the TLS version and cipher suite, for example {@code TLSv1.3 TLS_AES_256_GCM_SHA384};
 *     absent for clear text
 * @param transcript both sides, in swaks' marks, bounded and redacted
 */
public record AttemptReport(
    Optional<Destination> destination,
    Map<Mailbox, SmtpReply> delivered,
    boolean dsnPassedOn,
    Map<Mailbox, Failure> refused,
    Optional<Failure> failure,
    Optional<String> tls,
    List<String> transcript) {
  public AttemptReport {
    delivered = Map.copyOf(delivered);
    refused = Map.copyOf(refused);
    transcript = List.copyOf(transcript);
    if (!Collections.disjoint(delivered.keySet(), refused.keySet())) {
      throw new IllegalArgumentException("delivered and refused: " + delivered + ", " + refused);
    }
  }

  /** Nothing was delivered, for one reason. */
  public static AttemptReport failed(
      Failure failure, Optional<Destination> destination, List<String> transcript) {
    return new AttemptReport(
        destination, Map.of(), false, Map.of(), Optional.of(failure), Optional.empty(), transcript);
  }

  /** Why this recipient was not delivered; empty when it was. */
  public Optional<Failure> failureOf(Mailbox recipient) {
    if (delivered.containsKey(recipient)) {
      return Optional.empty();
    }
    Failure own = refused.get(recipient);
    return own == null ? failure : Optional.of(own);
  }
}
