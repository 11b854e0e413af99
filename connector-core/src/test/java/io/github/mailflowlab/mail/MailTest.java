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
        "zürich.example",
        "\u212aelvin.example",
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
        "ü@contoso.example",
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
