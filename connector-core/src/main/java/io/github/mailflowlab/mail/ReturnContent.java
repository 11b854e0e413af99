package io.github.mailflowlab.mail;

/** How much of a message a report about it returns (RFC 3461 4.3). */
public enum ReturnContent {
  FULL,
  HDRS
}
