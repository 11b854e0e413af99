package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DsnRequest;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.EnvelopeId;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.OriginalRecipient;
import io.github.mailflowlab.mail.RecipientDsn;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.wire.CommandLine;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every character there is, in every place of a command that comes from outside. */
final class CommandInjectionTest {
  private static final Mailbox PLAIN = Mailbox.of("a@b.example");
  private static final Capabilities ALL =
      new Capabilities(Map.of("SIZE", "", "DSN", "", "SMTPUTF8", ""), 0);

  /** The text around the character, which must not break out of it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a%sb@c.example",
        "%s@c.example",
        "\"%s\"@c.example",
        "a@b%sc.example",
        "a@[1%s2]"
      })
  void noCharacterOfAnAddressEndsItsPath(String form) {
    everyCharacter(
        c ->
            Mailbox.parse(form.replace("%s", c))
                .ifPresent(
                    mailbox -> {
                      MailCommands commands = commands(mailbox, DsnRequest.NONE);
                      requireOneLine(
                          commands.mailFrom(), "MAIL FROM:<" + mailbox + "> SIZE=1 SMTPUTF8");
                      requireOneLine(commands.rcptTo(mailbox), "RCPT TO:<" + mailbox + ">");
                      if (!mailbox.localPart().startsWith("\"")) {
                        assertThat(mailbox.toString()).doesNotContainPattern("[\\s<>]");
                      }
                    }));
  }

  @Test
  void noCharacterOfAParameterEndsIt() {
    everyCharacter(
        c -> {
          EnvelopeId.parse("a" + c + "b").ifPresent(CommandInjectionTest::requireOneWord);
          OriginalRecipient.parse("rfc822;a" + c + "b")
              .ifPresent(CommandInjectionTest::requireOneWord);
          OriginalRecipient.parse("utf-8;a" + c + "b")
              .ifPresent(CommandInjectionTest::requireOneWord);
          OriginalRecipient.parse("rfc" + c + "822;ab")
              .ifPresent(CommandInjectionTest::requireOneWord);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\0", " ", "\u0085", "\u2028", "\u007f", "\t"})
  void theNamedOnesCannotBeBuiltAtAll(String c) {
    assertThatThrownBy(() -> new Mailbox("a" + c + "b", PLAIN.domain()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new EnvelopeId("a" + c + "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new OriginalRecipient("rfc822;a" + c + "b"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("client" + c + "example"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> settings("client.example" + c))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private interface Slot {
    void fill(String character);
  }

  private static void everyCharacter(Slot slot) {
    IntStream.rangeClosed(0, Character.MAX_VALUE).forEach(c -> slot.fill(String.valueOf((char) c)));
    // Beyond the first plane: an emoji, a tag, one of private use.
    List.of("\ud83d\ude00", "\udb40\udc41", "\udb80\udc00").forEach(slot::fill);
  }

  private static void requireOneWord(EnvelopeId id) {
    DsnRequest dsn = new DsnRequest(Optional.empty(), Optional.of(id), Map.of());
    String command = commands(PLAIN, dsn).mailFrom();
    requireOneLine(command, "MAIL FROM:<" + PLAIN + "> SIZE=1 SMTPUTF8 ENVID=" + id.xtext());
    assertThat(command.split(" ")).hasSize(5);
  }

  private static void requireOneWord(OriginalRecipient orcpt) {
    DsnRequest dsn =
        new DsnRequest(
            Optional.empty(),
            Optional.empty(),
            Map.of(PLAIN, new RecipientDsn(Set.of(), Optional.of(orcpt))));
    String command = commands(PLAIN, dsn).rcptTo(PLAIN);
    requireOneLine(command, "RCPT TO:<" + PLAIN + "> ORCPT=" + orcpt.value());
    assertThat(command.split(" ")).hasSize(3);
  }

  private static void requireOneLine(String command, String expected) {
    assertThat(command).isEqualTo(expected);
    ByteBuf out = Unpooled.buffer();
    CommandLine.write(command, out);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(command + "\r\n");
    assertThat(command).doesNotContainPattern("\\p{Cntrl}");
  }

  private static MailCommands commands(Mailbox mailbox, DsnRequest dsn) {
    Envelope envelope =
        new Envelope(ReversePath.of(mailbox), List.of(mailbox), BodyType.SEVEN_BIT, true, dsn);
    return new MailCommands(new Order.Mail(envelope, 1), ALL);
  }

  private static SmtpSettings settings(String heloName) {
    return new SmtpSettings(
        heloName,
        Timeouts.DEFAULT,
        ConnectionLimits.DEFAULT,
        new DnsSettings(List.of(), Duration.ofSeconds(1), 1),
        Revocation.SOFT,
        InstantSource.fixed(Instant.EPOCH),
        address -> false);
  }
}
