package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.status.SmtpReply;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Stands on the wire, keeps its own books, and knows what a dialogue must never do. */
final class DialogueWitness {
  private static final String CONTENT = "content";

  private final boolean demandsTls;
  private final boolean demandsCertificate;
  private final Deque<String> unanswered = new ArrayDeque<>();
  private final Map<String, Mailbox> byCommand = new HashMap<>();
  private final List<Mailbox> accepted = new ArrayList<>();
  private final Set<Mailbox> taken = new HashSet<>();
  private List<Mailbox> recipients;
  private int begun = 1;
  private int concluded;
  private boolean handshake;
  private boolean inTls;
  private boolean trusted;
  private boolean sendingContent;
  private boolean waiting;
  private boolean closed;

  DialogueWitness(Order order) {
    this.demandsTls = order.tlsSettings().demandsTls();
    this.demandsCertificate = order.tlsSettings().validatesCertificate();
    this.recipients = List.of();
    unanswered.add("greeting");
    order.mail().ifPresent(this::expect);
  }

  void begins(Order.Mail mail) {
    begun++;
    expect(mail);
  }

  private void expect(Order.Mail mail) {
    recipients = mail.envelope().recipients();
    taken.clear();
    recipients.forEach(to -> byCommand.put("RCPT TO:<" + to + ">", to));
  }

  void tlsUp() {
    inTls |= handshake;
  }

  void certificateAccepted() {
    trusted |= inTls;
  }

  void contentSent() {
    sendingContent = false;
  }

  /**
   * The peer answers the first command that it has not answered yet.
   *
   * @param early whether it cannot know that command yet, so that nothing positive can be meant
   */
  void replied(SmtpReply reply, boolean early) {
    String command = unanswered.poll();
    if (closed || early || command == null || !reply.isPositive()) {
      return;
    }
    if (byCommand.containsKey(command)) {
      accepted.add(byCommand.get(command));
    } else if (command.equals(CONTENT) && !sendingContent) {
      taken.addAll(accepted);
    }
  }

  void saw(Action action) {
    assertThat(closed).as("nothing follows Close: %s", action).isFalse();
    if (action instanceof Action.Send send) {
      sent(send.command());
    } else if (action instanceof Action.SendContent content) {
      sendingContent = true;
      if (!content.dotted()) {
        assertThat(unanswered.removeLast()).startsWith("BDAT ");
      }
      unanswered.add(CONTENT);
    } else if (action instanceof Action.StartTls) {
      handshake = true;
    } else if (action instanceof Action.Conclude conclude) {
      requireSense(conclude.outcome());
    } else if (action instanceof Action.Close) {
      closed = true;
    }
    boolean endsWait = action instanceof Action.SendContent || action instanceof Action.Conclude;
    waiting = action instanceof Action.Await || (waiting && !endsWait);
  }

  private void sent(String command) {
    assertThat(sendingContent).as("nothing is sent within the content: %s", command).isFalse();
    assertThat(handshake).as("nothing is sent within the handshake: %s", command).isEqualTo(inTls);
    if (command.startsWith("MAIL FROM")) {
      assertThat(inTls || !demandsTls).as("MAIL in clear").isTrue();
      assertThat(trusted || !demandsCertificate).as("MAIL to a stranger").isTrue();
      accepted.clear();
    }
    unanswered.add(command);
  }

  private void requireSense(Outcome outcome) {
    concluded++;
    assertThat(concluded).as("one outcome for each message").isEqualTo(begun);
    assertThat(outcome.delivered().keySet())
        .as("delivered is who was accepted and whose content was taken")
        .isEqualTo(taken);
    assertThat(recipients)
        .as("everybody's fate is told, and nobody else's")
        .containsAll(outcome.delivered().keySet())
        .containsAll(outcome.refused().keySet());
    for (Mailbox recipient : recipients) {
      boolean delivered = outcome.delivered().containsKey(recipient);
      boolean refused = outcome.refused().containsKey(recipient);
      assertThat(delivered && refused).as("two fates of %s", recipient).isFalse();
      assertThat(delivered || refused || outcome.failure().isPresent())
          .as("a fate of %s", recipient)
          .isTrue();
    }
  }

  /** While the session is under way there is always a limit that ends it. */
  void requireAWait(boolean ready) {
    assertThat(waiting || sendingContent || ready || closed).as("waits for ever").isTrue();
  }

  void requireEnd() {
    assertThat(closed).as("closed in the end").isTrue();
    assertThat(concluded).as("one outcome for each message").isEqualTo(begun);
  }
}
