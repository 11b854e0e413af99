package io.github.mailflowlab.alerting;

import static io.github.mailflowlab.alerting.Fixtures.ON_PREMISES;
import static io.github.mailflowlab.alerting.Fixtures.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.time.SimulatedTime;
import io.github.mailflowlab.time.WorkInFlight;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** All policies in one service, as far as they are wanted. */
final class PoliciesTest {
  private final SimulatedTime time = new SimulatedTime(START);
  private final WorkInFlight work = new WorkInFlight();
  private final BacklogFake backlog = new BacklogFake();
  private final AlertStoreFake store = new AlertStoreFake();

  @Test
  void onlyDelayedMessagesUnlessMoreIsAskedFor() {
    assertThat(Policies.of(AlertSettings.DEFAULT, backlog))
        .containsOnlyKeys("Messages have been delayed");
  }

  @Test
  void eachHasANameOfItsOwn() {
    assertThat(Policies.of(settings(FurtherPolicies.STANDARD), backlog))
        .containsOnlyKeys(
            "Messages have been delayed",
            "A message has been delayed for long",
            "No message gets through",
            "Many attempts fail alike",
            "Many messages have been returned",
            "Many recipients do not exist",
            "A certificate is about to expire",
            "The spool cannot be written");
  }

  @Test
  void eachRaisesAndEndsAnAlertOfItsOwn() throws Exception {
    try (AlertService service = start(FurtherPolicies.STANDARD)) {
      service.onSpool(false);
      service.seen(ON_PREMISES, "mail.contoso.example", START.plusSeconds(1));
      for (int i = 0; i < 500; i++) {
        service.on(
            Fixtures.recipientEvent(
                START, ON_PREMISES, TraceEvent.Kind.FAIL, "5.1.1", "a@contoso.example"));
      }
      work.awaitQuiet();

      assertThat(service.alerts())
          .extracting(Alert::policy, Alert::subject)
          .containsExactlyInAnyOrder(
              tuple("The spool cannot be written", "spool"),
              tuple("A certificate is about to expire", "mail.contoso.example"),
              tuple("Many attempts fail alike", ON_PREMISES),
              tuple("Many messages have been returned", ON_PREMISES),
              tuple("Many recipients do not exist", "contoso.example"));

      service.onSpool(true);
      service.seen(ON_PREMISES, "mail.contoso.example", START.plus(Duration.ofDays(90)));
      work.awaitQuiet();
      advance(Duration.ofDays(2));
      assertThat(service.alerts()).extracting(Alert::state).containsOnly(Alert.State.RESOLVED);
    }
  }

  @Test
  void theOldestMessageIsTroubleAfterFourHours() throws Exception {
    try (AlertService service = start(FurtherPolicies.STANDARD)) {
      backlog.add(ON_PREMISES, START);
      service.on(Fixtures.messageEvent(ON_PREMISES, TraceEvent.Kind.SUBMIT));

      advance(Duration.ofHours(4).minusNanos(1));
      assertThat(service.alerts()).isEmpty();
      advance(Duration.ofNanos(1));
      assertThat(service.alerts())
          .extracting(Alert::policy)
          .containsExactly("A message has been delayed for long");
    }
  }

  @Test
  void anAlertWhosePolicyIsSwitchedOffEnds() throws Exception {
    try (AlertService service = start(FurtherPolicies.STANDARD)) {
      service.seen(ON_PREMISES, "mail.contoso.example", START);
      work.awaitQuiet();
      assertThat(service.alerts()).extracting(Alert::ongoing).containsExactly(true);
    }
    try (AlertService service = start(FurtherPolicies.NONE)) {
      assertThat(service.alerts()).extracting(Alert::ongoing).containsExactly(false);
    }
  }

  private AlertService start(FurtherPolicies further) throws InterruptedException {
    AlertService service =
        new AlertService(
            settings(further), backlog, Fixtures::connectors, time, time, work, List.of(), store);
    service.start();
    work.awaitQuiet();
    return service;
  }

  private static AlertSettings settings(FurtherPolicies further) {
    return new AlertSettings(200, Duration.ofHours(1), OptionalInt.empty(), List.of(), further);
  }

  private void advance(Duration by) throws InterruptedException {
    var target = time.instant().plus(by);
    work.awaitQuiet();
    while (time.nextDue().filter(due -> !due.isAfter(target)).isPresent()) {
      time.advanceTo(time.nextDue().orElseThrow());
      work.awaitQuiet();
    }
    time.advanceTo(target);
  }
}
