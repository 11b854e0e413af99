package io.github.mailflowlab.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DsnRequestTest {
  private static final Mailbox ALICE = Mailbox.of("alice@contoso.example");

  @ParameterizedTest
  @EnumSource
  void whoAsksForNothingIsToldOfFailureAndOfDelay(Notify kind) {
    assertThat(DsnRequest.NONE.of(ALICE).wants(kind))
        .isEqualTo(kind == Notify.FAILURE || kind == Notify.DELAY);
  }

  @ParameterizedTest
  @EnumSource
  void whoAsksForDelayIsToldOfDelayOnly(Notify kind) {
    RecipientDsn asked = new RecipientDsn(Set.of(Notify.DELAY), Optional.empty());
    DsnRequest request = new DsnRequest(Optional.empty(), Optional.empty(), Map.of(ALICE, asked));

    assertThat(request.of(ALICE).wants(kind)).isEqualTo(kind == Notify.DELAY);
  }

  @Test
  void neverStandsAlone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RecipientDsn(Set.of(Notify.NEVER, Notify.DELAY), Optional.empty()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "QQ314159", "a+2Bb", "!*,<>~"})
  void anEnvelopeIdIsXtext(String text) {
    assertThat(EnvelopeId.parse(text)).map(EnvelopeId::xtext).contains(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a=b", "a+2b", "a+", "ä", "a\r\nb"})
  void whatIsNoXtextIsNoEnvelopeId(String text) {
    assertThat(EnvelopeId.parse(text)).isEmpty();
  }

  @Test
  void anEnvelopeIdHasOneHundredCharactersAtMost() {
    assertThat(EnvelopeId.parse("a".repeat(100))).isPresent();
    assertThat(EnvelopeId.parse("a".repeat(101))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822;alice@contoso.example, true",
    "utf-8;alice@contoso.example, true",
    "rfc822;, false",
    ";alice, false",
    "alice@contoso.example, false",
    "rfc 822;alice, false",
    "rfc822;a b, false"
  })
  void anOriginalRecipientHasATypeAndAnAddress(String text, boolean valid) {
    assertThat(OriginalRecipient.parse(text).isPresent()).isEqualTo(valid);
  }

  @ParameterizedTest
  @CsvSource({
    "rfc822;a+2Bb+3D@x.example, rfc822, a+b=@x.example",
    "RFC822;a@x.example, RFC822, a@x.example",
    "utf-8;j\\x{FC}rgen@x.example, utf-8, jürgen@x.example",
    "UTF-8;\\x{1F600}\\x{5C}@x.example, UTF-8, \ud83d\ude00\\@x.example",
    "utf-8;\\x{D800}\\x{110000}\\x{1}, utf-8, \\x{D800}\\x{110000}\\x{1}",
    "x400;a+2Bb, x400, a+b"
  })
  void anOriginalRecipientIsShownDecoded(String text, String type, String address) {
    OriginalRecipient recipient = OriginalRecipient.parse(text).orElseThrow();

    assertThat(recipient.type()).isEqualTo(type);
    assertThat(recipient.address()).isEqualTo(address);
  }

  @Test
  void anOriginalRecipientInPlainUtf8IsHeldInTheEncodingForAscii() {
    assertThat(OriginalRecipient.parse("utf-8;jürgen\ud83d\ude00@x.example"))
        .map(OriginalRecipient::value)
        .contains("utf-8;j\\x{FC}rgen\\x{1F600}@x.example");
    assertThat(OriginalRecipient.parse("rfc822;jürgen@x.example")).isEmpty();
    assertThat(OriginalRecipient.parse("utf-8;" + "ü".repeat(83))).isEmpty();
  }

  @Test
  void anEnvelopeIdIsShownDecoded() {
    assertThat(EnvelopeId.parse("a+2Bb+0D")).map(EnvelopeId::text).contains("a+b\r");
  }

  @Test
  void anOriginalRecipientHasFiveHundredCharactersAtMost() {
    assertThat(OriginalRecipient.parse("rfc822;" + "a".repeat(493))).isPresent();
    assertThat(OriginalRecipient.parse("rfc822;" + "a".repeat(494))).isEmpty();
  }
}
