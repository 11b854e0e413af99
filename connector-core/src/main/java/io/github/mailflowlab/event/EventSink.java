package io.github.mailflowlab.event;

/** Hears what happens. */
@FunctionalInterface
public interface EventSink {
  /** Called on the queue's thread, in order; must return at once and must not throw. */
  void on(ConnectorEvent event);
}
