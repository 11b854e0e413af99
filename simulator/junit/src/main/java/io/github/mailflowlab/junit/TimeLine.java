package io.github.mailflowlab.junit;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * What happened to the mail of a test that failed: a throwable, so that whatever shows the failure
 * shows it too. Each message has its events, and the transcript of its last attempt.
 */
final class TimeLine extends Throwable {
  private static final long serialVersionUID = 1L;
  private static final int MAX_MESSAGES = 20;
  private static final int MAX_EVENTS = 40;

  private TimeLine(String text) {
    super(text, null, false, false);
  }

  static TimeLine of(Relay relay) {
    MailQueue queue = relay.queue();
    List<MessageView> messages =
        queue.messages(MessageFilter.ALL, MAX_MESSAGES, Optional.empty()).items();
    StringBuilder text = new StringBuilder("time line");
    if (messages.isEmpty()) {
      text.append(": no mail was sent");
    }
    // The newest come first; a time line begins with the oldest.
    List<MessageView> oldestFirst = new ArrayList<>(messages);
    Collections.reverse(oldestFirst);
    oldestFirst.forEach(message -> describe(message, queue.trace(message.id()), text));
    return new TimeLine(text.toString());
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
