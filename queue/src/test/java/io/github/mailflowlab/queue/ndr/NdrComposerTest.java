package io.github.mailflowlab.queue.ndr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.delivery.Destination;
import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.Classification;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.FinalError;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.status.ReturnStatus;
import io.github.mailflowlab.status.SmtpReply;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.mime4j.codec.QuotedPrintableInputStream;
import org.apache.james.mime4j.dom.Message;
import org.apache.james.mime4j.dom.Multipart;
import org.apache.james.mime4j.message.DefaultMessageBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The exact NDR for each condition, beside the files in the resources of this package. After an
 * intended change, run with {@code -Dmailflow.jdk.argLine=-Dgolden.update=true} and read the
 * difference.
 */
final class NdrComposerTest {
  private static final Instant EXPIRED = Instant.parse("2026-06-02T08:00:00Z");
  private static final Instant TRIED = Instant.parse("2026-06-02T07:54:00Z");
  private static final FailureClassifier CLASSIFIER =
      new FailureClassifier(FailureCatalogue.load());
  private static final Path GOLDEN = Path.of("src/test/resources/io/github/mailflowlab/queue/ndr");
  private static final String ORIGINAL =
      "From: Alice <alice@contoso.example>\r\nTo: bob@contoso.example\r\nSubject: Quarterly"
          + " figures\r\nMessage-ID: <1@contoso.example>\r\n\r\nHello Bob\r\n";

  static Stream<Arguments> conditions() {
    return Stream.of(
        Arguments.of("dns-query-failed", new Failure.Dns(DnsProblem.NO_RECORDS, false)),
        Arguments.of("connection-timed-out", new Failure.Connect(ConnectProblem.TIMED_OUT)),
        Arguments.of("connection-refused", new Failure.Connect(ConnectProblem.REFUSED)),
        Arguments.of(
            "cannot-connect",
            new Failure.Tls(
                Stage.STARTTLS,
                TlsProblem.NOT_OFFERED,
                "451 5.7.3 STARTTLS is required to send mail")),
        Arguments.of("closed-abruptly", new Failure.Vanished(Stage.STARTTLS, true, false)),
        Arguments.of(
            "certificate-validation-failed",
            new Failure.CertificateRejected(CertificateProblem.NAME_MISMATCH, "SubjectMismatch")),
        Arguments.of("remote-deferred", replied(Stage.RCPT, 452, "4.2.2 Mailbox full")),
        Arguments.of("recipient-unknown", replied(Stage.RCPT, 550, "5.1.1 User unknown")),
        Arguments.of("remote-refused", replied(Stage.DOT, 554, "5.7.1 Not here", "Go away")),
        Arguments.of("domain-gone", new Failure.Dns(DnsProblem.NO_SUCH_DOMAIN, true)),
        Arguments.of("domain-takes-no-mail", new Failure.Dns(DnsProblem.NULL_MX, true)),
        Arguments.of("own-exhaustion", new Failure.OwnExhaustion(Stage.CONNECT, "no port left")),
        unsendable("too-large", 552, "5.3.4 Message of 9 octets exceeds the next hop's limit"),
        unsendable("bad-content", 554, "5.6.0 A line does not end in CRLF"),
        unsendable("needs-8bitmime", 554, "5.6.3 Message needs 8BITMIME"),
        unsendable("address-needs-smtputf8", 553, "5.6.7 An address is in UTF-8"),
        unsendable("header-needs-smtputf8", 554, "5.6.9 The header is in UTF-8"));
  }

  private static Arguments unsendable(String name, int code, String text) {
    return Arguments.of(name, new Failure.Unsendable(SmtpReply.of(code, text)));
  }

  @ParameterizedTest(name = "{0}")
  @EnumSource(
      value = ReturnStatus.class,
      names = {"EXPIRED", "NO_SUCH_RECIPIENT", "ACCESS_DENIED", "NO_CONNECTOR", "LOOP", "REMOVED"})
  void composesTheExactReportWhereNoAttemptDecided(ReturnStatus status) throws IOException {
    ReturnedRecipient recipient =
        new ReturnedRecipient(
            Mailbox.of("bob@contoso.example"),
            Optional.empty(),
            new FinalError(status.code(), status.reply(), Optional.empty()),
            Optional.empty(),
            Optional.empty());
    assertGolden(
        status.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        compose(report(original(ORIGINAL), recipient)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("conditions")
  void composesTheExactReport(String name, Failure failure) throws IOException {
    assertGolden(name, compose(report(original(ORIGINAL), recipient("bob", failure))));
  }

  @Test
  void repeatsWhatWasAskedAndReturnsTheHeaderAlone() throws IOException {
    Original original = asked("alice@contoso.example", ORIGINAL, false);
    assertGolden(
        "headers-only", compose(report(original, asked(refused("bob"), "rfc822;r+2Bb@x.example"))));
  }

  @Test
  void reportsInUtf8OnInternationalizedMail() throws IOException {
    String content = "Subject: Grüße\r\n\r\nHallo 用户\r\n";
    Original original = asked("jürgen@contoso.example", content, true);
    Original whole =
        new Original(
            original.sender(),
            original.envid(),
            original.messageId(),
            original.subject(),
            original.received(),
            original.bodyType(),
            true,
            original.header(),
            Optional.of(MessageContent.of(content.getBytes(StandardCharsets.UTF_8))));
    ReturnedRecipient recipient = asked(refused("用户"), "utf-8;\\x{7528}\\x{0A}@x.example");
    assertGolden("internationalized", compose(report(whole, recipient)));
    assertGolden("internationalized-headers-only", compose(report(original, recipient)));
  }

  @ParameterizedTest
  @EnumSource(names = {"RELAYED", "DELIVERED"})
  void composesTheExactReceipt(ReportKind kind) throws IOException {
    SmtpReply reply = SmtpReply.of(250, "2.6.0 Queued");
    Optional<String> host =
        kind == ReportKind.RELAYED ? Optional.of("mail.contoso.example") : Optional.empty();
    List<ReachedRecipient> recipients =
        List.of(
            new ReachedRecipient(
                Mailbox.of("bob@contoso.example"),
                OriginalRecipient.parse("utf-8;\\x{FC}@x.example"),
                reply,
                host),
            new ReachedRecipient(
                Mailbox.of("carol@contoso.example"), Optional.empty(), reply, host));
    Cover cover = cover(asked("alice@contoso.example", ORIGINAL, false));
    assertGolden(
        kind.action(), text(ReceiptComposer.compose(new Receipt(cover, kind, recipients))));
  }

  @Test
  void composesTheExactDelayNotice() throws IOException {
    ReturnedRecipient tried = refused("bob");
    assertGolden(
        "delayed",
        delayNotice(
            asked("alice@contoso.example", ORIGINAL, false),
            new DelayNotice.Waiting(
                tried.address(),
                OriginalRecipient.parse("rfc822;r+2Bb@x.example"),
                tried.lastAttempt()),
            new DelayNotice.Waiting(
                Mailbox.of("carol@contoso.example"), Optional.empty(), Optional.empty())));
    assertGolden(
        "internationalized-delayed",
        delayNotice(
            asked("jürgen@contoso.example", "Subject: Grüße\r\n\r\nHallo\r\n", true),
            new DelayNotice.Waiting(
                Mailbox.of("用户@contoso.example"), Optional.empty(), tried.lastAttempt())));
  }

  private static String delayNotice(Original original, DelayNotice.Waiting... recipients) {
    Instant until = EXPIRED.plus(Duration.ofHours(20));
    return text(
        DelayComposer.compose(new DelayNotice(cover(original), until, List.of(recipients))));
  }

  private static void assertGolden(String name, String composed) throws IOException {
    Path golden = GOLDEN.resolve(name + ".eml");
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(golden, composed.replace("\r\n", "\n"));
    }
    assertThat(composed).isEqualTo(Files.readString(golden).replace("\n", "\r\n"));
  }

  @Test
  void hasTheTreeOfADeliveryReport() throws IOException {
    Multipart report = parse(report(original(ORIGINAL), refused("bob")));
    assertThat(report.getSubType()).isEqualTo("report");
    assertThat(report.getBodyParts())
        .extracting(part -> part.getMimeType())
        .containsExactly("multipart/alternative", "message/delivery-status", "message/rfc822");
    Multipart alternative = (Multipart) report.getBodyParts().get(0).getBody();
    assertThat(alternative.getBodyParts())
        .extracting(part -> part.getMimeType())
        .containsExactly("text/plain", "text/html");
    Message original = (Message) report.getBodyParts().get(2).getBody();
    assertThat(original.getSubject()).isEqualTo("Quarterly figures");
  }

  @Test
  void listsEachRecipientInAGroupOfItsOwn() {
    String report = compose(report(original(ORIGINAL), refused("bob"), refused("carol")));
    assertThat(report)
        .contains("X-Display-Name: bob@contoso.example\r\n\r\nFinal-Recipient: rfc822;carol@");
  }

  @Test
  void leadsParsersToTheDeliveryStatusWhenEachRecipientHasAStatusOfItsOwn() {
    String one = compose(report(original(ORIGINAL), refused("bob")));
    assertThat(one)
        .contains("\r\nX-MS-Exchange-CrossTenant-OriginalArrivalTime: ")
        .contains("\r\nContent-Language: en-US\r\n");

    String several = compose(report(original(ORIGINAL), refused("bob"), refused("carol")));
    assertThat(several)
        .doesNotContain("X-MS-Exchange-CrossTenant-OriginalArrivalTime")
        .contains("\r\nContent-Language: en-us\r\n");
  }

  @Test
  void leavesTheOriginalOutWhenItCannotBeRead() throws IOException {
    Original lost =
        new Original(
            Mailbox.of("alice@contoso.example"),
            Optional.empty(),
            "<1@contoso.example>",
            "Lost",
            EXPIRED,
            BodyType.SEVEN_BIT,
            false,
            "",
            Optional.empty());
    assertThat(parse(report(lost, refused("bob"))).getBodyParts()).hasSize(2);
  }

  @Test
  void declaresEightBitOriginals() {
    assertThat(compose(report(original("Grüße", "\r\nGrüße\r\n"), refused("bob"))))
        .contains("Content-Type: message/rfc822\r\nContent-Transfer-Encoding: 8bit\r\n\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileTexts")
  void isNotBrokenByHostileText(String name, String hostile) throws IOException {
    Original original = original(hostile, "Subject: x\r\n\r\n" + hostile);
    Failure failure = replied(Stage.DOT, 554, hostile.replaceAll("(?U)\\p{Cntrl}", "\u2400"));
    Report report = report(original, recipient("bob", failure));
    String composed = compose(report);
    String ours = composed.substring(0, composed.indexOf("Content-Type: message/rfc822"));
    assertThat(ours.chars())
        .as("octets")
        .allMatch(c -> c < 0x7f && (c >= ' ' || c == '\r' || c == '\n'));
    assertThat(ours.split("\r\n")).allMatch(line -> line.length() <= 998);
    assertThat(ours.replace("\r\n", "")).doesNotContain("\r").doesNotContain("\n");
    Message message = message(report);
    assertThat(message.getHeader().getFields("Bcc")).isEmpty();
    assertThat(message.getHeader().getFields()).hasSize(15);
    Multipart parts = (Multipart) message.getBody();
    assertThat(parts.getBodyParts()).hasSize(3);
    assertThat(((Multipart) parts.getBodyParts().get(0).getBody()).getBodyParts()).hasSize(2);
    int html = ours.indexOf("text/html");
    assertThat(ours.substring(html, ours.indexOf("--alt-b1-fixed--", html)))
        .doesNotContain("<script");
  }

  static Stream<Arguments> hostileTexts() {
    return Stream.of(
        Arguments.of("a header injection", "x\r\nBcc: eve@elsewhere.example\r\n\r\nbody"),
        Arguments.of("boundaries of others", "\r\n--b1--\r\n\r\n--alt-b1--\r\n--\r\n"),
        Arguments.of("markup", "<script>alert(1)</script>\"'&"),
        Arguments.of("a very long word", "x".repeat(5000)),
        Arguments.of("many blanks", "x" + " ".repeat(3000) + "y"),
        Arguments.of("blanks only", " ".repeat(100)),
        Arguments.of("nothing", ""),
        Arguments.of("all planes", "Grüße 漢字 \uD83D\uDE00 \uD83D " + "é".repeat(200)),
        Arguments.of("an encoded word", "=?utf-8?q?=0D=0ABcc:_x?= " + "=?".repeat(500)),
        Arguments.of("control characters", "\u0000\u0001\u007f\u0085\u2028"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileTexts")
  void isNotBrokenByHostileTextInUtf8Either(String name, String hostile) throws IOException {
    Original plain = original(hostile, "Subject: x\r\n\r\n" + hostile);
    Original original =
        new Original(
            Mailbox.of("jürgen@contoso.example"),
            plain.envid(),
            plain.messageId(),
            plain.subject(),
            plain.received(),
            plain.bodyType(),
            true,
            plain.header(),
            plain.content());
    Failure failure = replied(Stage.DOT, 554, hostile.replaceAll("(?U)\\p{Cntrl}", "\u2400"));
    String composed = compose(report(original, recipient("用户", failure)));
    String ours = composed.substring(0, composed.indexOf("Content-Type: message/global\r\n"));
    assertThat(ours.replace("\r\n", "").codePoints())
        .allMatch(c -> c >= ' ' && c != 0x7f && !(c >= 0x80 && c < 0xa0) && c != 0x2028);
    assertThat(ours.split("\r\n"))
        .allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 998);
    assertThat(ours).contains("\r\nFinal-Recipient: utf-8;用户@contoso.example\r\n");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileTexts")
  void readsBackWhatQuotedPrintableWrote(String name, String hostile) throws IOException {
    String text = Alphabet.UNICODE.lines(hostile) + " = \n\n" + "=".repeat(200) + "\n";
    String encoded = QuotedPrintable.encode(text);
    assertThat(encoded.split("\r\n")).allMatch(line -> line.length() <= 76);
    try (InputStream in =
        new QuotedPrintableInputStream(
            new ByteArrayInputStream(encoded.getBytes(StandardCharsets.US_ASCII)))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo(text.replace("\n", "\r\n"));
    }
  }

  @Test
  void streamsTheOriginalWithoutHoldingIt() {
    MessageContent huge =
        new MessageContent() {
          @Override
          public long size() {
            return 150L << 20;
          }

          @Override
          public InputStream open() {
            throw new AssertionError("opened while composing");
          }
        };
    Original original =
        new Original(
            Mailbox.of("alice@contoso.example"),
            Optional.empty(),
            "<1@contoso.example>",
            "Huge",
            EXPIRED,
            BodyType.SEVEN_BIT,
            false,
            "Subject: Huge",
            Optional.of(huge));
    MessageContent composed = NdrComposer.compose(report(original, refused("bob")));
    assertThat(composed.size()).isBetween(huge.size(), huge.size() + 10_000);
  }

  private static Original original(String content) {
    return original("Quarterly figures", content);
  }

  private static Original original(String subject, String content) {
    boolean ascii = content.chars().allMatch(c -> c < 0x80);
    return new Original(
        Mailbox.of("alice@contoso.example"),
        Optional.empty(),
        "<1@contoso.example>",
        subject,
        Instant.parse("2026-06-01T08:00:00Z"),
        ascii ? BodyType.SEVEN_BIT : BodyType.EIGHT_BIT_MIME,
        false,
        content.split("\r\n\r\n", 2)[0] + "\r\n",
        Optional.of(MessageContent.of(content.getBytes(StandardCharsets.UTF_8))));
  }

  /** With an ENVID and RET=HDRS. */
  private static Original asked(String sender, String content, boolean smtpUtf8) {
    Original original = original(content);
    return new Original(
        Mailbox.of(sender),
        EnvelopeId.parse("QQ+2B1"),
        original.messageId(),
        original.subject(),
        original.received(),
        original.bodyType(),
        smtpUtf8,
        original.header(),
        Optional.empty());
  }

  private static ReturnedRecipient asked(ReturnedRecipient recipient, String orcpt) {
    return new ReturnedRecipient(
        recipient.address(),
        OriginalRecipient.parse(orcpt),
        recipient.error(),
        recipient.lastAttempt(),
        recipient.refusedBy());
  }

  private static ReturnedRecipient refused(String name) {
    return recipient(name, new Failure.Connect(ConnectProblem.REFUSED));
  }

  /** As the queue makes it: returned at once with the remote's reply, or expired. */
  private static ReturnedRecipient recipient(String name, Failure failure) {
    Mailbox address = Mailbox.of(name + "@contoso.example");
    Optional<Destination> destination = Optional.of(destination(failure));
    Classification meaning = CLASSIFIER.classify(failure, destination);
    return meaning
        .returned()
        .map(
            error ->
                new ReturnedRecipient(
                    address,
                    Optional.empty(),
                    error,
                    Optional.empty(),
                    failure instanceof Failure.Replied ? destination : Optional.empty()))
        .orElseGet(
            () ->
                new ReturnedRecipient(
                    address,
                    Optional.empty(),
                    meaning.lastError().expired(),
                    Optional.of(new ReturnedRecipient.LastAttempt(TRIED, meaning.lastError())),
                    Optional.empty()));
  }

  private static Destination destination(Failure failure) {
    if (failure instanceof Failure.Dns dns) {
      return new Destination(
          dns.mxRouted() ? "fabrikam.example" : "mail.contoso.example", Optional.empty());
    }
    try {
      InetAddress address = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      return new Destination(
          "mail.contoso.example", Optional.of(new InetSocketAddress(address, 2525)));
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private static Failure replied(Stage stage, int code, String... lines) {
    return new Failure.Replied(stage, SmtpReply.of(code, lines), false);
  }

  private static Report report(Original original, ReturnedRecipient... recipients) {
    return new Report(cover(original), 151, new ArrayList<>(List.of(recipients)));
  }

  private static Cover cover(Original original) {
    return new Cover(
        "0mc2ab4cd6e",
        "b1-fixed",
        EXPIRED,
        Mailbox.of("postmaster@contoso.example"),
        "host.contoso.example",
        original);
  }

  private static String compose(Report report) {
    return text(NdrComposer.compose(report));
  }

  private static String text(MessageContent content) {
    try (InputStream in = content.open()) {
      byte[] octets = in.readAllBytes();
      assertThat(content.size()).isEqualTo(octets.length);
      return new String(octets, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Multipart parse(Report report) throws IOException {
    return (Multipart) Objects.requireNonNull(message(report).getBody());
  }

  private static Message message(Report report) throws IOException {
    try (InputStream in = NdrComposer.compose(report).open()) {
      return new DefaultMessageBuilder().parseMessage(in);
    }
  }
}
