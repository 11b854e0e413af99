package io.github.mailflowlab.alerting.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.Fixtures;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.status.SmtpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class NotifierTest {
  private static final Mailbox ADMIN = Mailbox.of("admin@contoso.example");
  private static final Alert ALERT = Fixtures.alert("To on-premises", "mail.contoso.example:2525");

  private final Logger logger = (Logger) LoggerFactory.getLogger("io.github.mailflowlab.alerting");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private final List<Envelope> submitted = new ArrayList<>();
  private final CompletableFuture<Submission.Result> answer = new CompletableFuture<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setAdditive(true);
  }

  @Test
  void logsOneLineAtEachEnd() {
    LogNotifier notifier = new LogNotifier();
    notifier.raised(ALERT);
    notifier.resolved(Fixtures.resolved(ALERT, Fixtures.START));

    assertThat(log.list)
        .extracting(ILoggingEvent::getLevel, ILoggingEvent::getFormattedMessage)
        .containsExactly(
            tuple(
                Level.WARN,
                "alert=amk0bh2801 state=Active policy=\"Messages have been delayed\""
                    + " connector=\"To on-premises\" subject=\"To on-premises\" count=212 threshold=200"
                    + " lastError=\"450 4.4.316 Connection refused"
                    + " [Message=Socket error code 10061]"
                    + " [LastAttemptedServerName=mail.contoso.example]"
                    + " [LastAttemptedIP=127.0.0.1:2525]\""),
            tuple(
                Level.INFO,
                "alert=amk0bh2801 state=Resolved policy=\"Messages have been delayed\""
                    + " connector=\"To on-premises\" subject=\"To on-premises\""
                    + " raised=2026-01-05T09:00:00Z"));
  }

  @Test
  void mailsTheAdministratorsFromThePostmaster() {
    answer.complete(stored());
    email(ADMIN).raised(ALERT);

    assertThat(submitted)
        .singleElement()
        .satisfies(
            envelope -> {
              assertThat(envelope.reversePath()).hasToString("postmaster@contoso.example");
              assertThat(envelope.recipients()).containsExactly(ADMIN);
              assertThat(envelope.bodyType()).isEqualTo(BodyType.SEVEN_BIT);
            });
    assertThat(log.list).isEmpty();
  }

  @Test
  void doesNotWaitForTheSpool() {
    email(ADMIN).resolved(Fixtures.resolved(ALERT, Fixtures.START));

    assertThat(submitted).hasSize(1);
    assertThat(answer).isNotDone();
  }

  @Test
  void mailsNobodyWhenThereIsNoAdministrator() {
    email().raised(ALERT);

    assertThat(submitted).isEmpty();
  }

  @Test
  void aRefusedMailIsLogged() {
    SmtpReply full = SmtpReply.of(452, "4.3.1 Disk full");
    answer.complete(new Submission.Result(Optional.empty(), full, Map.of(ADMIN, full)));
    email(ADMIN).raised(ALERT);

    assertThat(log.list)
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getFormattedMessage()).contains("refused", "452 4.3.1 Disk full"));
  }

  @Test
  void aSubmissionThatBreaksIsLogged() {
    answer.completeExceptionally(new IllegalStateException("spool closed"));
    email(ADMIN).raised(ALERT);

    assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
  }

  @Test
  void aSubmissionThatThrowsIsLogged() {
    Submission broken =
        (envelope, content) -> {
          throw new IllegalStateException("spool closed");
        };
    notifier(broken, ADMIN).raised(ALERT);

    assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.ERROR);
  }

  private EmailNotifier email(Mailbox... admins) {
    return notifier(this::submit, admins);
  }

  private static EmailNotifier notifier(Submission submission, Mailbox... admins) {
    AcceptedDomain domain =
        new AcceptedDomain(
            DomainName.of("contoso.example"), AcceptedDomain.Type.INTERNAL_RELAY, Set.of());
    Organization us = new Organization(List.of(domain), List.of(admins));
    return new EmailNotifier(submission, () -> us, () -> Fixtures.START);
  }

  private CompletableFuture<Submission.Result> submit(Envelope envelope, MessageContent content) {
    assertThat(content.isInMemory()).isTrue();
    submitted.add(envelope);
    return answer;
  }

  private static Submission.Result stored() {
    return new Submission.Result(
        Optional.of("m1"), SmtpReply.of(250, "2.6.0 Queued mail for delivery"), Map.of());
  }
}
