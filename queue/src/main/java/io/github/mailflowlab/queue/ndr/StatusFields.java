package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.Optional;

/** The delivery status of RFC 3464: one group for the message, one for each recipient. */
final class StatusFields {
  private final Alphabet alphabet;
  private final HeaderFields fields;

  StatusFields(Cover cover) {
    this.alphabet = cover.alphabet();
    this.fields = HeaderFields.foldedLate(alphabet);
    cover.original().envid().ifPresent(envid -> fields.add("Original-Envelope-Id", envid.text()));
    fields
        .add("Reporting-MTA", "dns;" + cover.reportingMta())
        .add("Arrival-Date", ReportMail.date(cover.original().received()));
  }

  void add(
      Mailbox address,
      Optional<OriginalRecipient> orcpt,
      ReportKind kind,
      EnhancedStatusCode status,
      String reply,
      Optional<String> remoteMta) {
    fields.blankLine();
    orcpt.ifPresent(original -> fields.add("Original-Recipient", shown(original)));
    fields
        .add("Final-Recipient", (address.isAscii() ? "rfc822;" : "utf-8;") + address)
        .add("Action", kind.action())
        .add("Status", status.toString())
        .add("Diagnostic-Code", "smtp;" + alphabet.quoted(reply));
    remoteMta.ifPresent(name -> fields.add("Remote-MTA", "dns;" + name));
    fields.add("X-Display-Name", address.toString());
  }

  /** The same for a recipient who does not have the message yet. */
  void addDelayed(
      Mailbox address,
      Optional<OriginalRecipient> orcpt,
      EnhancedStatusCode status,
      String reply,
      String until) {
    add(address, orcpt, ReportKind.DELAYED, status, reply, Optional.empty());
    fields.add("Will-Retry-Until", until);
  }

  /** What ASCII cannot show stays in its encoding (RFC 6533 3). */
  private String shown(OriginalRecipient original) {
    boolean showable =
        alphabet == Alphabet.UNICODE || original.address().chars().allMatch(c -> c < 0x80);
    return showable ? original.type() + ";" + original.address() : original.value();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
