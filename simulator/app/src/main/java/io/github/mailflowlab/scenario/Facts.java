package io.github.mailflowlab.scenario;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.lab.ReceivedMessage;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.MailboxView;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageStatus;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.Page;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.queue.RecipientView;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is so at one instant, asked from the queue, the alerts and the hosts themselves. For one
 * thread, while nothing is under way.
 */
final class Facts {
  private static final int PAGE = 1000;

  private final World world;
  private final Set<String> ids;

  Facts(World world) {
    this.world = world;
    this.ids =
        world.submitted().stream()
            .map(Submission.Result::id)
            .flatMap(Optional::stream)
            .collect(Collectors.toSet());
  }

  Seen delivered(Scope scope) {
    return recipients(scope, MessageStatus.DELIVERED);
  }

  Seen returned(Scope scope) {
    return recipients(scope, MessageStatus.FAILED);
  }

  Seen waiting(Scope scope) {
    return recipients(scope, MessageStatus.PENDING);
  }

  private Seen recipients(Scope scope, MessageStatus status) {
    return Seen.Numbers.of(
        recipients(scope).filter(recipient -> recipient.status() == status).count());
  }

  /** Refused mail has no message, so it is looked for by recipient alone. */
  Seen refused(Scope scope) {
    return Seen.Numbers.of(
        world.submitted().stream()
            .flatMap(result -> result.rejected().keySet().stream())
            .filter(isOrAbsent(scope.to()))
            .count());
  }

  Seen attempts(Scope scope) {
    return Seen.Numbers.of(messages(scope).mapToLong(MessageView::attempts));
  }

  Seen stored(Scope scope) {
    return Seen.Numbers.of(hosts(scope).mapToLong(host -> host.received().size()).sum());
  }

  Seen duplicates(Scope scope) {
    return Seen.Numbers.of(hosts(scope).mapToLong(Facts::storedBefore).sum());
  }

  /** Beyond its {@code Received} lines, a mail that comes again is the same. */
  private static long storedBefore(NamedHost host) {
    Set<String> known = new HashSet<>();
    return host.received().stream().filter(mail -> !known.add(text(mail))).count();
  }

  private static String text(ReceivedMessage mail) {
    String content = new String(mail.content(), StandardCharsets.ISO_8859_1);
    return mail.rcpts() + content.substring(Math.max(0, content.indexOf("\r\nFrom:")));
  }

  Seen sessions(Scope scope) {
    return Seen.Numbers.of(hosts(scope).mapToLong(NamedHost::sessionCount).sum());
  }

  Seen ndrs(Scope scope) {
    return Seen.Numbers.of(reports(scope).filter(MailboxView::ndr).count());
  }

  Seen delayNotices(Scope scope) {
    return Seen.Numbers.of(
        reports(scope).filter(report -> !report.ndr() && report.status().isPresent()).count());
  }

  Seen alerts(Scope scope) {
    return Seen.Numbers.of(alertsOf(scope).count());
  }

  Seen openAlerts(Scope scope) {
    return Seen.Numbers.of(alertsOf(scope).filter(alert -> alert.resolved().isEmpty()).count());
  }

  Seen codes(Scope scope) {
    return new Seen.Words(world.chronicle().codes(scope.connector()));
  }

  Seen code(Scope scope) {
    return words(
        recipients(scope)
            .filter(recipient -> recipient.status() == MessageStatus.PENDING)
            .map(RecipientView::code));
  }

  Seen ndr(Scope scope) {
    return words(reports(scope).filter(MailboxView::ndr).map(MailboxView::status));
  }

  Seen queue(Scope scope) {
    return new Seen.Words(
        world.node().queue().queues().stream()
            .filter(queue -> scope.connector().map(connectorOf(queue)::equals).orElse(true))
            .map(queue -> queue.status().label())
            .collect(Collectors.toSet()));
  }

  private static String connectorOf(QueueView queue) {
    return queue.nextHop().connector();
  }

  private static Seen words(Stream<Optional<EnhancedStatusCode>> codes) {
    return new Seen.Words(
        codes.flatMap(Optional::stream).map(Objects::toString).collect(Collectors.toSet()));
  }

  private Stream<NamedHost> hosts(Scope scope) {
    return world.hosts().stream()
        .filter(host -> scope.host().map(host.name()::equals).orElse(true));
  }

  private Stream<Alert> alertsOf(Scope scope) {
    return world.node().alerts().alerts().stream()
        .filter(alert -> scope.connector().map(alert.connector()::equals).orElse(true));
  }

  private Stream<RecipientView> recipients(Scope scope) {
    return messages(scope)
        .flatMap(message -> message.recipients().stream())
        .filter(recipient -> isOrAbsent(scope.to()).test(recipient.address()));
  }

  private Stream<MessageView> messages(Scope scope) {
    MailQueue queue = world.node().queue();
    return all(cursor -> queue.messages(filter(scope), PAGE, cursor)).stream()
        .filter(message -> ids.contains(message.id()))
        .filter(message -> scope.from().isEmpty() || message.from().mailbox().equals(scope.from()));
  }

  private static MessageFilter filter(Scope scope) {
    MessageFilter filter = MessageFilter.ALL;
    if (scope.connector().isPresent()) {
      filter = filter.withConnector(scope.connector().get());
    }
    return scope.to().map(filter::withRecipient).orElse(filter);
  }

  private Stream<MailboxView> reports(Scope scope) {
    MailQueue queue = world.node().queue();
    return all(cursor -> queue.mailboxes(PAGE, cursor)).stream()
        .filter(report -> isOrAbsent(scope.from()).test(report.mailbox()));
  }

  private static Predicate<Mailbox> isOrAbsent(Optional<Mailbox> wanted) {
    return mailbox -> wanted.map(mailbox::equals).orElse(true);
  }

  private static <T> List<T> all(Function<Optional<String>, Page<T>> read) {
    List<T> all = new ArrayList<>();
    Page<T> page = read.apply(Optional.empty());
    all.addAll(page.items());
    while (page.nextCursor().isPresent()) {
      page = read.apply(page.nextCursor());
      all.addAll(page.items());
    }
    return all;
  }
}
