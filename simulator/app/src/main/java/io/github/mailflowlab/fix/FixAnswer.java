package io.github.mailflowlab.fix;

import io.github.mailflowlab.document.FixDocument;

/** What Fix now says to a request. */
public sealed interface FixAnswer {
  /** How it repairs the alert, or would. */
  record Plan(FixDocument document) implements FixAnswer {}

  /**
   * It does not apply; nothing was changed.
   *
   * @param why for people
   */
  record Refused(String why) implements FixAnswer {}

  /** There is no such alert. */
  record NoAlert() implements FixAnswer {}
}
