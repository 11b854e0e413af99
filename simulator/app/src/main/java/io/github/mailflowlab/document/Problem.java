package io.github.mailflowlab.document;

/** An error answer (RFC 9457). */
public record Problem(String type, String title, int status, String detail) {
  /** A problem that needs no page of its own. */
  public static Problem of(int status, String title, String detail) {
    return new Problem("about:blank", title, status, detail);
  }
}
