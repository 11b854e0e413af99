package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

final class AlertSettingsTest {
  @Test
  void defaultsAreTwoHundredMessagesForAnHour() {
    assertThat(AlertSettings.DEFAULT).isEqualTo(new AlertSettings(200, Duration.ofHours(1)));
  }

  @Test
  void oneMessageAtOnceIsTheSmallestSetting() {
    assertThat(new AlertSettings(1, Duration.ZERO).threshold()).isEqualTo(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertSettings(0, Duration.ZERO))
        .withMessageContaining("threshold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AlertSettings(1, Duration.ofNanos(-1)))
        .withMessageContaining("delayedFor");
  }

  @Test
  void statesHaveExchangesLabels() {
    assertThat(Alert.State.values())
        .extracting(Alert.State::label)
        .containsExactly("Active", "Investigating", "Resolved", "Dismissed");
  }

  @Test
  void hasNoDailyLimitUnlessOneIsSet() {
    assertThat(AlertSettings.DEFAULT.dailyLimit()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new AlertSettings(
                    1, Duration.ZERO, OptionalInt.of(0), List.of(), FurtherPolicies.NONE))
        .withMessage("dailyLimit: 0 (expected: at least 1)");
  }

  @Test
  void hasAtMostTenWebhooks() {
    Webhook webhook = Webhook.parse("http://127.0.0.1/").orElseThrow();

    assertThat(AlertSettings.DEFAULT.webhooks()).isEmpty();
    assertThat(settings(Collections.nCopies(10, webhook)).webhooks()).hasSize(10);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> settings(Collections.nCopies(11, webhook)))
        .withMessage("webhooks: 11 (expected: at most 10)");
  }

  private static AlertSettings settings(List<Webhook> webhooks) {
    return new AlertSettings(1, Duration.ZERO, OptionalInt.empty(), webhooks, FurtherPolicies.NONE);
  }
}
