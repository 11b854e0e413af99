package io.github.mailflowlab.junit;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.lab.SessionRecord;
import io.github.mailflowlab.lab.order.OrderReport;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the mail of a test that failed: a throwable, so that whatever shows the failure
 * shows it too. Each message has its events and the transcript of its last attempt, each host what
 * it saw and what its faults did.
 */
final class TimeLine extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_MESSAGES = 20;
  private static final int MAX_EVENTS = 40;

  private TimeLine(String text) {
    super(text, null, false, false);
  }

  /**
   * Of what there is.
   *
   * @param queue of the connector; empty when the test has none
   */
  static TimeLine of(Seed seed, List<SmartHost> hosts, Optional<MailQueue> queue) {
    StringBuilder text = new StringBuilder("time line (the same chances again: " + seed + ")");
    queue.ifPresent(ours -> describe(ours, text));
    hosts.forEach(host -> describe(host, queue.isEmpty(), text));
    return new TimeLine(text.toString());
  }

  private static void describe(MailQueue queue, StringBuilder text) {
    List<MessageView> messages =
        queue.messages(MessageFilter.ALL, MAX_MESSAGES, Optional.empty()).items();
    if (messages.isEmpty()) {
      text.append("\n  no mail was sent by the connector");
    }
    // The newest come first; a time line begins with the oldest.
    List<MessageView> oldestFirst = new ArrayList<>(messages);
    Collections.reverse(oldestFirst);
    oldestFirst.forEach(message -> describe(message, queue.trace(message.id()), text));
  }

  /** Where a connector tells what was said, its hosts need not say it again. */
  private static void describe(SmartHost host, boolean isHeard, StringBuilder text) {
    List<SessionRecord> sessions = host.sessions();
    text.append("\n  host ")
        .append(host)
        .append(": ")
        .append(sessions.size())
        .append(" sessions, ");
    text.append(host.received().size()).append(" messages stored");
    for (OrderReport fault : host.faults()) {
      text.append("\n    fault ").append(fault.order().id());
      text.append(fault.isCounted() ? " acted " + fault.acted() + " times" : ", which nobody sees");
    }
    if (isHeard && !sessions.isEmpty()) {
      SessionRecord last = sessions.get(sessions.size() - 1);
      last.transcript().forEach(line -> text.append("\n      ").append(line));
    }
  }

  private static void describe(MessageView message, List<TraceEvent> events, StringBuilder text) {
    text.append("\n  message ").append(message.id());
    text.append(" from <").append(message.from()).append(">, ");
    text.append(message.status().label()).append(" after ").append(message.attempts());
    text.append(" attempts");
    int skipped = Math.max(0, events.size() - MAX_EVENTS);
    if (skipped > 0) {
      text.append("\n    … ").append(skipped).append(" earlier events");
    }
    for (TraceEvent event : events.subList(skipped, events.size())) {
      text.append("\n    ").append(event.time()).append(' ').append(event.kind().label());
      event.recipient().ifPresent(recipient -> text.append(' ').append(recipient));
      event.code().ifPresent(code -> text.append(' ').append(code));
      text.append("  ").append(event.detail());
    }
    lastTranscript(events).forEach(line -> text.append("\n      ").append(line));
  }

  private static List<String> lastTranscript(List<TraceEvent> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      if (!events.get(i).transcript().isEmpty()) {
        return events.get(i).transcript();
      }
    }
    return List.of();
  }
}
