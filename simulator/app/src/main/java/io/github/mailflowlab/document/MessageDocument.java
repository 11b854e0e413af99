package io.github.mailflowlab.document;

import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.Page;
import io.github.mailflowlab.queue.RecipientView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One message, queued or finished. */
public record MessageDocument(
    String id,
    String messageId,
    String from,
    String subject,
    long size,
    Instant received,
    Instant expires,
    Optional<String> connector,
    String status,
    int attempts,
    List<Recipient> recipients) {

  /** One of its recipients. */
  public record Recipient(
      String address, String status, Optional<String> code, Optional<String> lastError) {
    static Recipient of(RecipientView view) {
      return new Recipient(
          view.address().toString(),
          view.status().label(),
          view.code().map(Object::toString),
          view.lastError());
    }
  }

  /** A page of messages. */
  public record Listing(List<MessageDocument> messages, Optional<String> nextCursor) {
    public static Listing of(Page<MessageView> page) {
      return new Listing(
          page.items().stream().map(MessageDocument::of).toList(), page.nextCursor());
    }
  }

  public static MessageDocument of(MessageView view) {
    return new MessageDocument(
        view.id(),
        view.messageId(),
        view.from().toString(),
        view.subject(),
        view.size(),
        view.received(),
        view.expires(),
        view.connector(),
        view.status().label(),
        view.attempts(),
        view.recipients().stream().map(Recipient::of).toList());
  }
}
