package io.github.mailflowlab.alerting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.failure.CertificateProblem;
import io.github.mailflowlab.failure.ConnectProblem;
import io.github.mailflowlab.failure.DnsProblem;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.status.ConnectorStatus;
import io.github.mailflowlab.status.ReturnStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written in the book, and what must be. */
final class AdviceBookTest {
  private static final AdviceBook BOOK = AdviceBook.load();
  private static final FailureClassifier CLASSIFIER =
      new FailureClassifier(FailureCatalogue.load());

  private static final List<String> WHOLE =
      List.of("meaning: m", "cause: c", "tell: t", "do: d", "partner: p");

  @ParameterizedTest
  @EnumSource(ConnectorStatus.class)
  void everyConditionOfTheConnectorIsInIt(ConnectorStatus status) {
    assertThat(BOOK.find(status.code().toString(), "")).isPresent();
  }

  @ParameterizedTest
  @EnumSource(ReturnStatus.class)
  void everyReasonForAReturnIsInIt(ReturnStatus status) {
    assertThat(BOOK.find(status.code().toString(), ""))
        .hasValueSatisfying(entry -> assertThat(entry.title()).isNotBlank());
  }

  @Test
  void onlyTheConnectorsOwnCodesGoWithoutATitle() {
    assertThat(BOOK.keys())
        .filteredOn(key -> BOOK.get(key, "").title().isEmpty())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(ConnectorStatus.values()).map(own -> own.code().toString()).toList());
  }

  static Stream<Failure> failuresWithADetailOfTheirOwn() {
    List<Failure> failures = new ArrayList<>();
    Stream.of(DnsProblem.values())
        .filter(problem -> problem != DnsProblem.NULL_MX)
        .forEach(problem -> failures.add(new Failure.Dns(problem, false)));
    failures.add(new Failure.Connect(ConnectProblem.HOST_UNREACHABLE));
    failures.add(new Failure.Connect(ConnectProblem.NETWORK_UNREACHABLE));
    for (Stage stage : List.of(Stage.BANNER, Stage.EHLO, Stage.RCPT, Stage.DOT)) {
      boolean established = stage.compareTo(Stage.EHLO) > 0;
      failures.add(new Failure.Vanished(stage, established, true));
      failures.add(new Failure.Silence(stage, established, Duration.ofMinutes(5)));
      failures.add(new Failure.Nonsense(stage, established, "a bare LF"));
    }
    Stream.of(CertificateProblem.values())
        .forEach(
            problem ->
                failures.add(
                    new Failure.CertificateRejected(
                        problem, problem.word() + " Expected Subject: a.example.")));
    return failures.stream();
  }

  @ParameterizedTest
  @MethodSource("failuresWithADetailOfTheirOwn")
  void aDetailHasAdviceOfItsOwn(Failure failure) {
    Explanation explanation =
        Advice.explain(CLASSIFIER.classify(failure, Optional.empty()).lastError());

    assertThat(explanation.topic()).startsWith(explanation.code() + " ~ ");
  }

  @Test
  void wordsAreLookedForBeforeTheRest() {
    AdviceBook book =
        AdviceBook.parse(
            lines("[1]", WHOLE, "[1 ~ a | ^b]", WHOLE, "[reply x.1 | x.2]", "[topic t]", WHOLE));

    assertThat(book.keys()).containsExactlyInAnyOrder("1", "reply x.1", "reply x.2", "topic t");
    assertThat(book.get("1", "").topic()).isEqualTo("1");
    assertThat(book.get("1", "xax").topic()).isEqualTo("1 ~ a | ^b");
    assertThat(book.get("1", "bx").topic()).isEqualTo("1 ~ a | ^b");
    assertThat(book.get("1", "xb").topic()).isEqualTo("1");
    assertThat(book.get("topic t", "").meaning()).isEqualTo("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {"meaning", "cause", "tell", "do", "partner"})
  void anEntryWithoutOneOfItsPartsIsAMistake(String missing) {
    List<String> lines = new ArrayList<>(lines("[1]", WHOLE));
    lines.removeIf(line -> line.startsWith(missing + ": "));

    assertThatThrownBy(() -> AdviceBook.parse(lines)).hasMessageContaining("[1] has no " + missing);
  }

  @Test
  void aLineOfAnotherKindIsAMistake() {
    assertThatThrownBy(() -> AdviceBook.parse(lines("[1]", WHOLE, "hint: h")))
        .hasMessageContaining("hint: h");
  }

  private static List<String> lines(Object... parts) {
    List<String> lines = new ArrayList<>();
    for (Object part : parts) {
      if (part instanceof List<?> several) {
        several.forEach(line -> lines.add(line.toString()));
      } else {
        lines.add(part.toString());
      }
    }
    return lines;
  }
}
