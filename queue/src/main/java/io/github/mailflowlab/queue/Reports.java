package io.github.mailflowlab.queue;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.Notify;
import io.github.mailflowlab.mail.ReturnContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.ndr.Cover;
import io.github.mailflowlab.queue.ndr.DelayComposer;
import io.github.mailflowlab.queue.ndr.DelayNotice;
import io.github.mailflowlab.queue.ndr.NdrComposer;
import io.github.mailflowlab.queue.ndr.Original;
import io.github.mailflowlab.queue.ndr.ReachedRecipient;
import io.github.mailflowlab.queue.ndr.Receipt;
import io.github.mailflowlab.queue.ndr.ReceiptComposer;
import io.github.mailflowlab.queue.ndr.Report;
import io.github.mailflowlab.queue.ndr.ReportKind;
import io.github.mailflowlab.queue.ndr.ReturnedRecipient;
import io.github.mailflowlab.queue.spool.Change;
import io.github.mailflowlab.queue.spool.MailboxItem;
import io.github.mailflowlab.queue.spool.SpooledMessage;
import io.github.mailflowlab.queue.spool.SpooledRecipient;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts reports into the sender's mailbox in the lab, whatever its domain: of one transaction at
 * most one that returns, and one that tells of success to those who asked for it (RFC 3461 4.1).
 * Nothing is reported to a null reverse-path. Confined to the queue's thread.
 */
final class Reports {
  private static final Logger log = LoggerFactory.getLogger(Reports.class);

  /**
   * In octets; of a larger message an NDR returns the header only. The default of {@code
   * ExternalDsnMaxMessageAttachSize} (Set-TransportConfig), also where RET=FULL was asked for.
   */
  static final long MAX_RETURNED = 10L << 20;

  private static final SmtpReply DELIVERED = SmtpReply.of(250, "2.1.5 Delivered to the mailbox");

  private final QueuePorts ports;
  private final MessageIds ids;

  Reports(QueuePorts ports, MessageIds ids) {
    this.ports = ports;
    this.ids = ids;
  }

  /** Adds one NDR for all of them, unless there are none. */
  void returned(
      Transaction transaction,
      SpooledMessage message,
      List<ReturnedRecipient> recipients,
      int attempts,
      Instant now) {
    if (recipients.isEmpty() || message.reversePath().isNull()) {
      return;
    }
    Cover cover = cover(original(message), now);
    EnhancedStatusCode status = recipients.get(0).error().status();
    put(
        transaction,
        item(cover, ReportKind.FAILED, status),
        NdrComposer.compose(new Report(cover, attempts, recipients)));
  }

  /** Adds one delay notice for all of them. */
  void delayed(
      Transaction transaction,
      SpooledMessage message,
      List<DelayNotice.Waiting> recipients,
      Instant now) {
    Cover cover = cover(original(message, header(message), Optional.empty()), now);
    put(
        transaction,
        item(cover, ReportKind.DELAYED, DelayComposer.STATUS),
        DelayComposer.compose(new DelayNotice(cover, message.expires(), recipients)));
  }

  /** Adds one receipt for those of them who are to be told of, from a message that is stored. */
  void relayed(
      Transaction transaction,
      SpooledMessage message,
      Map<SpooledRecipient, SmtpReply> delivered,
      Optional<String> nextHop,
      Instant now) {
    List<ReachedRecipient> recipients =
        delivered.entrySet().stream()
            .filter(one -> one.getKey().dsn().wants(Notify.SUCCESS))
            .map(one -> reached(one.getKey(), one.getValue(), nextHop))
            .toList();
    if (!recipients.isEmpty()) {
      reached(transaction, message, header(message), ReportKind.RELAYED, recipients, now);
    }
  }

  /** Adds one receipt for recipients whose mail is in mailboxes of the lab since it came. */
  void delivered(
      Transaction transaction,
      SpooledMessage message,
      HeaderBlock header,
      List<SpooledRecipient> delivered) {
    delivered(transaction, message, header::text, delivered, message.received());
  }

  /** The same for a message that is stored, and reached the mailboxes now. */
  void delivered(
      Transaction transaction,
      SpooledMessage message,
      List<SpooledRecipient> delivered,
      Instant now) {
    delivered(transaction, message, () -> header(message), delivered, now);
  }

  private void delivered(
      Transaction transaction,
      SpooledMessage message,
      Supplier<String> header,
      List<SpooledRecipient> delivered,
      Instant now) {
    List<ReachedRecipient> recipients =
        delivered.stream()
            .filter(one -> one.dsn().wants(Notify.SUCCESS))
            .map(one -> reached(one, DELIVERED, Optional.empty()))
            .toList();
    if (!recipients.isEmpty()) {
      reached(transaction, message, header.get(), ReportKind.DELIVERED, recipients, now);
    }
  }

  private void reached(
      Transaction transaction,
      SpooledMessage message,
      String header,
      ReportKind kind,
      List<ReachedRecipient> recipients,
      Instant now) {
    if (message.reversePath().isNull()) {
      return;
    }
    Cover cover = cover(original(message, header, Optional.empty()), now);
    put(
        transaction,
        item(cover, kind, recipients.get(0).reply().status()),
        ReceiptComposer.compose(new Receipt(cover, kind, recipients)));
  }

  private static ReachedRecipient reached(
      SpooledRecipient recipient, SmtpReply reply, Optional<String> takenBy) {
    return new ReachedRecipient(recipient.address(), recipient.dsn().orcpt(), reply, takenBy);
  }

  private static void put(Transaction transaction, MailboxItem item, MessageContent content) {
    transaction.add(new Change.StoreMailboxItem(item, Optional.of(content)));
  }

  private static MailboxItem item(Cover cover, ReportKind kind, EnhancedStatusCode status) {
    return new MailboxItem(
        cover.id(),
        cover.original().sender(),
        cover.id(),
        ReversePath.NULL,
        kind.subject(cover.original().subject()),
        cover.time(),
        kind == ReportKind.FAILED,
        Optional.of(status));
  }

  private Cover cover(Original original, Instant now) {
    Organization organization = ports.organization().get();
    return new Cover(
        ids.next(now),
        boundary(),
        now,
        organization.postmaster(),
        ports.settings().reportingMta(),
        original);
  }

  /** Random on purpose, against the seeded rule: who could foresee it could write it in a mail. */
  private static String boundary() {
    return UUID.randomUUID().toString();
  }

  private String header(SpooledMessage message) {
    try {
      Optional<MessageContent> content = ports.spool().content(message.id());
      if (content.isPresent()) {
        try (InputStream in = content.get().open()) {
          return HeaderBlock.read(in).text();
        }
      }
    } catch (IOException e) {
      log.error("id={} reported without its header: {}", message.id(), e.toString());
    }
    return "";
  }

  /** Reads the original once from end to end, so that a damaged one cannot spoil the report. */
  private Original original(SpooledMessage message) {
    if (message.ret().equals(Optional.of(ReturnContent.HDRS)) || message.size() > MAX_RETURNED) {
      return original(message, header(message), Optional.empty());
    }
    String header = "";
    Optional<MessageContent> content = ports.spool().content(message.id());
    try {
      if (content.isPresent()) {
        try (InputStream in = content.get().open()) {
          header = HeaderBlock.read(in).text();
          in.transferTo(OutputStream.nullOutputStream());
        }
      }
    } catch (IOException e) {
      log.error("id={} returned without its content: {}", message.id(), e.toString());
      content = Optional.empty();
    }
    return original(message, header, content);
  }

  private static Original original(
      SpooledMessage message, String header, Optional<MessageContent> content) {
    return new Original(
        message.reversePath().mailbox().orElseThrow(),
        message.envid(),
        message.messageId(),
        message.subject(),
        message.received(),
        message.bodyType(),
        message.smtpUtf8(),
        header,
        content);
  }
}
