package io.github.mailflowlab.queue.ndr;

import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.EnhancedStatusCode;
import java.util.ArrayList;
import java.util.List;

/**
 * Composes delay notices, with Exchange's status and in the shape of our NDRs
 * (exchange-online-behaviour 2.6). Of the message they return the header only (RFC 3461 4.3). Pure:
 * the same notice gives the same octets.
 */
public final class DelayComposer {
  /** Exchange's code for a message that is late. */
  public static final EnhancedStatusCode STATUS = EnhancedStatusCode.of("4.4.7");

  private static final String REPLY = "400 " + STATUS + " Message delayed";
  private static final String TITLE = "Delivery is delayed to these recipients or groups:";

  private DelayComposer() {}

  /** The whole mail. */
  public static MessageContent compose(DelayNotice notice) {
    StatusFields status = new StatusFields(notice.cover());
    for (DelayNotice.Waiting recipient : notice.recipients()) {
      status.addDelayed(
          recipient.address(), recipient.orcpt(), STATUS, REPLY, ReportMail.date(notice.until()));
    }
    return new ReportMail(
            notice.cover(),
            ReportKind.DELAYED,
            notice.recipients().size(),
            text(notice),
            html(notice),
            status.toString())
        .content();
  }

  private static String text(DelayNotice notice) {
    List<String> lines = new ArrayList<>(List.of(TITLE, ""));
    for (DelayNotice.Waiting recipient : notice.recipients()) {
      String address = recipient.address().toString();
      lines.add(address + " (" + address + ")<mailto:" + address + ">");
    }
    lines.addAll(List.of("", explanation(notice), "", "Subject: " + subject(notice)));
    lines.add("");
    lines.addAll(history(notice));
    lines.add("");
    return String.join("\n", lines);
  }

  private static String html(DelayNotice notice) {
    Html html = new Html().title(TITLE);
    for (DelayNotice.Waiting recipient : notice.recipients()) {
      html.address(recipient.address().toString(), "");
    }
    return html.paragraph(List.of(explanation(notice)))
        .paragraph(List.of("Subject: " + subject(notice)))
        .paragraph(history(notice))
        .toString();
  }

  private static String explanation(DelayNotice notice) {
    return "The message has not been delivered yet, and is tried again until "
        + AdminTime.format(notice.until())
        + " (UTC). You need not send it again; should that fail, you get another report.";
  }

  private static String subject(DelayNotice notice) {
    return notice.cover().alphabet().line(notice.cover().original().subject());
  }

  private static List<String> history(DelayNotice notice) {
    List<String> lines = new ArrayList<>();
    for (DelayNotice.Waiting recipient : notice.recipients()) {
      recipient
          .lastAttempt()
          .ifPresent(
              last -> {
                lines.add(recipient.address().toString());
                lines.add(
                    AdminTime.format(last.time())
                        + " - "
                        + notice.cover().alphabet().quoted(last.error().toString()));
              });
    }
    return lines;
  }
}
