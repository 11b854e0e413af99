package io.github.mailflowlab.scenario;

import io.github.mailflowlab.mail.Mailbox;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Messages that are handed in at one instant.
 *
 * @param from the sender; <code>{n}</code> stands for the message's number
 * @param to the recipients of each, with <code>{n}</code> as well
 * @param subject of each
 * @param body a line of text, with <code>{n}</code> as well
 * @param size the least octets of the body
 * @param first the number of the first one
 * @param count how many
 */
record Batch(
    String from, List<String> to, String subject, String body, int size, int first, int count) {
  /** Stands for the number of the message, from 1. */
  static final String NUMBER = "{n}";

  private static final String LINE =
      "The quick brown fox jumps over the lazy dog, and nothing more.";

  public Batch {
    to = List.copyOf(to);
  }

  /** The addresses of a text with that number; empty when it makes no address. */
  static Optional<Mailbox> address(String text, int number) {
    return Mailbox.parse(numbered(text, number));
  }

  Mailbox sender(int number) {
    return address(from, number).orElseThrow();
  }

  List<Mailbox> recipients(int number) {
    return to.stream().map(text -> address(text, number).orElseThrow()).toList();
  }

  /** The mail's octets: CRLF line ends, ASCII unless the file has other letters. */
  byte[] compose(int number, Instant now) {
    List<String> lines = new ArrayList<>();
    lines.add("From: <" + sender(number) + ">");
    for (Mailbox recipient : recipients(number)) {
      lines.add("To: <" + recipient + ">");
    }
    lines.add("Subject: " + numbered(subject, number));
    lines.add("Date: " + DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atOffset(ZoneOffset.UTC)));
    lines.add(
        String.format(
            Locale.ROOT, "Message-ID: <%d.scenario@%s>", number, sender(number).domain()));
    lines.add("");
    lines.add(numbered(body, number));
    for (int octets = body.length(); octets < size; octets += LINE.length() + 2) {
      lines.add(LINE);
    }
    return (String.join("\r\n", lines) + "\r\n").getBytes(StandardCharsets.UTF_8);
  }

  String told() {
    return from + " to " + String.join(", ", to);
  }

  private static String numbered(String text, int number) {
    return text.replace(NUMBER, Integer.toString(number));
  }
}
