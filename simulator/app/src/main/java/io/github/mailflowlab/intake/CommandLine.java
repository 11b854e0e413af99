package io.github.mailflowlab.intake;

/** What came between two line ends while commands were expected. */
sealed interface CommandLine {
  /** A line, without CRLF. */
  record Text(String text) implements CommandLine {}

  /** Longer than {@link CommandLineReader#MAX_LINE}; swallowed up to its CRLF. */
  record TooLong() implements CommandLine {}

  /** A CR without LF, or a NUL, somewhere in a line; swallowed up to its CRLF. */
  record BadOctet() implements CommandLine {}

  /** Not UTF-8, which is all that a line may be with SMTPUTF8 (RFC 6531 3.3). */
  record NotUtf8() implements CommandLine {}

  /** A LF without CR. What follows must not be read: it may be somebody else's command. */
  record BareLf() implements CommandLine {}
}
