package io.github.mailflowlab.queue.ndr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.status.ReturnStatus;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What RFC 3464, RFC 6522 and RFC 6533 demand of every report, one constant per rule, applied to
 * each kind of report: one on plain mail, one on mail with addresses in UTF-8.
 */
final class DeliveryStatusRulesTest {
  private static final Instant NOW = Instant.parse("2026-06-02T08:00:00Z");

  /** A report: its header, and its delivery status in groups of fields. */
  private record Read(ReportKind kind, boolean utf8, String text) {
    String header() {
      return text.substring(0, text.indexOf("\r\n\r\n") + 2);
    }

    String statusPart() {
      int begin = text.indexOf("delivery-status\r\n", header().length());
      return text.substring(text.lastIndexOf("--b1\r\n", begin), text.indexOf("\r\n--b1", begin));
    }

    /** The fields about the message, then those about each recipient. */
    List<List<String>> groups() {
      String part = statusPart();
      String body = part.substring(part.indexOf("\r\n\r\n") + 4);
      return Stream.of(body.split("\r\n\r\n"))
          .map(group -> List.of(group.strip().replace("\r\n ", " ").split("\r\n")))
          .toList();
    }

    List<List<String>> recipients() {
      return groups().subList(1, groups().size());
    }

    boolean everyRecipientHas(String field) {
      return recipients().stream().allMatch(group -> has(group, field));
    }

    static boolean has(List<String> group, String field) {
      Pattern pattern = Pattern.compile(field);
      return group.stream().filter(line -> pattern.matcher(line).matches()).count() == 1;
    }

    String digit() {
      return switch (kind) {
        case FAILED -> "5";
        case DELAYED -> "4";
        case RELAYED, DELIVERED -> "2";
      };
    }
  }

  enum Rule {
    RFC_6522_3_TELLS_ITS_TYPE {
      @Override
      boolean isKept(Read report) {
        return report
            .header()
            .contains("Content-Type: multipart/report; report-type=delivery-status;");
      }
    },
    RFC_3464_2_GOES_TO_THE_SENDER_OF_THE_ENVELOPE {
      @Override
      boolean isKept(Read report) {
        return report.header().contains("\r\nTo: <" + sender(report.utf8()) + ">\r\n");
      }
    },
    RFC_3464_2_COMES_FROM_A_NULL_REVERSE_PATH {
      @Override
      boolean isKept(Read report) {
        return report.header().startsWith("Return-Path: <>\r\n");
      }
    },
    RFC_3834_5_IS_MARKED_AS_AUTOMATIC {
      @Override
      boolean isKept(Read report) {
        return report.header().contains("\r\nAuto-Submitted: auto-replied\r\n");
      }
    },
    RFC_3464_2_1_HAS_A_GROUP_FOR_THE_MESSAGE_AND_ONE_PER_RECIPIENT {
      @Override
      boolean isKept(Read report) {
        return report.groups().size() == 3;
      }
    },
    RFC_3464_2_1_HAS_EACH_FIELD_ONCE_IN_A_GROUP {
      @Override
      boolean isKept(Read report) {
        return report.groups().stream()
            .map(group -> group.stream().map(line -> line.split(":", 2)[0]).toList())
            .allMatch(names -> names.stream().distinct().count() == names.size());
      }
    },
    RFC_3464_2_1_IS_ASCII_UNLESS_INTERNATIONALIZED {
      @Override
      boolean isKept(Read report) {
        return report.utf8() || report.text().chars().allMatch(c -> c < 0x80);
      }
    },
    RFC_3464_2_2_1_REPEATS_THE_ENVELOPE_ID_DECODED {
      @Override
      boolean isKept(Read report) {
        return Read.has(report.groups().get(0), "Original-Envelope-Id: QQ\\+1");
      }
    },
    RFC_3464_2_2_2_NAMES_THE_REPORTING_MTA {
      @Override
      boolean isKept(Read report) {
        return Read.has(report.groups().get(0), "Reporting-MTA: dns;host\\.contoso\\.example");
      }
    },
    RFC_3464_2_2_5_TELLS_THE_ARRIVAL_WITH_A_NUMERIC_ZONE {
      @Override
      boolean isKept(Read report) {
        return isDated(report.groups().get(0), "Arrival-Date: ");
      }
    },
    RFC_3464_2_3_1_REPEATS_AN_ORCPT_DECODED_AND_INVENTS_NONE {
      @Override
      boolean isKept(Read report) {
        return Read.has(report.recipients().get(0), "Original-Recipient: rfc822;a\\+b@x\\.example")
            && report.recipients().get(1).stream()
                .noneMatch(line -> line.startsWith("Original-Recipient"));
      }
    },
    RFC_3464_2_3_2_NAMES_THE_FINAL_RECIPIENT_WITH_ITS_TYPE {
      @Override
      boolean isKept(Read report) {
        return report.everyRecipientHas(
            "Final-Recipient: (rfc822;[ -~]+|utf-8;.+)@contoso.example");
      }
    },
    RFC_3464_2_3_3_TELLS_THE_ACTION {
      @Override
      boolean isKept(Read report) {
        return report.everyRecipientHas("Action: " + report.kind().action());
      }
    },
    RFC_3464_2_3_4_TELLS_A_STATUS_OF_THE_ACTIONS_CLASS_AND_NOTHING_BESIDE {
      @Override
      boolean isKept(Read report) {
        return report.everyRecipientHas("Status: " + report.digit() + "\\.[0-9]{1,3}\\.[0-9]{1,3}");
      }
    },
    RFC_3464_2_3_5_NAMES_THE_REMOTE_MTA_WHERE_IT_SPOKE {
      @Override
      boolean isKept(Read report) {
        return report.kind() != ReportKind.RELAYED
            || report.everyRecipientHas("Remote-MTA: dns;mail\\.contoso\\.example");
      }
    },
    RFC_3464_2_3_6_TELLS_THE_DIAGNOSTIC_AS_A_REPLY_OF_SMTP {
      @Override
      boolean isKept(Read report) {
        return report.everyRecipientHas("Diagnostic-Code: smtp;" + report.digit() + "[0-9]{2} .+");
      }
    },
    RFC_3464_2_3_9_TELLS_UNTIL_WHEN_IT_TRIES_ONLY_WHILE_IT_DOES {
      @Override
      boolean isKept(Read report) {
        return report.kind() == ReportKind.DELAYED
            ? report.recipients().stream().allMatch(group -> isDated(group, "Will-Retry-Until: "))
            : !report.text().contains("Will-Retry-Until");
      }
    },
    RFC_6533_4_HAS_THE_GLOBAL_TYPES_FOR_INTERNATIONALIZED_MAIL_ONLY {
      @Override
      boolean isKept(Read report) {
        return report.text().contains("message/global-delivery-status") == report.utf8()
            && report.text().contains("message/global-headers") == report.utf8();
      }
    },
    RFC_6533_3_GIVES_AN_ADDRESS_IN_UTF_8_ITS_TYPE {
      @Override
      boolean isKept(Read report) {
        return report.text().contains("Final-Recipient: utf-8;") == report.utf8();
      }
    };

    abstract boolean isKept(Read report);
  }

  @ParameterizedTest
  @EnumSource
  void isKeptByEveryReport(Rule rule) throws IOException {
    for (boolean utf8 : new boolean[] {false, true}) {
      for (ReportKind kind : ReportKind.values()) {
        Read report = new Read(kind, utf8, text(compose(kind, utf8)));
        assertThat(rule.isKept(report)).as("%s, utf8: %s%n%s", kind, utf8, report.text()).isTrue();
      }
    }
  }

  private static boolean isDated(List<String> group, String field) {
    return group.stream()
            .filter(line -> line.startsWith(field))
            .map(line -> line.substring(field.length()))
            .filter(date -> date.endsWith(" +0000"))
            .map(DateTimeFormatter.RFC_1123_DATE_TIME::parse)
            .count()
        == 1;
  }

  private static String sender(boolean utf8) {
    return utf8 ? "jürgen@contoso.example" : "alice@contoso.example";
  }

  private static MessageContent compose(ReportKind kind, boolean utf8) {
    Mailbox first = Mailbox.of(utf8 ? "用户@contoso.example" : "bob@contoso.example");
    Mailbox second = Mailbox.of("carol@contoso.example");
    Optional<OriginalRecipient> orcpt = OriginalRecipient.parse("rfc822;a+2Bb@x.example");
    Cover cover = cover(utf8);
    return switch (kind) {
      case FAILED ->
          NdrComposer.compose(
              new Report(
                  cover, 1, List.of(failed(first, orcpt), failed(second, Optional.empty()))));
      case DELAYED ->
          DelayComposer.compose(
              new DelayNotice(
                  cover,
                  NOW.plus(Duration.ofHours(20)),
                  List.of(
                      new DelayNotice.Waiting(first, orcpt, Optional.empty()),
                      new DelayNotice.Waiting(second, Optional.empty(), Optional.empty()))));
      case RELAYED, DELIVERED ->
          ReceiptComposer.compose(
              new Receipt(
                  cover,
                  kind,
                  List.of(reached(kind, first, orcpt), reached(kind, second, Optional.empty()))));
    };
  }

  private static ReturnedRecipient failed(Mailbox address, Optional<OriginalRecipient> orcpt) {
    ReturnStatus status = ReturnStatus.NO_SUCH_RECIPIENT;
    return new ReturnedRecipient(
        address,
        orcpt,
        new FinalError(status.code(), status.reply(), Optional.empty()),
        Optional.empty(),
        Optional.empty());
  }

  private static ReachedRecipient reached(
      ReportKind kind, Mailbox address, Optional<OriginalRecipient> orcpt) {
    return new ReachedRecipient(
        address,
        orcpt,
        SmtpReply.of(250, "2.1.5 OK"),
        kind == ReportKind.RELAYED ? Optional.of("mail.contoso.example") : Optional.empty());
  }

  private static Cover cover(boolean utf8) {
    return new Cover(
        "0mc2ab4cd6e",
        "b1",
        NOW,
        Mailbox.of("postmaster@contoso.example"),
        "host.contoso.example",
        new Original(
            Mailbox.of(sender(utf8)),
            EnvelopeId.parse("QQ+2B1"),
            "<1@contoso.example>",
            "Figures",
            NOW.minus(Duration.ofHours(4)),
            BodyType.SEVEN_BIT,
            utf8,
            "Subject: Figures\r\n",
            Optional.empty()));
  }

  private static String text(MessageContent content) throws IOException {
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
