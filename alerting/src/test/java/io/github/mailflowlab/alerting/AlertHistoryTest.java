package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class AlertHistoryTest {
  private final AlertHistory history = new AlertHistory(AlertStore.NONE);

  @Test
  void forgetsTheOldestBeyondItsLimit() {
    for (int i = 0; i <= AlertHistory.LIMIT; i++) {
      history.add(alert("connector " + i));
    }

    assertThat(history.newestFirst()).hasSize(AlertHistory.LIMIT);
    assertThat(history.newestFirst().get(0).connector()).isEqualTo("connector 500");
    assertThat(history.newestFirst().get(AlertHistory.LIMIT - 1).connector())
        .isEqualTo("connector 1");
  }

  @Test
  void replacingKeepsTheOrder() {
    Alert alert = alert("one");
    history.add(alert);
    Alert resolved = alert.causeGone(Fixtures.START);
    history.replace(resolved);

    assertThat(history.newestFirst()).containsExactly(resolved);
    assertThat(history.find(alert.id())).contains(resolved);
  }

  private static Alert alert(String connector) {
    return Fixtures.alert(connector, "");
  }
}
