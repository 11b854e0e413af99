package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.MessageContent;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes reports of success, in the shape of our NDRs. Of the message they return the header only
 * (RFC 3461 4.3). Pure: the same receipt gives the same octets.
 */
public final class ReceiptComposer {
  private ReceiptComposer() {}

  /** The whole mail. */
  public static MessageContent compose(Receipt receipt) {
    StatusFields status = new StatusFields(receipt.cover());
    for (ReachedRecipient recipient : receipt.recipients()) {
      status.add(
          recipient.address(),
          recipient.orcpt(),
          receipt.kind(),
          recipient.reply().status(),
          recipient.reply().toString(),
          recipient.takenBy());
    }
    return new ReportMail(
            receipt.cover(),
            receipt.kind(),
            receipt.recipients().size(),
            text(receipt),
            html(receipt),
            status.toString())
        .content();
  }

  private static String text(Receipt receipt) {
    List<String> lines = new ArrayList<>(List.of(title(receipt.kind()), ""));
    for (ReachedRecipient recipient : receipt.recipients()) {
      String address = recipient.address().toString();
      lines.add(address + " (" + address + ")<mailto:" + address + ">");
    }
    lines.addAll(List.of("", "Subject: " + subject(receipt), ""));
    return String.join("\n", lines);
  }

  private static String html(Receipt receipt) {
    Html html = new Html().title(title(receipt.kind()));
    for (ReachedRecipient recipient : receipt.recipients()) {
      html.address(recipient.address().toString(), "");
    }
    return html.paragraph(List.of("Subject: " + subject(receipt))).toString();
  }

  private static String subject(Receipt receipt) {
    return receipt.cover().alphabet().line(receipt.cover().original().subject());
  }

  private static String title(ReportKind kind) {
    return switch (kind) {
      case RELAYED ->
          "Your message was handed on for these recipients, to a server that sends no"
              + " confirmation of delivery:";
      case DELIVERED -> "Your message was delivered to these recipients:";
      case FAILED, DELAYED -> throw new AssertionError(kind);
    };
  }
}
