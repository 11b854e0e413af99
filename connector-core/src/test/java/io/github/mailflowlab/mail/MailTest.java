package io.github.mailflowlab.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MailTest {
  private static final String LABEL_63 = "x".repeat(63);
  private static final String NAME_255 = String.join(".", LABEL_63, LABEL_63, LABEL_63, LABEL_63);

  static Stream<String> domains() {
    return Stream.of(
        "a",
        "contoso.example",
        "a-b.c_d.example",
        "_dmarc.contoso.example",
        "1.example",
        LABEL_63 + ".example",
        NAME_255,
        "[127.0.0.1]",
        "[ipv6:::1]");
  }

  static Stream<String> noDomains() {
    return Stream.of(
        "",
        ".",
        ".example",
        "contoso.",
        "contoso..example",
        "-a.example",
        "a-.example",
        "a b.example",
        "x" + LABEL_63 + ".example",
        "x" + NAME_255,
        "contoso.example\r\n",
        "\u212aelvin.example",
        "zu\u0308rich.example",
        "fa\u00df.example",
        "\u03b1\u03c2.example",
        "a\u200db.example",
        "z\u00fcrich\u3002example",
        "\uff5a\u00fc.example",
        "z\u00fc rich.example",
        "_z\u00fc/.example",
        "\u05d0a.example",
        "\ud800.example",
        "\u00fc".repeat(256),
        "[]",
        "[127.0.0.1",
        "*.example");
  }

  @ParameterizedTest
  @MethodSource("domains")
  void readsADomainInAnyCase(String text) {
    assertThat(DomainName.parse(text)).get().hasToString(text);
    assertThat(DomainName.parse(text.toUpperCase(Locale.ROOT))).get().hasToString(text);
  }

  @ParameterizedTest
  @MethodSource("noDomains")
  void readsNothingElseAsADomain(String text) {
    assertThat(DomainName.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(text));
  }

  @Test
  void aDomainIsHeldInLowerCase() {
    assertThatIllegalArgumentException().isThrownBy(() -> new DomainName("Contoso.example"));
    assertThat(DomainName.of("Contoso.EXAMPLE").value()).isEqualTo("contoso.example");
  }

  @ParameterizedTest
  @CsvSource({
    "zürich.example, xn--zrich-kva.example",
    "ZÜRICH.Example, xn--zrich-kva.example",
    "XN--ZRICH-KVA.example, xn--zrich-kva.example",
    "_dmarc.zürich.example, _dmarc.xn--zrich-kva.example",
    "例子.example, xn--fsqu00a.example"
  })
  void aDomainInUnicodeIsHeldAsItsALabels(String text, String value) {
    assertThat(DomainName.parse(text)).get().hasToString(value);
  }

  @Test
  void aLabelHasSixtyThreeOctetsAsALabel() {
    assertThat(DomainName.parse("ü".repeat(57) + ".example")).isPresent();
    assertThat(DomainName.parse("ü".repeat(58) + ".example")).isEmpty();
  }

  @Test
  void liesWithinItselfAndWhatItEndsIn() {
    DomainName contoso = DomainName.of("contoso.example");
    assertThat(contoso.isWithin(contoso)).isTrue();
    assertThat(DomainName.of("a.b.contoso.example").isWithin(contoso)).isTrue();
    assertThat(DomainName.of("xcontoso.example").isWithin(contoso)).isFalse();
    assertThat(contoso.isWithin(DomainName.of("a.contoso.example"))).isFalse();
  }

  static Stream<String> mailboxes() {
    return Stream.of(
        "a@b",
        "alice@contoso.example",
        "a.b+c@contoso.example",
        "!#$%&'*+-/=?^_`{|}~@contoso.example",
        "\"a b\"@contoso.example",
        "\"a@b\"@contoso.example",
        "\"a\\\"b\"@contoso.example",
        "x".repeat(64) + "@contoso.example",
        "jürgen@contoso.example",
        "用户.a@contoso.example",
        "\"ü b\"@contoso.example",
        "\ud83d\ude00@contoso.example",
        "ü".repeat(32) + "@contoso.example",
        "a@[127.0.0.1]");
  }

  static Stream<String> noMailboxes() {
    return Stream.of(
        "",
        "@",
        "a@",
        "@contoso.example",
        "alice",
        ".a@contoso.example",
        "a.@contoso.example",
        "a..b@contoso.example",
        "a b@contoso.example",
        "a\r\n@contoso.example",
        "\"a\n\"@contoso.example",
        "\"a\"b\"@contoso.example",
        "\"a\\\"@contoso.example",
        "u\u0308@contoso.example",
        "\u0338a@contoso.example",
        "a.\u0338@contoso.example",
        "\"\u0338\"@contoso.example",
        "a\u0085@contoso.example",
        "a\u00a0b@contoso.example",
        "a\u202eb@contoso.example",
        "a\u200db@contoso.example",
        "a\u2028b@contoso.example",
        "a\ue000@contoso.example",
        "a\ud83d@contoso.example",
        "\"a\\ü\"@contoso.example",
        "ü".repeat(32) + "a@contoso.example",
        "<a@contoso.example>",
        "x".repeat(65) + "@contoso.example",
        "a@contoso..example");
  }

  @ParameterizedTest
  @MethodSource("mailboxes")
  void readsAnAddressAndPrintsItBack(String text) {
    assertThat(Mailbox.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @MethodSource("noMailboxes")
  void readsNothingElseAsAnAddress(String text) {
    assertThat(Mailbox.parse(text)).isEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> Mailbox.of(text));
  }

  @Test
  void mailboxesAreEqualInAnyCaseButKeepTheirSpelling() {
    Mailbox alice = Mailbox.of("Alice@Contoso.example");
    assertThat(alice)
        .isEqualTo(Mailbox.of("aLICE@contoso.example"))
        .hasSameHashCodeAs(Mailbox.of("aLICE@contoso.example"))
        .isNotEqualTo(Mailbox.of("alicf@contoso.example"))
        .hasToString("Alice@contoso.example");
  }

  @Test
  void onlyLettersOfAsciiAreEqualInAnyCase() {
    assertThat(Mailbox.of("Jürgen@contoso.example"))
        .isEqualTo(Mailbox.of("jürgen@contoso.example"))
        .isNotEqualTo(Mailbox.of("JÜRGEN@contoso.example"));
    assertThat(Mailbox.of("i@contoso.example")).isNotEqualTo(Mailbox.of("ı@contoso.example"));
    assertThat(Mailbox.of("JÜRGEN@Contoso.example").key()).isEqualTo("jÜrgen@contoso.example");
  }

  @ParameterizedTest
  @CsvSource({
    "alice@contoso.example, true",
    "alice@zürich.example, true",
    "jürgen@contoso.example, false"
  })
  void onlyALocalPartBeyondAsciiNeedsSmtpUtf8(String text, boolean ascii) {
    assertThat(Mailbox.of(text).isAscii()).isEqualTo(ascii);
  }

  @Test
  void aReversePathIsAMailboxOrNull() {
    assertThat(ReversePath.parse("")).contains(ReversePath.NULL);
    assertThat(ReversePath.NULL.isNull()).isTrue();
    assertThat(ReversePath.NULL).hasToString("");
    assertThat(ReversePath.parse("a@b")).get().hasToString("a@b");
    assertThat(ReversePath.parse("a@b").orElseThrow().isNull()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"<>", " ", "a"})
  void aReversePathIsNothingElse(String text) {
    assertThat(ReversePath.parse(text)).isEmpty();
  }

  @Test
  void anEnvelopeHoldsEachRecipientOnceInOrder() {
    Envelope envelope = envelope("b@contoso.example", "a@contoso.example", "B@contoso.example");
    assertThat(envelope.recipients())
        .extracting(Mailbox::toString)
        .containsExactly("b@contoso.example", "a@contoso.example");
    assertThat(envelope.withRecipients(List.of(Mailbox.of("a@contoso.example"))))
        .isEqualTo(envelope("a@contoso.example"));
    assertThatIllegalArgumentException().isThrownBy(() -> envelope());
  }

  @ParameterizedTest
  @CsvSource({
    "alice@contoso.example, bob@contoso.example, false",
    "'', bob@zürich.example, false",
    "jürgen@contoso.example, bob@contoso.example, true",
    "'', jürgen@contoso.example, true"
  })
  void anEnvelopeNeedsSmtpUtf8ForAnAddressInUtf8(String from, String to, boolean needed) {
    Envelope envelope =
        new Envelope(
            ReversePath.parse(from).orElseThrow(), List.of(Mailbox.of(to)), BodyType.SEVEN_BIT);
    assertThat(envelope.smtpUtf8()).isEqualTo(needed);
  }

  @Test
  void contentInMemoryCanBeReadTwice() throws IOException {
    MessageContent content = MessageContent.of("Hi\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThat(content.size()).isEqualTo(4);
    assertThat(content.isInMemory()).isTrue();
    assertThat(content.open()).hasContent("Hi\r\n");
    assertThat(content.open()).hasContent("Hi\r\n");
  }

  @Test
  void bodyTypesHaveTheirKeywords() {
    assertThat(BodyType.values()).extracting(BodyType::keyword).containsExactly("7BIT", "8BITMIME");
  }

  private static Envelope envelope(String... recipients) {
    return new Envelope(
        ReversePath.NULL, Stream.of(recipients).map(Mailbox::of).toList(), BodyType.SEVEN_BIT);
  }
}
