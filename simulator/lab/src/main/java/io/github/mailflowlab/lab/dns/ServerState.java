package io.github.mailflowlab.lab.dns;

/** How a DNS server is reached, and whether it knows its zone. */
public enum ServerState {
  /** Over UDP and TCP. */
  SERVING,
  /** Its TCP port is closed, as by a firewall that lets only UDP pass. */
  WITHOUT_TCP,
  /** Both ports are closed. */
  DOWN,
  /** Reached, and refuses every question: the zone is not its own. */
  LAME
}
