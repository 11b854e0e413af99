package io.github.mailflowlab.config;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whether a connector that validates certificates asks if they are revoked, and what it makes of no
 * answer. What Exchange does without an answer is not known (exchange-online-behaviour 6.1).
 */
public enum Revocation {
  /** Nobody is asked. */
  OFF("off"),
  /** A certificate is good until it is known to be revoked. */
  SOFT("soft"),
  /** A certificate that names a list or a responder is good only once that has said so. */
  HARD("hard");

  private final String id;

  Revocation(String id) {
    this.id = id;
  }

  /** The word in a configuration. */
  public String id() {
    return id;
  }

  /** Reads {@link #id}; empty when it is none. */
  public static Optional<Revocation> parse(String text) {
    return Stream.of(values()).filter(one -> one.id.equals(text)).findFirst();
  }
}
