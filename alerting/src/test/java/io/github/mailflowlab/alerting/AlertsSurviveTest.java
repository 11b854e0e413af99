package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.time.SimulatedTime;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** One late message makes an alert; services come and go over one store and one backlog. */
final class AlertsSurviveTest {
  private final SimulatedTime time = new SimulatedTime(START);
  private final WorkInFlight work = new WorkInFlight();
  private final BacklogFake backlog = new BacklogFake();
  private final AlertStoreFake store = new AlertStoreFake();
  private final List<String> told = new ArrayList<>();
  private AlertSettings settings = new AlertSettings(1, Duration.ofHours(1));

  private final class Teller implements AlertNotifier {
    @Override
    public void raised(Alert alert) {
      told.add("raised " + alert.id());
    }

    @Override
    public void resolved(Alert alert) {
      told.add(alert.state().label() + " " + alert.id());
    }
  }

  @Test
  void anOpenAlertIsTheSameAfterARestartAndNotToldAgain() throws Exception {
    Alert alert = raised();

    try (AlertService again = start()) {
      assertThat(again.alerts()).containsExactly(alert);
      assertThat(told).containsExactly("raised " + alert.id());
    }
  }

  @Test
  void anEpisodeThatEndedMeanwhileIsResolvedAtTheStart() throws Exception {
    Alert alert = raised();
    backlog.removeAll(ON_PREMISES);

    try (AlertService again = start()) {
      assertThat(again.alerts()).containsExactly(alert.causeGone(time.instant()));
      assertThat(told).containsExactly("raised " + alert.id(), "Resolved " + alert.id());
    }
  }

  @Test
  void theAlertOfAConnectorThatIsGoneEndsToo() throws Exception {
    backlog.add("To nowhere", START.minus(Duration.ofHours(2)));
    try (AlertService service = start()) {
      service.on(Fixtures.event("To nowhere"));
      work.awaitQuiet();
      assertThat(service.alerts()).hasSize(1);
    }
    backlog.removeAll("To nowhere");

    try (AlertService again = start()) {
      assertThat(again.alerts().get(0).state()).isEqualTo(Alert.State.RESOLVED);
    }
  }

  @Test
  void historyIsKeptInItsOrderAndIdsAreNeverUsedTwice() throws Exception {
    Alert first = raised();
    Alert second;
    backlog.removeAll(ON_PREMISES);
    try (AlertService again = start()) {
      backlog.add(ON_PREMISES, START.minus(Duration.ofHours(2)));
      happen(again);
      second = again.alerts().get(0);
    }

    try (AlertService again = start()) {
      assertThat(again.alerts()).extracting(Alert::id).containsExactly(second.id(), first.id());
    }
    assertThat(second.id()).isNotEqualTo(first.id());
  }

  @Test
  void aDamagedAlertIsForgottenAndTheOthersStay() throws Exception {
    Alert first = raised();
    backlog.removeAll(ON_PREMISES);
    start().close();
    raised();
    store.texts.replace("alert.1", "?");
    backlog.removeAll(ON_PREMISES);

    try (AlertService again = start()) {
      assertThat(again.alerts()).extracting(Alert::id).containsExactly(first.id());
    }
    raised();
    assertThat(store.texts).hasSize(2);
  }

  @Test
  void whatWasDismissedIsNotToldOfAgainUntilItsCauseWasGone() throws Exception {
    Alert alert = raised();
    try (AlertService service = start()) {
      assertThat(change(service, alert, Alert.State.DISMISSED)).isEqualTo(AlertChange.DONE);
    }

    try (AlertService again = start()) {
      happen(again);
      assertThat(again.alerts()).extracting(Alert::state).containsExactly(Alert.State.DISMISSED);
      assertThat(again.alerts()).allMatch(Alert::ongoing);
      backlog.removeAll(ON_PREMISES);
      happen(again);
      assertThat(again.alerts()).noneMatch(Alert::ongoing);
      assertThat(told).containsExactly("raised " + alert.id(), "Dismissed " + alert.id());

      backlog.add(ON_PREMISES, START.minus(Duration.ofHours(2)));
      happen(again);
      assertThat(again.alerts()).hasSize(2);
      assertThat(told).hasSize(3);
    }
  }

  @Test
  void aClosedAlertStaysAsItWas() throws Exception {
    Alert alert = raised();
    try (AlertService service = start()) {
      change(service, alert, Alert.State.RESOLVED);
      Alert closed = service.alert(alert.id()).orElseThrow();
      backlog.add(ON_PREMISES, START);
      happen(service);

      assertThat(service.alerts()).containsExactly(closed);
      for (Alert.State state : Alert.State.values()) {
        assertThat(change(service, alert, state)).isEqualTo(AlertChange.NOT_APPLICABLE);
      }
      assertThat(service.alerts()).containsExactly(closed);
      assertThat(closed.notes())
          .containsExactly(
              new Alert.Note(time.instant(), Alert.State.RESOLVED, "me", Optional.of("done")));
    }
  }

  @Test
  void anAlertUnderInvestigationIsUpdatedAndResolvesByItself() throws Exception {
    Alert alert = raised();
    try (AlertService service = start()) {
      change(service, alert, Alert.State.INVESTIGATING);
      backlog.add(ON_PREMISES, START.minus(Duration.ofHours(2)));
      happen(service);
      assertThat(service.alerts())
          .singleElement()
          .satisfies(
              one -> {
                assertThat(one.state()).isEqualTo(Alert.State.INVESTIGATING);
                assertThat(one.resolved()).isEmpty();
                assertThat(one.count()).isEqualTo(2);
              });
      assertThat(change(service, alert, Alert.State.INVESTIGATING))
          .isEqualTo(AlertChange.NOT_APPLICABLE);
      assertThat(change(service, alert, Alert.State.ACTIVE)).isEqualTo(AlertChange.NOT_APPLICABLE);

      backlog.removeAll(ON_PREMISES);
      happen(service);
      assertThat(service.alerts().get(0).state()).isEqualTo(Alert.State.RESOLVED);
      assertThat(service.alerts().get(0).notes()).hasSize(1);
    }
  }

  @Test
  void anUnknownAlertCannotBeChanged() throws Exception {
    Alert alert = raised();
    store.texts.clear();
    backlog.removeAll(ON_PREMISES);

    try (AlertService service = start()) {
      assertThat(change(service, alert, Alert.State.RESOLVED)).isEqualTo(AlertChange.UNKNOWN);
    }
  }

  @Test
  void beyondTheDailyLimitAlertsAreShownButNotTold() throws Exception {
    settings =
        new AlertSettings(
            1, Duration.ofHours(1), OptionalInt.of(1), List.of(), FurtherPolicies.NONE);
    Alert first = raised();
    backlog.removeAll(ON_PREMISES);
    start().close();

    assertThat(raised().told()).isFalse();
    backlog.removeAll(ON_PREMISES);
    start().close();
    assertThat(told).containsExactly("raised " + first.id(), "Resolved " + first.id());

    time.advanceTo(START.plus(Duration.ofDays(1)));
    assertThat(raised().told()).isTrue();
    assertThat(told).hasSize(3);
  }

  /** Raises an alert in a service that is closed after. */
  private Alert raised() throws InterruptedException {
    backlog.add(ON_PREMISES, time.instant().minus(Duration.ofHours(2)));
    try (AlertService service = start()) {
      return service.alerts().get(0);
    }
  }

  private AlertService start() throws InterruptedException {
    AlertService service =
        new AlertService(
            settings,
            backlog,
            Fixtures::connectors,
            time,
            time,
            work,
            List.of(new Teller()),
            store);
    service.start();
    work.awaitQuiet();
    return service;
  }

  private AlertChange change(AlertService service, Alert alert, Alert.State state) {
    return service
        .change(alert.id(), state, "me", Optional.of("done"))
        .toCompletableFuture()
        .join();
  }

  /** Something happens, and the pace's pause after it is over. */
  private void happen(AlertService service) throws InterruptedException {
    service.on(Fixtures.event(ON_PREMISES));
    work.awaitQuiet();
  }
}
