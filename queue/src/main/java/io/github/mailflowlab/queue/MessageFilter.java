package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which messages are meant; what is absent does not matter.
 *
 * @param sender its reverse-path, in any case
 * @param recipient one of its recipients, in any case
 * @param connector through which it goes or went
 * @param code that one of its recipients shows
 * @param queueId the queue in which it waits
 * @param olderThan received at least so long ago
 * @param newerThan received at most so long ago
 * @param suspended whether an operator holds it back itself, and not its queue
 */
public record MessageFilter(
    Optional<MessageStatus> status,
    Optional<ReversePath> sender,
    Optional<Mailbox> recipient,
    Optional<String> connector,
    Optional<EnhancedStatusCode> code,
    Optional<String> queueId,
    Optional<Duration> olderThan,
    Optional<Duration> newerThan,
    Optional<Boolean> suspended) {
  /** All there are. */
  public static final MessageFilter ALL =
      new MessageFilter(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  public MessageFilter withStatus(MessageStatus other) {
    return new MessageFilter(
        Optional.of(other),
        sender,
        recipient,
        connector,
        code,
        queueId,
        olderThan,
        newerThan,
        suspended);
  }

  public MessageFilter withRecipient(Mailbox other) {
    return new MessageFilter(
        status,
        sender,
        Optional.of(other),
        connector,
        code,
        queueId,
        olderThan,
        newerThan,
        suspended);
  }

  public MessageFilter withConnector(String other) {
    return new MessageFilter(
        status,
        sender,
        recipient,
        Optional.of(other),
        code,
        queueId,
        olderThan,
        newerThan,
        suspended);
  }

  public MessageFilter withQueueId(String other) {
    return new MessageFilter(
        status,
        sender,
        recipient,
        connector,
        code,
        Optional.of(other),
        olderThan,
        newerThan,
        suspended);
  }

  /** For people, such as {@code connector=To on-premises code=4.4.316}; {@code all} for ALL. */
  String told() {
    String words =
        Stream.of(
                word("status", status.map(MessageStatus::label)),
                word("sender", sender.map(path -> "<" + path + ">")),
                word("recipient", recipient),
                word("connector", connector),
                word("code", code),
                word("queue", queueId),
                word("olderThan", olderThan),
                word("newerThan", newerThan),
                word("suspended", suspended))
            .flatMap(Optional::stream)
            .collect(Collectors.joining(" "));
    return words.isEmpty() ? "all" : words;
  }

  private static Optional<String> word(String name, Optional<?> value) {
    return value.map(text -> name + "=" + text);
  }
}
