package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.failure.LastError;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AlertTextTest {
  static Stream<Optional<LastError>> lastErrors() {
    return Stream.of(
        Optional.empty(),
        Optional.of(Fixtures.refused()),
        Optional.of(Fixtures.greylisted()),
        Optional.of(Fixtures.outOfDescriptors()));
  }

  @ParameterizedTest
  @MethodSource("lastErrors")
  void whatIsWrittenIsReadAgain(Optional<LastError> lastError) {
    Alert.Activity seen =
        new Alert.Activity(3, "three", lastError, "", List.of("\"Quote\"\n\u00fc"));
    Alert alert = Fixtures.alert("To \u7528\u6237", "").withActivity(seen, Fixtures.START);

    assertThat(roundTrip(alert)).isEqualTo(alert);
    assertThat(roundTrip(alert.causeGone(Fixtures.START)))
        .isEqualTo(alert.causeGone(Fixtures.START));
  }

  @Test
  void theNotesOfPeopleAreKept() {
    Alert alert =
        Fixtures.alert("To on-premises", "")
            .noted(note(Alert.State.INVESTIGATING, Optional.empty()))
            .noted(note(Alert.State.DISMISSED, Optional.of("known")));

    assertThat(roundTrip(alert)).isEqualTo(alert);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "1", "{\"number\":1}"})
  void whatIsNoAlertIsNone(String text) {
    assertThat(AlertText.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"state\":\"ASLEEP\"",
        "\"raised\":\"yesterday\"",
        "\"lastError\":{\"status\":\"4.4.316\",\"reply\":\"\",\"address\":\"7f\",\"port\":1}",
        "\"lastError\":{\"status\":\"high\",\"reply\":\"\"}",
      })
  void aDamagedAlertIsNone(String damage) {
    String text = AlertText.write(new AlertText.Numbered(1, Fixtures.alert("To a", "")));

    // Of a field that is there twice, the last one counts.
    assertThat(AlertText.parse(text.substring(0, text.length() - 1) + "," + damage + "}"))
        .isEmpty();
  }

  private static Alert.Note note(Alert.State state, Optional<String> comment) {
    return new Alert.Note(Fixtures.START, state, "rest", comment);
  }

  private static Alert roundTrip(Alert alert) {
    return AlertText.parse(AlertText.write(new AlertText.Numbered(7, alert))).orElseThrow().alert();
  }
}
