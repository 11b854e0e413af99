package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.mail.MessageContent;

/**
 * Composes NDRs as Exchange Online lays them out (exchange-online-behaviour 2.2 to 2.4). Pure: the
 * same report gives the same octets.
 */
public final class NdrComposer {
  private NdrComposer() {}

  /** The whole mail. */
  public static MessageContent compose(Report report) {
    HumanPart human = new HumanPart(report);
    StatusFields status = new StatusFields(report.cover());
    for (ReturnedRecipient recipient : report.recipients()) {
      status.add(
          recipient.address(),
          recipient.orcpt(),
          ReportKind.FAILED,
          recipient.error().status(),
          recipient.error().reply(),
          recipient.refusedBy().map(Destination::serverName));
    }
    return new ReportMail(
            report.cover(),
            ReportKind.FAILED,
            report.recipients().size(),
            human.text(),
            human.html(),
            status.toString())
        .content();
  }
}
