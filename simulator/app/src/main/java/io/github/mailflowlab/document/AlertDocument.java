package io.github.mailflowlab.document;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.Notification;
import io.github.mailflowlab.failure.LastError;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One alert. */
public record AlertDocument(
    String id,
    String policy,
    String severity,
    String category,
    String activity,
    String state,
    Optional<String> connector,
    String subject,
    long count,
    int threshold,
    String details,
    Optional<String> code,
    Optional<String> lastError,
    String destinationServer,
    Instant raised,
    Instant updated,
    Optional<Instant> resolved,
    List<String> advice,
    boolean ongoing,
    boolean told,
    List<Note> notes,
    List<Notified> notifications) {

  /** What somebody did with it. */
  public record Note(Instant time, String state, String by, Optional<String> comment) {
    static Note of(Alert.Note note) {
      return new Note(note.time(), note.state().label(), note.by(), note.comment());
    }
  }

  /** How far it has come to tell one receiver. */
  public record Notified(
      String receiver, String about, String state, int tries, Optional<String> reason) {
    static Notified of(Notification one) {
      return new Notified(
          one.receiver(), one.about().label(), one.state().label(), one.tries(), one.reason());
    }
  }

  /** The list of alerts. */
  public record Listing(List<AlertDocument> alerts) {}

  public static AlertDocument of(Alert alert, List<Notification> notifications) {
    return new AlertDocument(
        alert.id(),
        alert.policy(),
        alert.severity(),
        alert.category(),
        alert.activity(),
        alert.state().label(),
        Optional.of(alert.connector()).filter(name -> !name.isEmpty()),
        alert.subject(),
        alert.count(),
        alert.threshold(),
        alert.details(),
        alert.lastError().map(error -> error.status().toString()),
        alert.lastError().map(LastError::toString),
        alert.destinationServer(),
        alert.raised(),
        alert.updated(),
        alert.resolved(),
        alert.advice(),
        alert.ongoing(),
        alert.told(),
        alert.notes().stream().map(Note::of).toList(),
        notifications.stream().map(Notified::of).toList());
  }
}
