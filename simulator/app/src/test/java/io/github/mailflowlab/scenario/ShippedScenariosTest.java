package io.github.mailflowlab.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.settings.ReadOutcome;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ShippedScenariosTest {
  static List<String> ids() {
    return ShippedScenarios.ids();
  }

  @Test
  void thereAreEnoughAndTheListIsThatOfTheFiles() throws Exception {
    URI index = ShippedScenarios.class.getResource("/scenarios/index").toURI();
    try (Stream<Path> files = Files.list(Path.of(index).getParent())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .filteredOn(name -> name.endsWith(".yaml"))
          .containsExactlyInAnyOrderElementsOf(ids().stream().map(id -> id + ".yaml").toList());
    }
    assertThat(ids()).hasSizeGreaterThanOrEqualTo(30).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("ids")
  void eachIsRightTellsAStoryAndExpectsSomething(String id) {
    ReadOutcome<Scenario> outcome = ShippedScenarios.read(id).orElseThrow();

    assertThat(outcome.problems()).isEmpty();
    Scenario scenario = outcome.value();
    assertThat(scenario.id()).isEqualTo(id);
    assertThat(sentences(scenario.story())).as(scenario.story()).isBetween(2L, 4L);
    assertThat(scenario.expectations()).isNotEmpty();
    assertThat(scenario.expectations())
        .allSatisfy(expectation -> assertThat(expectation.clauses()).isNotEmpty());
  }

  @Test
  void everyCodeHasAScenarioAndSoHasItsExpiry() {
    Set<String> codes =
        ids().stream()
            .map(id -> ShippedScenarios.read(id).orElseThrow().value())
            .flatMap(scenario -> scenario.expectations().stream())
            .flatMap(expectation -> expectation.clauses().stream())
            .map(clause -> clause.wanted())
            .filter(Wanted.Words.class::isInstance)
            .flatMap(words -> ((Wanted.Words) words).words().stream())
            .collect(Collectors.toSet());

    assertThat(codes)
        .contains("4.4.312", "4.4.315", "4.4.316", "4.4.317", "4.4.318", "4.7.320")
        .contains("5.4.312", "5.4.315", "5.4.316", "5.4.317", "5.4.318", "5.7.320", "5.4.300")
        .contains("5.1.351", "5.0.350", "5.4.310", "5.1.10");
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(ShippedScenarios.read("no-such-scenario")).isEmpty();
    assertThat(ShippedScenarios.read("../logback")).isEmpty();
  }

  private static long sentences(String story) {
    return Pattern.compile("[.?!](?=\\s|$)").matcher(story).results().count();
  }
}
