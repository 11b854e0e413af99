package io.github.mailflowlab.node;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import java.util.List;

/** Passes events on to those who watch; they exist only after the queue does. */
final class Events implements EventSink {
  private volatile List<EventSink> sinks = List.of();

  void to(List<EventSink> watchers) {
    sinks = List.copyOf(watchers);
  }

  @Override
  public void on(ConnectorEvent event) {
    for (EventSink sink : sinks) {
      sink.on(event);
    }
  }
}
