package io.github.mailflowlab.queue;

/**
 * What became of an operation on one thing.
 *
 * @param detail for people: why it does not apply; else empty
 */
public record OperationResult(Kind kind, String detail) {
  /** The three there are. */
  public enum Kind {
    /** It is done, and durable. */
    DONE,
    /** It makes no sense in the state that the thing is in; nothing was changed. */
    NOT_APPLICABLE,
    /** There is no such thing. */
    UNKNOWN
  }

  static final OperationResult DONE = new OperationResult(Kind.DONE, "");
  static final OperationResult UNKNOWN = new OperationResult(Kind.UNKNOWN, "");

  static OperationResult notApplicable(String why) {
    return new OperationResult(Kind.NOT_APPLICABLE, why);
  }
}
