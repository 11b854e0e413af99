package io.github.mailflowlab.smtp.dialogue;

import java.time.Duration;

/** What the dialogue wants done, in the order given. */
public sealed interface Action {
  /** Send one command; the line end is the sender's business. Several go out together. */
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

  /**
   * Send the content, and nothing else until it is out. No wait before it goes on; each block has a
   * limit of its own.
   *
   * @param dotted as DATA wants it, with the final dot; otherwise as one chunk, octet by octet
   */
  record SendContent(boolean dotted) implements Action {}

  /**
   * The outcome of the message is known; comes exactly once for each. If the dialogue is ready
   * then, it can carry another message or say QUIT; otherwise only courtesies follow.
   */
  record Conclude(Outcome outcome) implements Action {}

  /** Close the connection; nothing follows. */
  record Close() implements Action {}
}
