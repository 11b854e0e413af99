package io.github.mailflowlab.lab.order;

/** When it is decided whether an order acts, and so what can be asked of it. */
enum Scope {
  /**
   * By time alone: a name's answer, or who listens. Nobody sees a connection that is refused, so it
   * can be neither told from others nor counted.
   */
  NETWORK,
  /** When a connection is accepted: the line, the offer, TLS, certificates, several stages. */
  CONNECTION,
  /** At each turn of one stage. */
  STAGE
}
