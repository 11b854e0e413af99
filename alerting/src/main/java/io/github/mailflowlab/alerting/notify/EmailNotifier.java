package io.github.mailflowlab.alerting.notify;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.alerting.AlertNotifier;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.routing.Organization;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the organisation's administrators by e-mail from its postmaster. Hands the mail over and
 * does not wait; a mail that is refused or cannot be stored is logged and forgotten. Any thread.
 */
public final class EmailNotifier implements AlertNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(EmailNotifier.class);

  private final Submission submission;
  private final Supplier<Organization> organization;
  private final InstantSource clock;

  public EmailNotifier(
      Submission submission, Supplier<Organization> organization, InstantSource clock) {
    this.submission = submission;
    this.organization = organization;
    this.clock = clock;
  }

  @Override
  public void raised(Alert alert) {
    send(alert);
  }

  @Override
  public void resolved(Alert alert) {
    send(alert);
  }

  private void send(Alert alert) {
    try {
      Organization us = organization.get();
      if (us.admins().isEmpty()) {
        return;
      }
      Instant now = clock.instant();
      byte[] mail = AlertMail.compose(alert, us, now);
      Envelope envelope =
          new Envelope(ReversePath.of(us.postmaster()), us.admins(), BodyType.SEVEN_BIT);
      submission
          .submit(envelope, MessageContent.of(mail))
          .whenComplete((result, trouble) -> report(alert, result, trouble));
    } catch (RuntimeException e) {
      LOG.error("mail about alert {} could not be submitted", alert.id(), e);
    }
  }

  private static void report(
      Alert alert, Submission.@Nullable Result result, @Nullable Throwable trouble) {
    if (result == null) {
      LOG.error("mail about alert {} could not be submitted", alert.id(), trouble);
    } else if (result.id().isEmpty() || !result.rejected().isEmpty()) {
      LOG.warn(
          "mail about alert {} was refused: {} {}", alert.id(), result.reply(), result.rejected());
    }
  }
}
