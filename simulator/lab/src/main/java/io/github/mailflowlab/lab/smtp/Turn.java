package io.github.mailflowlab.lab.smtp;

import java.time.Duration;
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

  /** What else the host knows. */
  Situation situation();

  /** With whom the host deals, and about what. */
  Dealing dealing();

  /** Notes that a fault order acts in this session. */
  void fault(String id);

  /** Does what a healthy host does, all but the reply: stores the message, starts TLS, ... */
  void take();

  /** Sends bytes as they are. */
  void send(byte[] bytes);

  /** Sends bytes one by one, a pause after each. */
  void drip(byte[] bytes, Duration pause);

  /** What follows leaves only after a pause; what comes in is dealt with as ever. */
  void pause(Duration pause);

  /** Sends the bytes again and again, as fast as the client takes them. */
  void flood(byte[] chunk);

  /** Ends the connection (FIN), after what was sent has left. */
  void end();

  /** As {@link #end}, but without a goodbye where TLS is up. */
  void truncate();

  /** Resets the connection (RST), after what was sent has left. */
  void reset();

  /** Ends our side of the connection (FIN) and goes on reading, without a word. */
  void halfClose();

  /** Says nothing more, ever, and keeps the connection open. */
  void hush();

  /** Says nothing more, and takes nothing more either: what the client sends fills the buffers. */
  void vanish();
}
