package io.github.mailflowlab.routing;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.status.SmtpReply;

/** Where one recipient's mail goes. */
public sealed interface Route {
  /** Out, through a connector. */
  record ViaConnector(NextHop nextHop) implements Route {}

  /** Into the lab's own mailbox store. */
  record ToMailbox() implements Route {}

  /** Nowhere: the reply for RCPT. */
  record Refused(SmtpReply reply) implements Route {}
}
