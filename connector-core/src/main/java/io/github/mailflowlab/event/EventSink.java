package io.github.mailflowlab.event;

/** Hears what happens. */
@FunctionalInterface
public interface EventSink {
  /** Called on the queue's thread, in order; must return at once and must not throw. */
  void on(ConnectorEvent event);

  /**
   * Told when what happens can be recorded no more, and when it can again. Called as {@link #on}
   * is.
   */
  default void onSpool(boolean writable) {}
}
