package io.github.mailflowlab.alerting;

import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.event.ConnectorEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Outcomes cannot be recorded, so that all delivery pauses. */
final class SpoolTrouble implements Policy {
  private static final Title TITLE =
      new Title("The spool cannot be written", "High", "OutcomesUnrecorded");
  private static final String SUBJECT = "spool";

  private volatile Optional<Instant> since = Optional.empty();

  @Override
  public Title title() {
    return TITLE;
  }

  @Override
  public Optional<String> drawnBy(ConnectorEvent event) {
    return Optional.empty();
  }

  @Override
  public Optional<String> drawnBySpool(boolean writable, Instant when) {
    since = writable ? Optional.empty() : since.or(() -> Optional.of(when));
    return Optional.of(SUBJECT);
  }

  @Override
  public Verdict judge(String subject, Instant now) {
    return since
        .filter(begin -> subject.equals(SUBJECT))
        .map(
            begin ->
                Verdict.trouble(
                    new Verdict.Trouble(
                        "",
                        begin,
                        1,
                        1,
                        Optional.empty(),
                        "What was delivered cannot be recorded, so that delivery pauses."),
                    Optional.empty()))
        .orElse(Verdict.QUIET);
  }

  @Override
  public List<String> advice(Verdict.Trouble trouble, ConnectorType type) {
    return Advice.topic("spool").whatToDo();
  }
}
