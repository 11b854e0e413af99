package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.routing.Organization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * What an administrator reads about an alert. Exchange's own text was never found
 * (exchange-online-behaviour 5.1), so this one is ours: the alert's fields, then the advice.
 */
final class AlertMail {
  private static final DateTimeFormatter READABLE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AlertMail() {}

  /** The whole mail as octets, header and body, ready for DATA. */
  static byte[] compose(Alert alert, Organization us, Instant now) {
    boolean over = alert.resolved().isPresent();
    return new PlainTextMail(
            us.postmaster(),
            us.admins(),
            subject(alert, over),
            now,
            alert.id() + (over ? ".resolved" : ".raised") + "@" + us.defaultDomain(),
            over ? resolved(alert) : raised(alert))
        .toBytes();
  }

  private static String subject(Alert alert, boolean over) {
    return (over ? alert.state().label() : alert.severity())
        + ": "
        + alert.policy()
        + " ("
        + alert.subject()
        + ")";
  }

  private static String raised(Alert alert) {
    StringBuilder text = new StringBuilder();
    text.append(oneLine(alert.details())).append("\n\n");
    fields(text, alert);
    text.append("\nWhat to do:\n");
    numbered(text, alert.advice());
    if (isAboutWaitingMail(alert)) {
      text.append("\nThe mail is tried again until it expires; what expires goes back to its")
          .append(" sender.\n");
    }
    return text.toString();
  }

  private static String resolved(Alert alert) {
    StringBuilder text = new StringBuilder();
    text.append(howItEnded(alert));
    text.append("\n\n");
    fields(text, alert);
    return text.toString();
  }

  private static String howItEnded(Alert alert) {
    if (alert.ongoing()) {
      return "Somebody closed this alert. Its cause may still be there.";
    }
    return isAboutWaitingMail(alert)
        ? "The connector \""
            + oneLine(alert.connector())
            + "\" no longer has enough delayed mail for this alert:"
            + " it was delivered, returned or removed."
        : "What this alert told of is no longer so.";
  }

  private static boolean isAboutWaitingMail(Alert alert) {
    return alert.activity().equals("MessagesQueued");
  }

  private static void fields(StringBuilder text, Alert alert) {
    field(text, "Severity", alert.severity());
    field(text, "Policy", alert.policy());
    field(text, "Status", alert.state().label());
    field(text, "Time", readable(alert.raised()));
    alert.resolved().ifPresent(end -> field(text, "Resolved", readable(end)));
    field(text, "Activity", alert.activity());
    field(text, "Activity count", alert.count() + " (threshold " + alert.threshold() + ")");
    if (!alert.connector().isEmpty()) {
      field(text, "Connector", alert.connector());
      String server = alert.destinationServer();
      field(text, "Destination server", server.isEmpty() ? "by MX record" : server);
      field(text, "Last error", alert.lastError().map(LastError::toString).orElse("none yet"));
    }
    for (Alert.Note note : alert.notes()) {
      String comment = note.comment().map(why -> ": " + why).orElse("");
      field(text, note.state().label(), "by " + note.by() + comment);
    }
    field(text, "Alert id", alert.id());
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append(name).append(": ").append(oneLine(value)).append('\n');
  }

  private static void numbered(StringBuilder text, List<String> steps) {
    for (int i = 0; i < steps.size(); i++) {
      text.append(i + 1).append(". ").append(steps.get(i)).append('\n');
    }
  }

  /** Names and replies come without control characters; a mail does not rely on it. */
  private static String oneLine(String value) {
    return value.replaceAll("\\p{Cc}", "?");
  }

  private static String readable(Instant instant) {
    return READABLE.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }
}
