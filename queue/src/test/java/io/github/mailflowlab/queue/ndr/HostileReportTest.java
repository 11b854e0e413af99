package io.github.mailflowlab.queue.ndr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.failure.LastError;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.status.EnhancedStatusCode;
import io.github.mailflowlab.status.ReturnStatus;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.Body;
import org.apache.james.mime4j.dom.Entity;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.dom.SingleBody;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a peer or a sender writes, the NDR keeps its shape: the same fields, the same parts, the
 * same tags. A failure names the seed, which makes the same text again.
 */
final class HostileReportTest {
  private static final Instant NOW = Instant.parse("2026-06-02T08:00:00Z");
  private static final String BOUNDARY = "b1-fixed";

  private static final List<String> PIECES =
      List.of(
          "\r\n",
          "\r",
          "\n",
          "\r\n\r\n",
          "\0",
          "\u0085",
          "\u2028",
          "\t",
          " ",
          "\u001b[31m",
          "\u007f",
          "\r\nBcc: eve@elsewhere.example\r\n",
          "--",
          "\r\n--x\r\n",
          "\r\n--\r\n",
          "\r\n.\r\n",
          "Content-Type: text/html\r\n\r\n",
          "<script>alert(1)</script>",
          "</pre>",
          "-->",
          "\"",
          "'",
          "&",
          "&lt;",
          "<b>",
          "=?utf-8?q?=0D=0ABcc:_x?=",
          "=?utf-8?b?",
          "=?",
          "?=",
          "=",
          "=0D=0A",
          "=3D",
          "\uD83D",
          "\uDE00",
          "\uD83D\uDE00",
          "\u202E",
          "\u2066",
          "\u200B",
          "\uFEFF",
          "é",
          "用户",
          "x",
          "plain words",
          "x".repeat(1000),
          " ".repeat(200),
          "é".repeat(700),
          "550 5.7.1",
          "\r\nFinal-Recipient: rfc822;eve@elsewhere.example\r\n",
          "Status: 2.0.0",
          "%0d%0a",
          "\\");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void keepsItsShapeWhateverOthersWrite(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    boolean smtpUtf8 = random.nextBoolean();
    String subject = hostile(random, 6);
    Report harmless = report("x", "x", "Subject: x\r\n", smtpUtf8);
    Report hostile =
        report(hostile(random, 40), subject, "Subject: " + hostile(random, 10), smtpUtf8);

    Message expected = message(octets(harmless));
    byte[] octets = octets(hostile);
    Message actual = message(octets);

    assertThat(fields(actual)).isEqualTo(fields(expected));
    assertThat(dense(actual.getSubject()))
        .isEqualTo(dense(Alphabet.UNICODE.line("Undeliverable: " + subject)));
    assertThat(types(actual)).isEqualTo(types(expected));
    assertThat(names(text(part(actual, 1)))).isEqualTo(names(text(part(expected, 1))));
    assertThat(tags(alternative(actual, 1))).isEqualTo(tags(alternative(expected, 1)));
    assertLines(octets, smtpUtf8 ? Alphabet.UNICODE : Alphabet.ASCII);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void repeatsOnlySoMuchOfAPeersWords(long seed) throws IOException {
    String reply = "550 5.7.1 " + hostile(new SplittableRandom(seed), 3) + "y".repeat(100_000);
    assertThat(octets(report(reply, "x", "Subject: x\r\n", false)).length).isLessThan(40_000);
  }

  /** Without blanks: several become one, and a long word is folded. */
  private static String dense(String text) {
    return text.replace(" ", "");
  }

  private static String hostile(SplittableRandom random, int most) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(most) + 1; i > 0; i--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }

  private static Report report(String reply, String subject, String header, boolean smtpUtf8) {
    Original original =
        new Original(
            Mailbox.of("alice@contoso.example"),
            Optional.empty(),
            "<1@contoso.example>",
            subject,
            NOW,
            BodyType.EIGHT_BIT_MIME,
            smtpUtf8,
            header,
            Optional.of(
                MessageContent.of("Subject: x\r\n\r\nx\r\n".getBytes(StandardCharsets.UTF_8))));
    Destination destination = new Destination("mail.contoso.example", Optional.empty());
    ReturnedRecipient recipient =
        new ReturnedRecipient(
            Mailbox.of("bob@contoso.example"),
            Optional.empty(),
            new FinalError(ReturnStatus.EXPIRED.code(), reply, Optional.of(reply)),
            Optional.of(
                new ReturnedRecipient.LastAttempt(
                    NOW,
                    new LastError(
                        Optional.empty(),
                        EnhancedStatusCode.of("4.4.316"),
                        reply,
                        Optional.of(reply),
                        Optional.of(destination)))),
            Optional.empty());
    Cover cover =
        new Cover(
            "0mc2ab4cd6e",
            BOUNDARY,
            NOW,
            Mailbox.of("postmaster@contoso.example"),
            "host.contoso.example",
            original);
    return new Report(cover, 151, List.of(recipient));
  }

  private static byte[] octets(Report report) throws IOException {
    try (InputStream in = NdrComposer.compose(report).open()) {
      return in.readAllBytes();
    }
  }

  private static Message message(byte[] octets) throws IOException {
    DefaultMessageBuilder builder = new DefaultMessageBuilder();
    builder.setMimeEntityConfig(MimeConfig.STRICT);
    builder.setDecodeMonitor(DecodeMonitor.SILENT);
    return builder.parseMessage(new ByteArrayInputStream(octets));
  }

  private static List<String> fields(Message message) {
    return message.getHeader().getFields().stream().map(Field::getName).toList();
  }

  private static List<String> types(Entity entity) {
    List<String> types = new ArrayList<>(List.of(entity.getMimeType()));
    if (entity.getBody() instanceof Multipart multipart) {
      multipart.getBodyParts().forEach(part -> types.addAll(types(part)));
    }
    return types;
  }

  private static Entity part(Entity of, int index) {
    return ((Multipart) Objects.requireNonNull(of.getBody())).getBodyParts().get(index);
  }

  private static String alternative(Message message, int index) throws IOException {
    return text(part(part(message, 0), index));
  }

  private static String text(Entity part) throws IOException {
    Body body = Objects.requireNonNull(part.getBody());
    ByteArrayOutputStream octets = new ByteArrayOutputStream();
    ((SingleBody) body).writeTo(octets);
    return octets.toString(StandardCharsets.UTF_8);
  }

  /** The names of the fields of a delivery status, its blank lines included. */
  private static List<String> names(String status) {
    return status
        .replace("\r\n ", " ")
        .lines()
        .map(line -> line.isEmpty() ? "" : line.substring(0, line.indexOf(':')))
        .toList();
  }

  private static List<String> tags(String html) {
    List<String> tags = new ArrayList<>();
    for (String rest : html.split("<", -1)) {
      tags.add(rest.substring(0, Math.max(0, rest.indexOf('>'))));
    }
    return tags.subList(1, tags.size());
  }

  private static void assertLines(byte[] octets, Alphabet alphabet) {
    String whole = new String(octets, StandardCharsets.UTF_8);
    assertThat(whole.replace("\r\n", "").codePoints())
        .allMatch(c -> c >= ' ' && c != 0x7f && (alphabet == Alphabet.UNICODE || c < 0x7f));
    assertThat(whole.split("\r\n"))
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 998);
  }
}
