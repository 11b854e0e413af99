package io.github.mailflowlab.scenario;

import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes down what happens. Queues that do something at the same instant do it in any order; so
 * entries have a turn beside their time, which goes up with each thing that the scenario does, and
 * within one turn of one instant they are put in an order of their own. All threads.
 */
final class Chronicle implements EventSink {
  private static final Pattern LAST_ERROR = Pattern.compile("Reason: \\[\\{LED=(.*?)};\\{MSG=.*");

  /**
   * One thing that happened.
   *
   * @param turn of the scenario, as the class says
   * @param kind in one word
   * @param subject what it happened to; empty when nothing of interest
   * @param count how many times at once
   */
  record Entry(Instant time, int turn, String kind, String subject, String text, int count) {}

  private final List<Entry> entries = new ArrayList<>();
  private final List<Deferral> deferrals = new ArrayList<>();
  private int turn;

  private record Deferral(Optional<String> connector, EnhancedStatusCode code) {}

  /** Something that the scenario does itself. */
  synchronized void add(Instant time, String kind, String subject, String text, int count) {
    turn++;
    entries.add(new Entry(time, turn, kind, subject, text, count));
    turn++;
  }

  /** Something that has been going on beside it. */
  synchronized void addAside(Instant time, String kind, String subject, String text) {
    entries.add(new Entry(time, turn, kind, subject, text, 1));
  }

  @Override
  public void on(ConnectorEvent event) {
    TraceEvent trace = event.trace();
    String connector = event.connector().orElse("");
    switch (trace.kind()) {
      case DEFER -> deferred(event, connector);
      case SEND -> add(trace, "delivered", connector, "");
      case FAIL -> add(trace, "returned", connector, trace.detail());
      case DSN -> add(trace, "report", connector, trace.detail());
      case DELIVER -> add(trace, "mailbox", connector, trace.detail());
      case RESUBMIT, REMOVE, SUSPEND, RESUME, RETRY ->
          add(trace, "operated", connector, trace.detail());
      case RECEIVE, SUBMIT, EXPAND -> {
        // What comes in is told by who sends it.
      }
    }
  }

  private synchronized void deferred(ConnectorEvent event, String connector) {
    Matcher error = LAST_ERROR.matcher(event.trace().detail());
    add(
        event.trace(),
        "deferred",
        connector,
        error.matches() ? error.group(1) : event.trace().detail());
    event.trace().code().ifPresent(code -> deferrals.add(new Deferral(event.connector(), code)));
  }

  private synchronized void add(TraceEvent trace, String kind, String subject, String text) {
    entries.add(new Entry(trace.time(), turn, kind, subject, text, 1));
  }

  /** Every code with which mail was put off, behind one connector or all. */
  synchronized Set<String> codes(Optional<String> connector) {
    Set<String> codes = new TreeSet<>();
    for (Deferral deferral : deferrals) {
      if (connector.isEmpty() || connector.equals(deferral.connector())) {
        codes.add(deferral.code().toString());
      }
    }
    return codes;
  }

  /** All of it, in no order. */
  synchronized List<Entry> entries() {
    return List.copyOf(entries);
  }
}
