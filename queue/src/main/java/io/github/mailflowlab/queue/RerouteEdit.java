package io.github.mailflowlab.queue;

import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.SpooledEntry;
import io.github.mailflowlab.queue.spool.SpooledMail;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.routing.Route;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.status.ReturnStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Routes the recipients that a message waits for as if it had just come, like Exchange's {@code
 * Retry-Queue -Resubmit}. Whom routing refuses now stays in the queue: an operator who repairs a
 * configuration in steps must not lose mail between two of them. Confined to the queue's thread.
 *
 * @param returns returns those whom an Authoritative domain does not know; absent to leave them in
 *     the queue with the others
 */
record RerouteEdit(
    QueuePorts ports, HopQueues queues, Admission admission, Optional<Returns> returns)
    implements MessageEdit {
  private static final FinalError NO_SUCH_RECIPIENT =
      new FinalError(
          ReturnStatus.NO_SUCH_RECIPIENT.code(),
          ReturnStatus.NO_SUCH_RECIPIENT.reply(),
          Optional.empty());
  private static final Route UNKNOWN = new Route.Refused(Router.UNKNOWN_RECIPIENT);

  @Override
  public Optional<String> edit(SpooledMail mail, Transaction transaction, Instant now) {
    Map<SpooledRecipient, Route> moving = moving(mail);
    List<SpooledRecipient> unknown = returns.isPresent() ? unknown(mail) : List.of();
    if (moving.isEmpty() && unknown.isEmpty()) {
      return Optional.of("is routed as before");
    }
    String id = mail.message().id();
    Map<Integer, SpooledRecipient> after = new LinkedHashMap<>();
    mail.recipients().forEach(recipient -> after.put(recipient.position(), recipient));
    List<SpooledRecipient> here = new ArrayList<>();
    moving.forEach(
        (recipient, route) -> {
          SpooledRecipient moved = moved(recipient, route, now);
          after.put(moved.position(), moved);
          transaction.add(new Change.UpdateRecipient(id, moved));
          if (!moved.isPending()) {
            here.add(moved);
          }
        });
    admission.deliver(transaction, mail.message(), here, now);
    unknown.forEach(recipient -> after.remove(recipient.position()));
    returns.ifPresent(way -> giveBack(way, mail, unknown, transaction, now));
    List<SpooledRecipient> pending =
        after.values().stream().filter(SpooledRecipient::isPending).toList();
    leaveQueues(mail, pending, transaction);
    joinQueues(mail, pending, transaction);
    transaction.add(new Change.Settle(id));
    return Optional.empty();
  }

  private List<SpooledRecipient> unknown(SpooledMail mail) {
    return mail.recipients().stream()
        .filter(recipient -> recipient.isPending() && route(recipient).equals(UNKNOWN))
        .toList();
  }

  private Route route(SpooledRecipient recipient) {
    return Router.route(ports.organization().get(), ports.connectors().get(), recipient.address());
  }

  /** As if they had never been taken; so the NDR tells of no attempt. */
  private void giveBack(
      Returns way,
      SpooledMail mail,
      List<SpooledRecipient> unknown,
      Transaction transaction,
      Instant now) {
    List<Returns.Returned> returned =
        unknown.stream()
            .map(
                recipient ->
                    new Returns.Returned(
                        recipient,
                        queues.of(recipient.queue().orElseThrow()).nextHop().connector(),
                        new ReturnedRecipient(
                            recipient.address(),
                            recipient.dsn().orcpt(),
                            NO_SUCH_RECIPIENT,
                            Optional.empty(),
                            Optional.empty())))
            .toList();
    way.add(transaction, mail, returned, queues.attemptsShown(mail.entries()), now, List.of());
  }

  /** The recipients that go elsewhere now. */
  private Map<SpooledRecipient, Route> moving(SpooledMail mail) {
    Map<SpooledRecipient, Route> moving = new LinkedHashMap<>();
    for (SpooledRecipient recipient : mail.recipients()) {
      if (recipient.isPending()) {
        NextHop before = queues.of(recipient.queue().orElseThrow()).nextHop();
        Route route = route(recipient);
        if (!(route instanceof Route.Refused) && !route.equals(new Route.ViaConnector(before))) {
          moving.put(recipient, route);
        }
      }
    }
    return moving;
  }

  private SpooledRecipient moved(SpooledRecipient recipient, Route route, Instant now) {
    return route instanceof Route.ViaConnector via
        ? recipient.movedTo(queues.findOrCreate(via.nextHop()).number(), now)
        : recipient.intoMailbox(now);
  }

  private void leaveQueues(
      SpooledMail mail, List<SpooledRecipient> pending, Transaction transaction) {
    for (SpooledEntry entry : mail.entries()) {
      if (entry.isOpen() && pending.stream().noneMatch(one -> one.isIn(entry.queue()))) {
        new Departure(queues).leave(entry, transaction);
      }
    }
  }

  private void joinQueues(
      SpooledMail mail, List<SpooledRecipient> pending, Transaction transaction) {
    pending.stream()
        .map(recipient -> recipient.queue().orElseThrow())
        .distinct()
        .forEach(number -> place(mail, queues.of(number), next(pending, number), transaction));
  }

  private static Instant next(List<SpooledRecipient> pending, long number) {
    return pending.stream()
        .filter(recipient -> recipient.isIn(number))
        .map(SpooledRecipient::nextAttempt)
        .min(Comparator.naturalOrder())
        .orElseThrow();
  }

  private void place(SpooledMail mail, HopQueue queue, Instant next, Transaction transaction) {
    Optional<SpooledEntry> known = mail.entry(queue.number());
    if (known.filter(SpooledEntry::isOpen).isPresent()) {
      SpooledEntry entry = known.get();
      transaction.add(new Change.UpdateEntry(entry.waiting(entry.attempts(), next)));
      return;
    }
    if (!queue.isStored()) {
      transaction.add(new Change.StoreQueue(queue.snapshot()));
    }
    SpooledEntry entry =
        known
            .map(left -> left.again(queue.probes(), next))
            .orElseGet(() -> Admission.entry(mail.message(), queue, next));
    transaction.add(new Change.JoinQueue(entry.suspended(mail.isSuspended())));
    queue.joined();
  }
}
