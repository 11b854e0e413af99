package io.github.mailflowlab.node;

import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import java.time.Instant;
import java.util.List;

/** Passes events on to those who watch; they exist only after queue and client do. */
final class Events implements EventSink, CertificateSink {
  private volatile List<EventSink> sinks = List.of();
  private volatile List<CertificateSink> certificates = List.of();

  void to(List<EventSink> watchers, List<CertificateSink> certificateWatchers) {
    sinks = List.copyOf(watchers);
    certificates = List.copyOf(certificateWatchers);
  }

  @Override
  public void on(ConnectorEvent event) {
    for (EventSink sink : sinks) {
      sink.on(event);
    }
  }

  @Override
  public void onSpool(boolean writable) {
    for (EventSink sink : sinks) {
      sink.onSpool(writable);
    }
  }

  @Override
  public void seen(String connector, String server, Instant expires) {
    for (CertificateSink sink : certificates) {
      sink.seen(connector, server, expires);
    }
  }
}
