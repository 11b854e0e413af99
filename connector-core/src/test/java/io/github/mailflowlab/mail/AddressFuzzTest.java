package io.github.mailflowlab.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever somebody writes as an address or a parameter: what is read can go into a command. */
final class AddressFuzzTest {
  /** What could end a line or a path, or lie to whoever reads it. */
  private static final String UNFIT = "(?s).*[\\p{Cc}\\p{Cf}\\p{Co}\\p{Cs}\\p{Zl}\\p{Zp}].*";

  @FuzzTest
  void whatIsReadIsFitForACommandAndReadsTheSameAgain(byte[] octets) {
    String text = new String(octets, StandardCharsets.UTF_8);

    Mailbox.parse(text).ifPresent(AddressFuzzTest::requireSense);
    ReversePath.parse(text)
        .ifPresent(path -> assertThat(ReversePath.parse(path.toString())).hasValue(path));
    DomainName.parse(text).ifPresent(AddressFuzzTest::requireSense);
    EnvelopeId.parse(text).ifPresent(AddressFuzzTest::requireSense);
    OriginalRecipient.parse(text).ifPresent(AddressFuzzTest::requireSense);
  }

  private static void requireSense(Mailbox mailbox) {
    String written = mailbox.toString();
    assertThat(Mailbox.parse(written)).hasValue(mailbox);
    assertThat(Mailbox.of(mailbox.key())).isEqualTo(mailbox).hasSameHashCodeAs(mailbox);
    assertThat(written).doesNotMatch(UNFIT);
    assertThat(withoutQuoted(mailbox.localPart())).doesNotContainPattern("[\\s<>@,;:\"\\\\]");
    assertThat(mailbox.localPart().getBytes(StandardCharsets.UTF_8).length)
        .isBetween(1, Mailbox.MAX_LOCAL_PART);
  }

  private static void requireSense(DomainName domain) {
    assertThat(DomainName.parse(domain.value())).hasValue(domain);
    assertThat(domain.value()).matches("[a-z0-9._:\\[\\]-]{1,255}");
  }

  private static void requireSense(EnvelopeId id) {
    assertThat(EnvelopeId.parse(id.xtext())).hasValue(id);
    assertThat(id.xtext()).matches("[!-~]{1,100}").doesNotContain("=");
    assertThat(id.text()).hasSizeBetween(1, 100);
  }

  private static void requireSense(OriginalRecipient recipient) {
    assertThat(OriginalRecipient.parse(recipient.value())).hasValue(recipient);
    assertThat(recipient.value()).matches("[!-~]{1,500}");
    assertThat(recipient.type() + recipient.address()).isNotEmpty();
  }

  private static String withoutQuoted(String localPart) {
    return localPart.startsWith("\"") ? "" : localPart;
  }
}
