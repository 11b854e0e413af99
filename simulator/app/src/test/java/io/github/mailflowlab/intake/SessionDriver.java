package io.github.mailflowlab.intake;

import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.pressure.Level;
import io.github.mailflowlab.status.SmtpReply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plays client and submission for one session, without a socket. */
final class SessionDriver {
  static final Instant NOW = Instant.parse("2026-03-05T06:07:08Z");

  static final IntakeSettings SETTINGS =
      new IntakeSettings(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          "lab.contoso.example",
          Mailbox.of("postmaster@contoso.example"),
          2000,
          3,
          10,
          Duration.ofMinutes(5));

  /** Refuses whoever is called nobody. */
  static final RecipientPolicy POLICY =
      recipient ->
          recipient.localPart().equals("nobody")
              ? Optional.of(SmtpReply.of(550, "5.4.1 Recipient address rejected: Access denied"))
              : Optional.empty();

  final List<Envelope> envelopes = new ArrayList<>();
  final List<String> contents = new ArrayList<>();
  private final List<String> replies = new ArrayList<>();
  private final IntakeSession session;
  private Level level = Level.OPEN;
  private int pauses;
  private boolean submissionsWait;
  private boolean closed;

  SessionDriver() {
    this(SETTINGS);
  }

  SessionDriver(IntakeSettings settings) {
    InstantSource clock = () -> NOW;
    session =
        new IntakeSession(settings, POLICY, clock, InetAddress.getLoopbackAddress(), () -> level);
    perform(session.open());
  }

  static Submission.Result stored() {
    return new Submission.Result(
        Optional.of("m1"),
        SmtpReply.of(250, "2.6.0 <1@client.example> [InternalId=m1] Queued mail for delivery"),
        Map.<Mailbox, SmtpReply>of());
  }

  SessionDriver holdingSubmissions() {
    submissionsWait = true;
    return this;
  }

  /** Sends octets, one per character. */
  SessionDriver send(String text) {
    ByteBuffer octets = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    while (octets.hasRemaining() && !closed && !session.isSubmitting()) {
      perform(session.accept(octets));
    }
    return this;
  }

  /** Sends lines in UTF-8, each ended by CRLF. */
  SessionDriver utf8(String... lines) {
    for (String line : lines) {
      byte[] octets = line.getBytes(StandardCharsets.UTF_8);
      lines(new String(octets, StandardCharsets.ISO_8859_1));
    }
    return this;
  }

  /** Sends lines, each ended by CRLF. */
  SessionDriver lines(String... lines) {
    for (String line : lines) {
      send(line + "\r\n");
    }
    return this;
  }

  void perform(List<IntakeAction> actions) {
    for (IntakeAction action : actions) {
      if (action instanceof IntakeAction.Reply reply) {
        replies.add(reply.reply().toString());
      } else if (action instanceof IntakeAction.Pause) {
        pauses++;
      } else if (action instanceof IntakeAction.Submit submit) {
        submit(submit);
      } else {
        closed = true;
      }
    }
  }

  private void submit(IntakeAction.Submit submit) {
    envelopes.add(submit.envelope());
    try (TemporaryContent content = submit.content()) {
      contents.add(
          new String(content.content().open().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!submissionsWait) {
      perform(session.onSubmitted(stored()));
    }
  }

  /** From now on so much mail is taken. */
  SessionDriver under(Level pressure) {
    level = pressure;
    return this;
  }

  /** How often reading was to pause. */
  int pauses() {
    return pauses;
  }

  IntakeSession session() {
    return session;
  }

  boolean isClosed() {
    return closed;
  }

  /** All replies since the last time this was asked. */
  List<String> replies() {
    List<String> since = List.copyOf(replies);
    replies.clear();
    return since;
  }

  /** The newest reply. */
  String reply() {
    return replies.get(replies.size() - 1);
  }

  /** The code, and the enhanced code if there is one, of each reply since the last time. */
  List<String> codes() {
    return replies().stream()
        .map(reply -> reply.replaceFirst("^(\\d{3}(?: [245]\\.\\d+\\.\\d+)?).*", "$1"))
        .toList();
  }
}
