package io.github.mailflowlab.junit;

import io.github.mailflowlab.alerting.Alert;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.event.TraceEvent;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.MessageFilter;
import io.github.mailflowlab.queue.MessageView;
import io.github.mailflowlab.queue.QueueView;
import java.util.List;
import java.util.Optional;

/**
 * An outbound connector for all domains, with a queue of its own. It leads to the test's {@link
 * SmartHost}s; without one, to a healthy host. Any thread.
 */
public final class Connector {
  /** Who sends when a test does not say. */
  public static final String SENDER = "alice@contoso.example";

  private static final int MAX = 1000;

  private final TestLab lab;

  Connector(TestLab lab) {
    this.lab = lab;
  }

  /** Sends a short mail from {@link #SENDER}; see {@link #send(String, String)}. */
  public String send(String to) {
    return send(SENDER, to);
  }

  /**
   * Sends a short mail. Returns when it is stored and its first attempt, if there is one at once,
   * is over.
   *
   * @param from empty for the null reverse-path
   * @return the message's id
   * @throws IllegalArgumentException when it is no address
   * @throws IllegalStateException when the mail was refused, with the reply
   */
  public String send(String from, String to) {
    Mailbox recipient = Mailbox.of(to);
    ReversePath sender = from.isEmpty() ? ReversePath.NULL : ReversePath.of(Mailbox.of(from));
    Submission.Result result =
        submit(
            new Envelope(sender, List.of(recipient), BodyType.EIGHT_BIT_MIME),
            MessageContent.of(ShortMail.compose(sender, recipient, lab.labClock().instant())));
    return result.id().orElseThrow(() -> new IllegalStateException("refused: " + result.reply()));
  }

  /** Submits any mail, and waits as {@link #send(String, String)}. */
  public Submission.Result submit(Envelope envelope, MessageContent content) {
    Submission.Result result =
        lab.relay().queue().submit(envelope, content).toCompletableFuture().join();
    lab.settle();
    return result;
  }

  /** Changes what the connector demands of TLS, from the next attempt on. */
  public void demand(TlsSettings tls) {
    lab.relay().demand(Relay.withoutDomain(tls), Optional.empty());
  }

  /**
   * Demands a certificate for that domain ({@code DomainValidation}), from the next attempt on.
   *
   * @param domain a name or {@code *.name}
   */
  public void demandDomain(String domain) {
    DomainPattern pattern =
        DomainPattern.parse(domain)
            .orElseThrow(
                () -> new IllegalArgumentException("domain: " + domain + " (expected: a name)"));
    lab.relay().demand(TlsSettings.DOMAIN_VALIDATION, Optional.of(pattern));
  }

  /** Lets the queued mail go on; noticed within a minute of the lab's time. */
  public void enable() {
    lab.relay().enable(true);
  }

  /** Makes no attempt any more; new mail is refused for want of a connector. */
  public void disable() {
    lab.relay().enable(false);
  }

  /** The messages, the newest first; at most a thousand. */
  public List<MessageView> messages() {
    return lab.relay().queue().messages(MessageFilter.ALL, MAX, Optional.empty()).items();
  }

  public Optional<MessageView> message(String id) {
    return lab.relay().queue().message(id);
  }

  /** What happened to a message, in order, with the transcripts of its attempts. */
  public List<TraceEvent> trace(String id) {
    return lab.relay().queue().trace(id);
  }

  /** The next-hop queues. */
  public List<QueueView> queues() {
    return lab.relay().queue().queues();
  }

  /** The alerts, the newest first, resolved ones included. */
  public List<Alert> alerts() {
    return lab.relay().alerts().alerts();
  }
}
