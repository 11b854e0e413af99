package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.notify.MailText.Field;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.routing.Organization;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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
    MailText text = over ? resolved(alert) : raised(alert);
    return new AlternativeMail(
            us.postmaster(),
            us.admins(),
            subject(alert, over),
            now,
            alert.id() + (over ? ".resolved" : ".raised") + "@" + us.defaultDomain(),
            text.plain(),
            text.html())
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

  private static MailText raised(Alert alert) {
    String closing =
        isAboutWaitingMail(alert)
            ? "The mail is tried again until it expires; what expires goes back to its sender."
            : "";
    return new MailText(alert.details(), fields(alert), alert.advice(), closing);
  }

  private static MailText resolved(Alert alert) {
    return new MailText(howItEnded(alert), fields(alert), List.of(), "");
  }

  private static String howItEnded(Alert alert) {
    if (alert.ongoing()) {
      return "Somebody closed this alert. Its cause may still be there.";
    }
    return isAboutWaitingMail(alert)
        ? "The connector \""
            + alert.connector()
            + "\" no longer has enough delayed mail for this alert:"
            + " it was delivered, returned or removed."
        : "What this alert told of is no longer so.";
  }

  private static boolean isAboutWaitingMail(Alert alert) {
    return alert.activity().equals("MessagesQueued");
  }

  private static List<Field> fields(Alert alert) {
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("Severity", alert.severity()));
    fields.add(new Field("Policy", alert.policy()));
    fields.add(new Field("Status", alert.state().label()));
    fields.add(new Field("Time", readable(alert.raised())));
    alert.resolved().ifPresent(end -> fields.add(new Field("Resolved", readable(end))));
    fields.add(new Field("Activity", alert.activity()));
    fields.add(
        new Field("Activity count", alert.count() + " (threshold " + alert.threshold() + ")"));
    if (!alert.connector().isEmpty()) {
      String server = alert.destinationServer();
      fields.add(new Field("Connector", alert.connector()));
      fields.add(new Field("Destination server", server.isEmpty() ? "by MX record" : server));
      fields.add(
          new Field("Last error", alert.lastError().map(LastError::toString).orElse("none yet")));
    }
    for (Alert.Note note : alert.notes()) {
      String comment = note.comment().map(why -> ": " + why).orElse("");
      fields.add(new Field(note.state().label(), "by " + note.by() + comment));
    }
    fields.add(new Field("Alert id", alert.id()));
    return fields;
  }

  private static String readable(Instant instant) {
    return READABLE.format(instant.truncatedTo(ChronoUnit.SECONDS));
  }
}
