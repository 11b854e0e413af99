package io.github.mailflowlab.junit;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.RecipientView;
import java.util.List;
import org.assertj.core.api.AbstractAssert;

/** What must have become of a message, as it was when the assertion began. */
public final class MessageAssert extends AbstractAssert<MessageAssert, MessageView> {
  private final List<RecipientView> recipients;

  MessageAssert(MessageView message) {
    this(message, message.recipients());
  }

  private MessageAssert(MessageView message, List<RecipientView> recipients) {
    super(message, MessageAssert.class);
    this.recipients = recipients;
  }

  /** Goes on with one of its recipients. */
  public MessageAssert to(String address) {
    Mailbox mailbox = Mailbox.of(address);
    List<RecipientView> found =
        recipients.stream().filter(recipient -> recipient.address().equals(mailbox)).toList();
    if (found.isEmpty()) {
      throw failure("Expected the recipient %s, but there are only %s", address, shown());
    }
    return new MessageAssert(actual, found);
  }

  /** All recipients are still waiting. */
  public MessageAssert isQueued() {
    return are(MessageStatus.PENDING, "queued");
  }

  /** The next hop took it for all recipients. */
  public MessageAssert isDelivered() {
    return are(MessageStatus.DELIVERED, "delivered");
  }

  /** It was returned to the sender for all recipients. */
  public MessageAssert isReturned() {
    return are(MessageStatus.FAILED, "returned");
  }

  /**
   * All recipients show this code, such as {@code 4.4.316} while queued, or {@code 5.4.316} once
   * returned.
   */
  public MessageAssert withCode(String code) {
    boolean same =
        recipients.stream()
            .allMatch(one -> one.code().map(Object::toString).filter(code::equals).isPresent());
    if (!same) {
      throw failure("Expected the code %s, but found %s", code, shown());
    }
    return this;
  }

  /** All recipients show an error that contains this text. */
  public MessageAssert withLastError(String part) {
    if (!recipients.stream().allMatch(one -> one.lastError().orElse("").contains(part))) {
      throw failure("Expected an error with \"%s\", but found %s", part, shown());
    }
    return this;
  }

  /** So many attempts were made, the probes of its queue included. */
  public MessageAssert afterAttempts(int count) {
    if (actual.attempts() != count) {
      throw failure("Expected %s attempts, but there were %s", count, actual.attempts());
    }
    return this;
  }

  private MessageAssert are(MessageStatus status, String word) {
    if (!recipients.stream().allMatch(recipient -> recipient.status() == status)) {
      throw failure(
          "Expected message %s to be %s, but after %s attempts: %s",
          actual.id(), word, actual.attempts(), shown());
    }
    return this;
  }

  private List<String> shown() {
    return recipients.stream()
        .map(
            one ->
                one.address()
                    + " "
                    + one.status().label()
                    + one.lastError().map(error -> " (" + error + ")").orElse(""))
        .toList();
  }
}
