package io.github.mailflowlab.lab.smtp;

/**
 * What stands before the host and reads along: one for each session, which may remember what it
 * saw. It reads what the client says within TLS too, as one that ends TLS itself does. Confined to
 * the session's event loop.
 */
@FunctionalInterface
public interface Firewall {
  /** What becomes of a segment, and of the session. */
  enum Verdict {
    /** The host gets it. */
    PASS,
    /** Nobody gets it; nothing passes any more, either way. */
    SWALLOW,
    /** Nobody gets it; the connection is closed (FIN). */
    CLOSE,
    /** Nobody gets it; the connection is reset (RST). */
    RESET
  }

  /**
   * Judges what came in one piece.
   *
   * @param text each byte a character
   * @param isContent whether the host expects content, rather than a command, at its beginning
   */
  Verdict judge(String text, boolean isContent);
}
