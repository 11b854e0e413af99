package io.github.mailflowlab.mail;

import java.util.Optional;

/**
 * The submitter's own id for a message (RFC 3461 4.4).
 *
 * @param xtext 1 to 100 characters, encoded as it came
 */
public record EnvelopeId(String xtext) {
  private static final int MAX_LENGTH = 100;

  public EnvelopeId {
    if (!Xtext.isValid(xtext, MAX_LENGTH)) {
      throw new IllegalArgumentException("envid: " + xtext + " (expected: xtext, 1 to 100)");
    }
  }

  /** Reads a value of MAIL's {@code ENVID=}; empty when it is none. */
  public static Optional<EnvelopeId> parse(String text) {
    return Xtext.isValid(text, MAX_LENGTH) ? Optional.of(new EnvelopeId(text)) : Optional.empty();
  }

  /** The id without its encoding. Anything may stand in it, control characters included. */
  public String text() {
    return Xtext.decode(xtext);
  }
}
