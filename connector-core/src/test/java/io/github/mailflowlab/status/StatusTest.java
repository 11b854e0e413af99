package io.github.mailflowlab.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "DNS_QUERY_FAILED | dns-query-failed | 450 4.4.312 DNS query failed"
            + " | 550 5.4.312 Message expired, DNS query failed",
        "CONNECTION_TIMED_OUT | connection-timed-out | 450 4.4.315 Connection timed out"
            + " | 550 5.4.315 Message expired, connection timed out",
        "CONNECTION_REFUSED | connection-refused | 450 4.4.316 Connection refused"
            + " | 550 5.4.316 Message expired, connection refused",
        "CANNOT_CONNECT | cannot-connect | 450 4.4.317 Cannot connect to remote server"
            + " | 550 5.4.317 Message expired, cannot connect to remote server",
        "CLOSED_ABRUPTLY | closed-abruptly | 450 4.4.318 Connection was closed abruptly"
            + " | 550 5.4.318 Message expired, connection reset",
        "CERTIFICATE_VALIDATION_FAILED | certificate-validation-failed"
            + " | 450 4.7.320 Certificate validation failed"
            + " | 550 5.7.320 Message expired, certificate validation failed",
      })
  void aConditionHasOneTextWhileQueuedAndOneAfterExpiry(
      ConnectorStatus status, String id, String deferred, String expired) {
    assertThat(status.id()).isEqualTo(id);
    assertThat(status.deferredReply()).isEqualTo(deferred);
    assertThat(status.expiredReply()).isEqualTo(expired);
    assertThat(ConnectorStatus.of(status.code())).contains(status);
    assertThat(ConnectorStatus.of(status.expiredCode())).contains(status);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.4.314", "4.4.319", "2.4.316", "4.7.319", "4.7.321"})
  void theCodesBesideThemAreNotOurs(String code) {
    assertThat(ConnectorStatus.of(EnhancedStatusCode.of(code))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.0.0", "4.4.316", "5.999.999"})
  void readsACodeAndPrintsItBack(String text) {
    assertThat(EnhancedStatusCode.parse(text)).get().hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4",
        "4.4",
        "4.4.",
        "3.4.4",
        "1.0.0",
        "6.0.0",
        "4.1000.0",
        "4.0.1000",
        "4.4.316 ",
        " 4.4.316",
        "4.4.-1",
        "4.4.3.1",
        "٤.4.316"
      })
  void readsNothingThatOnlyResemblesACode(String text) {
    assertThat(EnhancedStatusCode.parse(text)).isEmpty();
  }

  @Test
  void aCodeChecksItsParts() {
    assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatusCode(3, 0, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatusCode(4, 1000, 0));
    assertThatIllegalArgumentException().isThrownBy(() -> new EnhancedStatusCode(4, 0, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> EnhancedStatusCode.of("x"));
    assertThat(EnhancedStatusCode.of("4.4.316").withClass(5)).hasToString("5.4.316");
    assertThat(EnhancedStatusCode.of("4.4.316").isPermanent()).isFalse();
    assertThat(EnhancedStatusCode.of("5.4.316").isPermanent()).isTrue();
  }

  @ParameterizedTest(name = "{0} {1} -> {2}")
  @CsvSource({
    "250, 2.1.5 Ok, 2.1.5",
    "250, Ok, 2.0.0",
    "250, '', 2.0.0",
    "450, 4.2.1 Busy, 4.2.1",
    "450, 4.2.1, 4.2.1",
    "450, Busy 4.2.1, 4.0.0",
    "450, 4.2.1-Busy, 4.0.0",
    "550, 5.1.1 Unknown, 5.1.1",
    "550, 4.2.0 Contradiction, 5.0.0",
    "250, 5.1.1 Contradiction, 2.0.0",
  })
  void theThreeDigitsDecideAndTheEnhancedCodeRefines(int code, String text, String status) {
    assertThat(SmtpReply.of(code, text).status()).hasToString(status);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "200, true, false, false, false",
    "299, true, false, false, false",
    "300, false, true, false, false",
    "399, false, true, false, false",
    "400, false, false, true, false",
    "499, false, false, true, false",
    "500, false, false, false, true",
    "599, false, false, false, true",
  })
  void everyReplyIsOfOneClass(
      int code, boolean positive, boolean intermediate, boolean deferral, boolean refusal) {
    SmtpReply reply = SmtpReply.of(code, "");
    assertThat(reply.isPositive()).isEqualTo(positive);
    assertThat(reply.isIntermediate()).isEqualTo(intermediate);
    assertThat(reply.isTransient()).isEqualTo(deferral);
    assertThat(reply.isPermanent()).isEqualTo(refusal);
  }

  @Test
  void aReplyPrintsAsItCame() {
    assertThat(SmtpReply.of(550, "5.7.0 No.", "5.7.0 Go away"))
        .hasToString("550-5.7.0 No. 550 5.7.0 Go away");
    assertThat(SmtpReply.of(250, "")).hasToString("250");
  }

  @Test
  void aReplyIsNeverEmptyOutOfRangeOrUnprintable() {
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(199, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(600, "x"));
    assertThatIllegalArgumentException().isThrownBy(() -> new SmtpReply(250, List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "a\r"));
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "a\u007f"));
    assertThatIllegalArgumentException().isThrownBy(() -> SmtpReply.of(250, "a\u009b31m"));
    assertThatIllegalStateException().isThrownBy(() -> SmtpReply.of(354, "Go on").status());
  }

  @ParameterizedTest
  @EnumSource(ReturnStatus.class)
  void eachReasonForAReturnHasACodeOfItsOwn(ReturnStatus status) {
    assertThat(ReturnStatus.of(status.code())).contains(status);
    assertThat(status.code().isPermanent()).isTrue();
    assertThat(ConnectorStatus.of(status.code())).isEmpty();
    assertThat(status.reply("because"))
        .isEqualTo(status.reply() + " -> because")
        .startsWith("550 " + status.code() + " ");
  }
}
