package io.github.mailflowlab.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConcurrencyWindowTest {
  /** R: back from a failure, C: 421, d: a message delivered. What the window is after each. */
  @ParameterizedTest(name = "limit {0}: {1} gives {2}")
  @CsvSource({
    "20, d, 20",
    "4, Rddddd, 1 2 3 4 4 4",
    "8, C, 4",
    "5, C, 2",
    "8, Cddddddddd, 4 4 4 4 5 5 5 5 5 6",
    "8, CCCC, 4 2 1 1",
    "8, CCCdddd, 4 2 1 2 2 3 3",
    "8, CRddddd, 4 1 2 3 4 4 4",
    "8, RddC, 1 2 3 1",
    "1, C, 1",
    "1, Rd, 1 1",
    "2, CdCd, 1 2 1 2"
  })
  void followsWhatTheNextHopShows(int limit, String events, String sizes) {
    ConcurrencyWindow window = ConcurrencyWindow.full(limit);
    List<String> seen = new ArrayList<>();
    for (int i = 0; i < events.length(); i++) {
      window = after(window, events.charAt(i));
      seen.add(Integer.toString(window.size()));
    }
    assertThat(String.join(" ", seen)).isEqualTo(sizes);
  }

  @Test
  void doublesEachRoundAfterARecovery() {
    ConcurrencyWindow window = ConcurrencyWindow.full(20).recovered();
    List<Integer> rounds = new ArrayList<>();
    for (int round = 0; round < 6; round++) {
      rounds.add(window.size());
      for (int delivered = rounds.get(round); delivered > 0; delivered--) {
        window = window.delivered();
      }
    }
    assertThat(rounds).containsExactly(1, 2, 4, 8, 16, 20);
  }

  @Test
  void forgetsWhatWasTooMuchOnceItIsFullAgain() {
    ConcurrencyWindow window = ConcurrencyWindow.full(3).halved();
    for (int i = 0; i < 3; i++) {
      window = window.delivered();
    }
    assertThat(window).isEqualTo(ConcurrencyWindow.full(3));
  }

  private static ConcurrencyWindow after(ConcurrencyWindow window, char event) {
    return switch (event) {
      case 'R' -> window.recovered();
      case 'C' -> window.halved();
      case 'd' -> window.delivered();
      default -> throw new IllegalArgumentException("event: " + event);
    };
  }
}
