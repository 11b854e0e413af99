package io.github.mailflowlab.lab.smtp;

import java.util.List;

/**
 * The host's turn: something came in and it is the host's to act. What an {@link Action} is made
 * of. Lives for the duration of one call on the session's event loop.
 */
public interface Turn {
  /** The command that came in, without CRLF; empty where it was no command. */
  String command();

  /** What a healthy host answers, line by line without CRLF; empty where it says nothing. */
  List<String> reply();

  /** Whether TLS is up. */
  boolean isInTls();

  /** Does what a healthy host does, all but the reply: stores the message, starts TLS, ... */
  void take();

  /** Sends bytes as they are. */
  void send(byte[] bytes);

  /** Sends the bytes again and again, as fast as the client takes them. */
  void flood(byte[] chunk);

  /** Ends the connection (FIN), after what was sent has left. */
  void end();

  /** Resets the connection (RST), after what was sent has left. */
  void reset();

  /** Ends our side of the connection (FIN) and goes on reading, without a word. */
  void halfClose();

  /** Says nothing more, ever, and keeps the connection open. */
  void hush();

  /** Says nothing more, and takes nothing more either: what the client sends fills the buffers. */
  void vanish();
}
