package io.github.mailflowlab.document;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.MessageView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A message, with everything that happened to it. */
public record TraceDocument(@JsonUnwrapped MessageDocument message, List<Event> events) {

  /** One line of the trace. */
  public record Event(
      Instant time,
      String event,
      Optional<String> recipient,
      Optional<String> code,
      String detail,
      List<String> transcript) {
    static Event of(TraceEvent event) {
      return new Event(
          event.time(),
          event.kind().label(),
          event.recipient().map(Object::toString),
          event.code().map(Object::toString),
          event.detail(),
          event.transcript());
    }
  }

  public static TraceDocument of(MessageView message, List<TraceEvent> events) {
    return new TraceDocument(MessageDocument.of(message), events.stream().map(Event::of).toList());
  }
}
