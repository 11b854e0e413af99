package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.PARTNER;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.time.SimulatedTime;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Three messages for an hour make an alert; time is simulated, the service's thread is real. */
final class AlertServiceTest {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration MINUTE = Duration.ofMinutes(1);

  /** Notes what it is told. */
  private static final class Told implements AlertNotifier {
    private final List<String> news = new ArrayList<>();

    @Override
    public void raised(Alert alert) {
      news.add("raised " + alert.connector());
    }

    @Override
    public void resolved(Alert alert) {
      news.add("resolved " + alert.connector());
    }
  }

  /** Breaks the contract of a notifier. */
  private static final class Throwing implements AlertNotifier {
    @Override
    public void raised(Alert alert) {
      throw new IllegalStateException("no paper");
    }

    @Override
    public void resolved(Alert alert) {
      throw new IllegalStateException("no paper");
    }
  }

  private final SimulatedTime time = new SimulatedTime(START);
  private final WorkInFlight work = new WorkInFlight();
  private final BacklogFake backlog = new BacklogFake();
  private final Told told = new Told();
  private final AlertService service = service(told);

  @AfterEach
  void close() {
    service.close();
  }

  @Test
  void raisesWhenTheThresholdOldestMessageHasWaitedLongEnough() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, MINUTE.multipliedBy(10), MINUTE.multipliedBy(20), HOUR);
    Instant due = START.plus(MINUTE.multipliedBy(20)).plus(HOUR);

    advanceTo(due.minusNanos(1));
    assertThat(service.alerts()).isEmpty();

    advanceTo(due);
    assertThat(service.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.policy()).isEqualTo("Messages have been delayed");
              assertThat(alert.severity()).isEqualTo("High");
              assertThat(alert.category()).isEqualTo("Mail flow");
              assertThat(alert.activity()).isEqualTo("MessagesQueued");
              assertThat(alert.state()).isEqualTo(Alert.State.ACTIVE);
              assertThat(alert.connector()).isEqualTo(ON_PREMISES);
              assertThat(alert.count()).isEqualTo(3);
              assertThat(alert.threshold()).isEqualTo(3);
              assertThat(alert.destinationServer()).isEqualTo("mail.contoso.example:2525");
              assertThat(alert.raised()).isEqualTo(due);
              assertThat(alert.updated()).isEqualTo(due);
              assertThat(alert.resolved()).isEmpty();
            });
    assertThat(told.news).containsExactly("raised " + ON_PREMISES);
  }

  @Test
  void oneMessageTooFewRaisesNothingAndSchedulesNothing() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO);

    assertThat(time.nextDue()).isEmpty();
    advance(HOUR.multipliedBy(24));
    happen(ON_PREMISES);
    assertThat(service.alerts()).isEmpty();
  }

  @Test
  void mailThatLeavesInTimeRaisesNothing() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    advance(HOUR.minusSeconds(1));
    backlog.removeOldest(ON_PREMISES);
    happen(ON_PREMISES);

    assertThat(time.nextDue()).isEmpty();
    advance(HOUR);
    assertThat(service.alerts()).isEmpty();
  }

  @Test
  void waitsForTheNextMessageWhenTheOldestLeaves() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO, Duration.ZERO, MINUTE.multipliedBy(30));
    backlog.removeOldest(ON_PREMISES);
    happen(ON_PREMISES);

    assertThat(time.nextDue()).contains(START.plus(MINUTE.multipliedBy(30)).plus(HOUR));
  }

  @Test
  void looksAtNothingBetweenEventsAndTheOneInstantThatMatters() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    int reads = backlog.reads();

    advance(HOUR.multipliedBy(24));

    assertThat(backlog.reads()).isEqualTo(reads + 1);
    assertThat(time.nextDue()).isEmpty();
  }

  @Test
  void furtherActivityUpdatesTheSameAlert() throws Exception {
    Alert first = raise(ON_PREMISES);
    backlog.add(ON_PREMISES, START);
    backlog.lastError(ON_PREMISES, Fixtures.refused());
    advance(MINUTE);
    happen(ON_PREMISES);

    Alert second = service.alert(first.id()).orElseThrow();
    assertThat(service.alerts()).containsExactly(second);
    assertThat(second.count()).isEqualTo(4);
    assertThat(second.lastError()).contains(Fixtures.refused());
    assertThat(second.advice())
        .isEqualTo(Advice.explain("4.4.316").orElseThrow().whatToDo())
        .isNotEqualTo(first.advice());
    assertThat(second.raised()).isEqualTo(first.raised());
    assertThat(second.updated()).isEqualTo(first.raised().plus(MINUTE));
    assertThat(told.news).hasSize(1);
  }

  @Test
  void anEventThatChangesNothingLeavesTheAlertAsItWas() throws Exception {
    Alert first = raise(ON_PREMISES);
    advance(MINUTE);
    happen(ON_PREMISES);

    assertThat(service.alerts()).containsExactly(first);
  }

  @Test
  void resolvesByItselfWhenTheCountFallsUnderTheThreshold() throws Exception {
    Alert raised = raise(ON_PREMISES);
    advance(MINUTE);
    backlog.removeOldest(ON_PREMISES);
    happen(ON_PREMISES);

    Alert resolved = service.alert(raised.id()).orElseThrow();
    assertThat(resolved.state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(resolved.resolved()).contains(time.instant());
    assertThat(resolved.updated()).isEqualTo(time.instant());
    assertThat(resolved.raised()).isEqualTo(raised.raised());
    assertThat(resolved.count()).isEqualTo(3);
    assertThat(told.news).containsExactly("raised " + ON_PREMISES, "resolved " + ON_PREMISES);

    happen(ON_PREMISES);
    assertThat(told.news).hasSize(2);
  }

  @Test
  void staysOpenAtExactlyTheThreshold() throws Exception {
    raise(ON_PREMISES);
    backlog.add(ON_PREMISES, START);
    happen(ON_PREMISES);
    backlog.removeOldest(ON_PREMISES);
    happen(ON_PREMISES);

    assertThat(service.alerts())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.ACTIVE);
  }

  @Test
  void aNewEpisodeIsANewAlertAndComesFirst() throws Exception {
    Alert first = raise(ON_PREMISES);
    backlog.removeAll(ON_PREMISES);
    happen(ON_PREMISES);
    Alert second = raise(ON_PREMISES);

    assertThat(second.id()).isNotEqualTo(first.id());
    assertThat(service.alerts()).extracting(Alert::id).containsExactly(second.id(), first.id());
    assertThat(second.raised()).isEqualTo(first.raised().plus(HOUR));
  }

  @Test
  void eachConnectorHasItsOwnAlert() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    receive(PARTNER, MINUTE, MINUTE, MINUTE);
    backlog.lastError(PARTNER, Fixtures.refused());
    advance(HOUR.plus(MINUTE));

    assertThat(service.alerts()).extracting(Alert::connector).containsExactly(PARTNER, ON_PREMISES);
    Alert partner = service.alerts().get(0);
    assertThat(partner.destinationServer()).isEqualTo("[127.0.0.1]:2526");
    assertThat(partner.advice()).isEqualTo(Advice.explain("4.4.316").orElseThrow().partner());
  }

  @Test
  void idsAreLettersAndDigits() throws Exception {
    assertThat(raise(ON_PREMISES).id()).matches("[a-z0-9]+");
    assertThat(service.alert("a")).isEmpty();
  }

  @Test
  void startFindsMailThatWasDelayedBeforeARestart() throws Exception {
    for (int i = 0; i < 3; i++) {
      backlog.add(PARTNER, START.minus(HOUR.multipliedBy(2)));
      backlog.add(ON_PREMISES, START.minus(MINUTE));
    }
    service.start();
    work.awaitQuiet();

    assertThat(service.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.connector()).isEqualTo(PARTNER);
              assertThat(alert.raised()).isEqualTo(START.minus(HOUR));
              assertThat(alert.updated()).isEqualTo(START);
            });
    assertThat(time.nextDue()).contains(START.minus(MINUTE).plus(HOUR));
  }

  @Test
  void keepsTheLastErrorKnownWhenTheQueueDrains() throws Exception {
    backlog.lastError(ON_PREMISES, Fixtures.refused());
    Alert raised = raise(ON_PREMISES);
    backlog.add(ON_PREMISES, START);
    backlog.forgetError(ON_PREMISES);
    happen(ON_PREMISES);
    assertThat(service.alerts().get(0).lastError()).contains(Fixtures.refused());
    assertThat(service.alerts().get(0).advice()).isEqualTo(raised.advice());

    backlog.removeAll(ON_PREMISES);
    happen(ON_PREMISES);
    assertThat(service.alerts().get(0).state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(service.alerts().get(0).lastError()).contains(Fixtures.refused());
  }

  @Test
  void raisesAtTheInstantThoughItHeardOfArrivalsOnly() throws Exception {
    submit(1);
    advance(MINUTE);
    submit(2);

    advance(HOUR.minusNanos(1));
    assertThat(service.alerts()).isEmpty();
    advance(Duration.ofNanos(1));
    assertThat(service.alerts()).hasSize(1);
    assertThat(service.alerts().get(0).updated()).isEqualTo(START.plus(MINUTE).plus(HOUR));
  }

  @Test
  void looksAtNoArrivalWhileItKnowsWhenTheAlertIsDue() throws Exception {
    submit(3);
    int reads = backlog.reads();
    submit(100);

    assertThat(backlog.reads()).isEqualTo(reads);
    assertThat(time.nextDue()).contains(START.plus(HOUR));
  }

  @Test
  void looksAtDeparturesOnlyWhenTheyMayHaveEndedTheWait() throws Exception {
    receive(ON_PREMISES, Stream.generate(() -> Duration.ZERO).limit(10).toArray(Duration[]::new));
    int reads = backlog.reads();
    depart(7);
    assertThat(backlog.reads()).isEqualTo(reads);
    assertThat(time.nextDue()).isPresent();

    depart(1);
    assertThat(backlog.reads()).isEqualTo(reads + 1);
    assertThat(time.nextDue()).isEmpty();
  }

  @Test
  void resolvesByDeparturesAtTheInstantOfTheLastThatMatters() throws Exception {
    receive(ON_PREMISES, Stream.generate(() -> Duration.ZERO).limit(50).toArray(Duration[]::new));
    advance(HOUR);
    int reads = backlog.reads();
    depart(47);
    assertThat(service.alerts().get(0).state()).isEqualTo(Alert.State.ACTIVE);
    advance(MINUTE);
    assertThat(service.alerts().get(0).count()).isLessThan(50);

    depart(1);
    assertThat(service.alerts().get(0).resolved()).contains(time.instant());
    assertThat(backlog.reads() - reads).isLessThan(48);
  }

  @Test
  void looksTenTimesASecondAtMostHoweverMuchPassesThrough() throws Exception {
    for (int i = 0; i < 500; i++) {
      submit(1);
      depart(1);
    }
    assertThat(backlog.reads()).isEqualTo(Pace.LOOKS);
    assertThat(time.nextDue()).contains(START.plus(Pace.SPAN));

    advance(Pace.SPAN);
    assertThat(backlog.reads()).isEqualTo(Pace.LOOKS + 1);
    assertThat(time.nextDue()).isEmpty();
  }

  @Test
  void forgetsWhatItPutOffWhenItIsClosed() throws Exception {
    for (int i = 0; i < 500; i++) {
      submit(1);
      depart(1);
    }
    service.close();
    assertThat(time.nextDue()).isEmpty();
  }

  @Test
  void localDeliveryConcernsNoConnector() throws Exception {
    service.on(Fixtures.event(Optional.empty(), TraceEvent.Kind.DELIVER, "2.0.0"));
    work.awaitQuiet();

    assertThat(backlog.reads()).isZero();
  }

  @Test
  void aConnectorThatIsGoneStillGetsItsAlert() throws Exception {
    Alert alert = raise("Deleted");

    assertThat(alert.destinationServer()).isEmpty();
    assertThat(alert.advice()).isNotEmpty();
  }

  @Test
  void eventsThatComeWhileItLooksCostOneMoreLook() throws Exception {
    CountDownLatch looking = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    backlog.beforeReading(
        () -> {
          looking.countDown();
          await(goOn);
        });
    service.on(Fixtures.event(ON_PREMISES));
    looking.await();
    for (int i = 0; i < 1_000; i++) {
      service.on(Fixtures.event(ON_PREMISES));
    }

    assertThat(work.count()).isEqualTo(2);
    goOn.countDown();
    work.awaitQuiet();
    assertThat(backlog.reads()).isEqualTo(2);
  }

  @Test
  void looksAgainWhenTheBacklogCouldNotBeRead() throws Exception {
    for (int i = 0; i < 3; i++) {
      backlog.add(ON_PREMISES, START.minus(HOUR));
    }
    backlog.failWith(new IllegalStateException("disk gone"));
    happen(ON_PREMISES);
    assertThat(service.alerts()).isEmpty();

    backlog.failWith(null);
    advance(MINUTE);
    assertThat(service.alerts()).hasSize(1);
  }

  @Test
  void onceClosedItHoldsNothingBackAndForgetsItsChecks() throws Exception {
    receive(ON_PREMISES, Duration.ZERO, Duration.ZERO, Duration.ZERO);
    service.close();
    assertThat(time.nextDue()).isEmpty();

    service.on(Fixtures.event(ON_PREMISES));
    assertThat(work.count()).isZero();
    assertThat(service.alerts()).isEmpty();
  }

  @Test
  void aNotifierThatThrowsKeepsNobodyElseFromHearing() throws Exception {
    for (int i = 0; i < 3; i++) {
      backlog.add(ON_PREMISES, START.minus(HOUR));
    }
    Told last = new Told();
    try (AlertService other = service(new Throwing(), last)) {
      other.start();
      work.awaitQuiet();

      assertThat(last.news).containsExactly("raised " + ON_PREMISES);
      assertThat(other.alerts()).hasSize(1);
    }
  }

  private AlertService service(AlertNotifier... notifiers) {
    return new AlertService(
        new AlertSettings(3, HOUR),
        backlog,
        Fixtures::connectors,
        time,
        time,
        work,
        List.of(notifiers));
  }

  private Alert raise(String connector) throws InterruptedException {
    receive(connector, sinceStart(), sinceStart(), sinceStart());
    advance(HOUR);
    return service.alerts().get(0);
  }

  private Duration sinceStart() {
    return Duration.between(START, time.instant());
  }

  private void receive(String connector, Duration... afterStart) throws InterruptedException {
    for (Duration after : afterStart) {
      backlog.add(connector, START.plus(after));
    }
    happen(connector);
  }

  private void submit(int messages) throws InterruptedException {
    for (int i = 0; i < messages; i++) {
      backlog.add(ON_PREMISES, time.instant());
      service.on(Fixtures.messageEvent(ON_PREMISES, TraceEvent.Kind.SUBMIT));
      work.awaitQuiet();
    }
  }

  private void depart(int messages) throws InterruptedException {
    for (int i = 0; i < messages; i++) {
      backlog.removeOldest(ON_PREMISES);
      service.on(Fixtures.messageEvent(ON_PREMISES, TraceEvent.Kind.SEND));
      work.awaitQuiet();
    }
  }

  private void happen(String connector) throws InterruptedException {
    service.on(Fixtures.event(connector));
    work.awaitQuiet();
  }

  private void advance(Duration by) throws InterruptedException {
    advanceTo(time.instant().plus(by));
  }

  /** As the lab's clock does it: time moves on only when nothing is in flight. */
  private void advanceTo(Instant target) throws InterruptedException {
    while (true) {
      work.awaitQuiet();
      Optional<Instant> due = time.nextDue().filter(instant -> !instant.isAfter(target));
      if (due.isEmpty()) {
        time.advanceTo(target);
        return;
      }
      time.advanceTo(due.get());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
