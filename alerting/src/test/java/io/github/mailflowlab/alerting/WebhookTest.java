package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebhookTest {
  @ParameterizedTest
  @CsvSource({
    "http://127.0.0.1:9093/api/v2/alerts, ALERTMANAGER",
    "http://127.0.0.1:9093/monitor/api/v2/alerts, ALERTMANAGER",
    "http://127.0.0.1:9093/api/v1/alerts, JSON",
    "http://127.0.0.1, JSON",
    "https://hooks.slack.com/services/T/B/x, SLACK",
    "https://hooks.slack.com.evil.example/services, JSON",
    "https://contoso.webhook.office.com/webhookb2/x, TEAMS",
    "https://prod-1.westeurope.logic.azure.com:443/workflows/x, TEAMS",
    "https://x.environment.api.powerplatform.com/powerautomate/y, TEAMS",
    "https://logic.azure.com.evil.example/, JSON",
  })
  void theAddressTellsTheForm(String url, Webhook.Form form) {
    assertThat(Webhook.parse(url).orElseThrow().form()).isEqualTo(form);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "host.example",
        "/path",
        "ftp://host.example/",
        "http://",
        "http:host",
        "file:///etc",
        "http://user:secret@host.example/",
        "http://host.example/#part",
        "http://a b/",
        "http://host.example:0/",
        "http://host.example:65536/",
      })
  void whatIsNoAddressOfAWebhookIsNone(String url) {
    assertThat(Webhook.parse(url)).isEmpty();
  }

  @Test
  void itsNameKeepsThePathSecret() {
    assertThat(Webhook.parse("https://hooks.slack.com/services/T/B/x?y").orElseThrow().name())
        .isEqualTo("https://hooks.slack.com");
  }
}
