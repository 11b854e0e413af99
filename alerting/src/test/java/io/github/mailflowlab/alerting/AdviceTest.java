package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.status.ConnectorStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdviceTest {
  @ParameterizedTest(name = "{0} -> {1} {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "4.4.312 | 4.4.312 | DNS query failed",
        "4.4.315 | 4.4.315 | Connection timed out",
        "4.4.316 | 4.4.316 | Connection refused",
        "4.4.317 | 4.4.317 | Cannot connect to remote server",
        "4.4.318 | 4.4.318 | Connection was closed abruptly",
        "4.7.320 | 4.7.320 | Certificate validation failed",
        "450 4.4.316 | 4.4.316 | Connection refused",
        "450-4.4.316 | 4.4.316 | Connection refused",
        "' 450 4.4.316 Connection refused [Message=x]' | 4.4.316 | Connection refused",
        "5.4.312 | 5.4.312 | 'Message expired, DNS query failed'",
        "5.4.316 | 5.4.316 | 'Message expired, connection refused'",
        "550 5.4.318 | 5.4.318 | 'Message expired, connection reset'",
        "5.7.320 | 5.7.320 | 'Message expired, certificate validation failed'",
        "5.4.300 | 5.4.300 | Message expired",
        "550 5.1.351 | 5.1.351 | Unknown recipient or unavailable mailbox",
        "5.4.310 | 5.4.310 | The recipient's domain does not exist",
        "556 5.1.10 | 5.1.10 | Nobody takes mail at this address",
        "5.0.350 | 5.0.350 | The destination server refused the message",
        "5.4.1 | 5.4.1 | Recipient address rejected",
        "550 5.4.4 No connector | 5.4.4 | No connector leads to the domain",
        "5.4.14 | 5.4.14 | The message runs in a circle",
        "5.3.2 | 5.3.2 | An administrator removed the message",
        "4.3.1 | 4.3.1 | The server is full",
        "452 4.3.1 Insufficient system resources [Message=Too many open files] | 4.3.1 | This machine ran short of something",
        "452 4.2.2 Mailbox full | 4.2.2 | The mailbox is full",
        "4.2.2 | 4.2.2 | The mailbox is full",
        "5.2.2 | 5.2.2 | The mailbox is full",
        "450 4.2.99 Odd | 4.2.99 | The server has trouble with the mailbox",
        "421 | 4.0.0 | The service is not available",
        "421 Too busy | 4.0.0 | The service is not available",
        "550 4.2.0 | 5.0.0 | The server refused an address",
        "459 4.99.1 Odd | 4.99.1 | The destination server deferred the message",
        "599 Odd | 5.0.0 | The destination server refused the message",
      })
  void explains(String asked, String code, String title) {
    assertThat(Advice.explain(asked))
        .hasValueSatisfying(
            explanation -> {
              assertThat(explanation.code()).isEqualTo(code);
              assertThat(explanation.title()).isEqualTo(title);
              assertThat(explanation.meaning()).isNotBlank();
              assertThat(explanation.causes()).isNotEmpty();
              assertThat(explanation.howToTell()).isNotEmpty();
              assertThat(explanation.whatToDo()).isNotEmpty();
              assertThat(explanation.partner()).isNotEmpty();
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "hello",
        "4",
        "45",
        "250",
        "2.0.0",
        "250 2.0.0",
        "354",
        "650",
        "4.4",
        "4.4.3160",
        "6.1.1",
        "4.4.316.1",
        "4504.4.316",
        "4.4.316x",
        "connection refused 4.4.316",
        "4.4.313",
        "4.4.319",
        "5.9.1",
        "4.2.5"
      })
  void explainsNothingElse(String asked) {
    assertThat(Advice.explain(asked)).isEmpty();
  }

  @Test
  void aTextWithoutEndIsNoCode() {
    assertThat(Advice.explain("4.4.316 " + "x".repeat(10_000))).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ConnectorStatus.class)
  void anExpiredCodeIsExplainedLikeTheDeferralBehindIt(ConnectorStatus status) {
    Explanation waiting = Advice.explain(status.code().toString()).orElseThrow();
    Explanation expired = Advice.explain(status.expiredReply()).orElseThrow();

    assertThat(expired.meaning()).startsWith(waiting.meaning()).contains("expired");
    assertThat(expired.whatToDo()).isEqualTo(waiting.whatToDo());
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "4.4.317 => 4.4.317",
        "450 4.4.317 Cannot connect to remote server [Message=451 5.7.3 STARTTLS is required to send mail]"
            + " [LastAttemptedServerName=a] [LastAttemptedIP=1.2.3.4:25] => 4.4.317 ~ STARTTLS is required",
        "550 5.4.317 Message expired, cannot connect to remote server(451 5.7.3 STARTTLS is required to"
            + " send mail) => 4.4.317 ~ STARTTLS is required",
        "450 4.4.317 Cannot connect to remote server [Message=421 4.3.2 Service not available]"
            + " [LastAttemptedServerName=a] => 4.4.317 ~ ^421 | ^4",
        "450 4.7.320 Certificate validation failed [Message=UntrustedRoot Expected Subject: a] => 4.7.320 ~ UntrustedRoot",
        "550 5.0.350 Remote server returned an error -> 552 5.3.4 Too big => reply x.3.4",
        "550 5.4.300 Message expired -> 452 4.2.2 Full => reply x.2.2",
        "550 5.1.351 Remote server returned unknown recipient or mailbox unavailable -> 550 Who? => reply 550 | 551 | 553",
        "5.4.300 => 5.4.300",
        "552 5.3.4 Too big [LastAttemptedServerName=a] [LastAttemptedIP=1.2.3.4:25] => reply x.3.4",
        "450 4.4.316 Its own [LastAttemptedServerName=a] [LastAttemptedIP=1.2.3.4:25] => reply x.4",
        "550 5.4.300 Message expired -> gibberish => 5.4.300",
      })
  void theMoreIsGivenTheMoreExactItIs(String line) {
    String[] askedAndTopic = line.split(" => ", 2);

    assertThat(Advice.explain(askedAndTopic[0]).orElseThrow().topic()).isEqualTo(askedAndTopic[1]);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource({
    "4.4.313, 4.4.312, 4.4.315, 4.4.316",
    "4.4.319, 4.4.318, 4.4.317, 4.4.316",
    "5.7.321, 5.7.320, 4.7.320, 5.4.318",
  })
  void namesTheNearestCodes(String asked, String first, String second, String third) {
    assertThat(Advice.nearest(asked)).containsExactly(first, second, third);
  }

  @Test
  void nothingIsNearToWhatIsNoCode() {
    assertThat(Advice.nearest("hello")).isEmpty();
  }

  @Test
  void onlyARefusedConnectionMayBeByDesign() {
    assertThat(Advice.explain("4.4.316").orElseThrow().whatToDo())
        .anyMatch(step -> step.contains("Internal Relay to Authoritative"));
  }

  @Test
  void alertsAndExplanationsSayTheSame() {
    Explanation explanation = Advice.explain("4.4.316").orElseThrow();

    assertThat(Advice.forError(Optional.of(Fixtures.refused()), ConnectorType.ON_PREMISES))
        .isEqualTo(explanation.whatToDo());
    assertThat(Advice.forError(Optional.of(Fixtures.refused()), ConnectorType.PARTNER))
        .isEqualTo(explanation.partner())
        .isNotEqualTo(explanation.whatToDo());
    assertThat(Advice.forError(Optional.of(Fixtures.greylisted()), ConnectorType.ON_PREMISES))
        .isEqualTo(Advice.explain("451 4.7.1").orElseThrow().whatToDo());
  }

  @Test
  void ourOwnTroubleIsNobodyElsesFault() {
    assertThat(Advice.forError(Optional.of(Fixtures.outOfDescriptors()), ConnectorType.PARTNER))
        .anyMatch(step -> step.contains("this machine"));
  }

  @Test
  void mailThatWasNeverTriedHasAdviceToo() {
    assertThat(Advice.forError(Optional.empty(), ConnectorType.ON_PREMISES))
        .anyMatch(step -> step.contains("suspended"));
  }
}
