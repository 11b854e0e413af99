package io.github.mailflowlab.alerting;

/** What became of the wish to change an alert's state by hand. */
public enum AlertChange {
  /** It is so now, and noted. */
  DONE,
  /** The alert's state does not allow it, so nothing has changed. */
  NOT_APPLICABLE,
  /** No alert of this id is known. */
  UNKNOWN
}
