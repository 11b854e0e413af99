package io.github.mailflowlab.lab.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WhenTest {
  private static final Instant GIVEN = Instant.parse("2031-05-06T12:00:00Z");

  @ParameterizedTest(name = "{0} at {1}: {2}, next {3}")
  @CsvSource({
    "22:00-06:00, 2031-05-06T21:59:59Z, false, 2031-05-06T22:00:00Z",
    "22:00-06:00, 2031-05-06T22:00:00Z, true,  2031-05-07T06:00:00Z",
    "22:00-06:00, 2031-05-07T05:59:59Z, true,  2031-05-07T06:00:00Z",
    "22:00-06:00, 2031-05-07T06:00:00Z, false, 2031-05-07T22:00:00Z",
    "09:00-17:00, 2031-05-06T08:59:59Z, false, 2031-05-06T09:00:00Z",
    "09:00-17:00, 2031-05-06T09:00:00Z, true,  2031-05-06T17:00:00Z",
    "09:00-17:00, 2031-05-06T17:00:00Z, false, 2031-05-07T09:00:00Z",
  })
  void knowsAPartOfTheDay(String daily, Instant now, boolean isTime, Instant next) {
    Daily part = Daily.parse(daily).orElseThrow();
    assertThat(part.contains(now)).isEqualTo(isTime);
    assertThat(part.nextChange(now)).isEqualTo(next);
  }

  @ParameterizedTest(name = "{0}: {1}, next {2}")
  @CsvSource({
    "PT59M59S, false, PT1H",
    "PT1H,     true,  PT2H",
    "PT1H59M,  true,  PT2H",
    "PT2H,     false, ",
  })
  void lastsFromOneMomentToAnother(Duration after, boolean isTime, Duration next) {
    When when = When.between(Duration.ofHours(1), Duration.ofHours(2));
    Instant now = GIVEN.plus(after);
    assertThat(when.isTime(GIVEN, now)).isEqualTo(isTime);
    assertThat(when.nextChange(GIVEN, now)).isEqualTo(Optional.ofNullable(next).map(GIVEN::plus));
  }

  @ParameterizedTest(name = "{0} and {1}: {2}")
  @CsvSource({
    "*@contoso.example, bob@CONTOSO.example, true",
    "*@contoso.example, bob@contoso.examples, false",
    "'a@*, b@*', b@x, true",
    "'a@*, b@*', c@x, false",
    "b?b@x, bob@x, true",
    "b?b@x, bb@x, false",
    "*a*b*c, xxaxxbxxbxxc, true",
    "*a*b*c, xxaxxbxxbxxcd, false",
    "bob, bob@x, false",
    "*, '', true",
  })
  void comparesWithJokers(String glob, String value, boolean fits) {
    assertThat(new Glob(glob).matches(value)).isEqualTo(fits);
  }
}
