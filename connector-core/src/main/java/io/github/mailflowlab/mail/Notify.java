package io.github.mailflowlab.mail;

/** What a submitter wants to be told about a recipient (RFC 3461 4.1). */
public enum Notify {
  /** Nothing at all; stands alone. */
  NEVER,
  SUCCESS,
  FAILURE,
  DELAY
}
