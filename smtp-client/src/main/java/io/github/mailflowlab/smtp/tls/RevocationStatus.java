package io.github.mailflowlab.smtp.tls;

import java.time.Instant;

/** What is known of a certificate's revocation. */
sealed interface RevocationStatus {
  /** Until when it may be remembered. */
  Instant until();

  /** Its authority says that it is not revoked. */
  record Good(Instant until) implements RevocationStatus {}

  /**
   * Its authority says that it is revoked.
   *
   * @param how when, why and by whose word
   */
  record Revoked(String how, Instant until) implements RevocationStatus {}

  /**
   * Nobody said what could be believed.
   *
   * @param why what came instead; may hold the words of others
   */
  record Unknown(String why, Instant until) implements RevocationStatus {}
}
