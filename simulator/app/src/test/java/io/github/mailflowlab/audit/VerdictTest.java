package io.github.mailflowlab.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.audit.Ledger.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerdictTest {
  private static final String TO = "m@taking.example";

  private final Ledger ledger = new Ledger();
  private final List<Kept.Message> messages = new ArrayList<>();
  private final List<List<String>> ndrs = new ArrayList<>();

  /** What was answered, how often it is kept, and whether that is right. */
  @ParameterizedTest
  @CsvSource({
    "ACKNOWLEDGED, 1, ''",
    "ACKNOWLEDGED, 0, m: acknowledged and lost",
    "ACKNOWLEDGED, 2, m: kept 2 times",
    "NONE, 0, ''",
    "NONE, 1, ''",
    "NONE, 2, m: kept 2 times",
    "REFUSED, 0, ''",
    "REFUSED, 1, m: refused and kept",
  })
  void whatIsKeptIsWhatWasAnswered(Answer answer, int times, String finding) {
    offer("m", answer);
    for (int i = 0; i < times; i++) {
      keep("m", "Pending");
    }

    expect(finding);
  }

  /** What it says of a recipient, copies at the next hop, NDRs, and whether these agree. */
  @ParameterizedTest
  @CsvSource({
    "Delivered, 1, 0, true",
    "Delivered, 0, 0, false",
    "Delivered, 1, 1, false",
    "Failed, 0, 1, true",
    "Failed, 0, 0, false",
    "Failed, 0, 2, false",
    "Failed, 1, 1, false",
    "Pending, 0, 0, true",
    "Pending, 1, 0, false",
    "Pending, 0, 1, false",
    "Unknown, 0, 0, false",
  })
  void aRecipientEndsInOneWay(String status, int copies, int returns, boolean right) {
    offer("m", Answer.ACKNOWLEDGED);
    keep("m", status);
    for (int i = 0; i < copies; i++) {
      ledger.arrived(List.of(TO), i, i);
    }
    for (int i = 0; i < returns; i++) {
      ndrs.add(List.of(TO));
    }

    assertThat(judge().findings().isEmpty()).isEqualTo(right);
  }

  /** The lives and connections of two copies, another message's connection after the first. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 2, 2, 3, ''",
    "1, 1, 2, 2, 1, 'm@taking.example: sent again, though its connection had carried another since'",
    "1, 1, 1, 2, 3, m@taking.example: sent twice in life 1",
    "1, 1, 1, 1, 3, m@taking.example: sent twice in life 1",
  })
  void onlyTheLastOfAConnectionIsSentAgainInALaterLife(
      int life, int connection, int laterLife, int laterConnection, int other, String finding) {
    offer("m", Answer.ACKNOWLEDGED);
    keep("m", "Delivered");
    offer("o", Answer.ACKNOWLEDGED);
    keep("o", "Delivered");
    ledger.arrived(List.of(TO), life, connection);
    ledger.arrived(List.of("o@taking.example"), life, other);
    ledger.arrived(List.of(TO), laterLife, laterConnection);

    expect(finding);
    assertThat(judge().repetitions()).isEqualTo(1);
  }

  @Test
  void whatNobodyOfferedIsNotThere() {
    keep("stranger", "Pending");
    ledger.arrived(List.of("x@taking.example"), 1, 1);
    ndrs.add(List.of("y@taking.example"));

    assertThat(judge().findings())
        .containsExactlyInAnyOrder(
            "stranger: never offered",
            "x@taking.example: never offered",
            "y@taking.example: never offered");
  }

  @Test
  void whatIsNotKeptIsNeitherDeliveredNorReturned() {
    offer("m", Answer.NONE);
    ledger.arrived(List.of(TO), 1, 1);

    expect("m@taking.example: delivered or returned, and not kept");
  }

  private void offer(String id, Answer answer) {
    ledger.offered(id, List.of(id + "@taking.example"));
    ledger.answered(id, answer);
  }

  private void keep(String id, String status) {
    messages.add(new Kept.Message(id, Map.of(id + "@taking.example", status)));
  }

  private void expect(String finding) {
    assertThat(judge().findings()).isEqualTo(finding.isEmpty() ? List.of() : List.of(finding));
  }

  private Verdict judge() {
    return new Verdict(ledger.read(), new Kept(messages, ndrs));
  }
}
