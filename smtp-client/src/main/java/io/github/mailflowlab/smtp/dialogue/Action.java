package io.github.mailflowlab.smtp.dialogue;

import java.time.Duration;

/** What the dialogue wants done, in the order given. */
public sealed interface Action {
  /** Send one command; the line end is the sender's business. */
  record Send(String command) implements Action {}

  /**
   * Wait so long for the next event, and then report a timeout. Replaces the wait before; bytes
   * that do not complete an event do not extend it.
   */
  record Await(Duration limit) implements Action {}

  /** Start the handshake; nothing received before may count afterwards. */
  record StartTls() implements Action {}

  /** Judge the certificate of the peer, as the connector demands. */
  record JudgeCertificate() implements Action {}

  /** Send the content with its final dot; the pump limits each block. */
  record SendContent() implements Action {}

  /** The outcome is known; comes exactly once, and only courtesies follow. */
  record Conclude(Outcome outcome) implements Action {}

  /** Close the connection; nothing follows. */
  record Close() implements Action {}
}
