package io.github.mailflowlab.smtp.dialogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.failure.TlsProblem;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.status.SmtpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmtpDialogueTest {
  private static final Order.Mail MAIL =
      new Order.Mail(
          new Envelope(
              ReversePath.NULL,
              List.of(Mailbox.of("a@rcpt.example"), Mailbox.of("b@rcpt.example")),
              BodyType.SEVEN_BIT),
          100);

  /** The points of a session with one command at a time, each the wait for a reply or event. */
  private enum Point {
    GREETING,
    EHLO,
    STARTTLS,
    HANDSHAKE,
    EHLO_IN_TLS,
    MAIL,
    RCPT,
    DATA,
    CONTENT,
    DOT
  }

  /** The way to each point under EncryptionOnly, and what ends it there. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING    | closed   | Vanished banner 451 4.4.0 Socket error SocketError
          GREETING    | timeout  | Silence banner 451 4.4.0 No answer at stage banner within PT5M
          GREETING    | nonsense | Nonsense banner 451 4.4.0 Protocol error at stage banner: noise
          EHLO        | reset    | Vanished ehlo 451 4.4.0 Socket error SocketError
          EHLO        | timeout  | Silence ehlo 451 4.4.0 No answer at stage ehlo within PT5M
          STARTTLS    | closed   | Tls starttls 451 4.4.0 TLS negotiation failed with error ConnectionAborted
          STARTTLS    | reset    | Tls starttls 451 4.4.0 TLS negotiation failed with error SocketError
          STARTTLS    | timeout  | Tls starttls 451 4.4.0 TLS negotiation failed with error TimedOut
          STARTTLS    | nonsense | Tls starttls 451 4.4.0 Security status IllegalMessage
          HANDSHAKE   | closed   | Tls tls 451 4.4.0 TLS negotiation failed with error ConnectionAborted
          HANDSHAKE   | reset    | Tls tls 451 4.4.0 TLS negotiation failed with error SocketError
          HANDSHAKE   | timeout  | Tls tls 451 4.4.0 TLS negotiation failed with error TimedOut
          HANDSHAKE   | tls failed | Tls tls 451 4.4.0 Security status IllegalMessage
          EHLO_IN_TLS | closed   | Vanished ehlo SuspiciousRemoteServerError
          EHLO_IN_TLS | reset    | Tls ehlo 451 4.4.0 TLS negotiation failed with error SocketError
          EHLO_IN_TLS | timeout  | Tls ehlo 451 4.4.0 TLS negotiation failed with error TimedOut
          EHLO_IN_TLS | nonsense | Tls ehlo 451 4.4.0 Security status IllegalMessage
          EHLO_IN_TLS | tls failed | Tls ehlo 451 4.4.0 Security status IllegalMessage
          MAIL        | closed   | Vanished mail SuspiciousRemoteServerError
          MAIL        | tls failed | Nonsense mail 451 4.4.0 Protocol error at stage mail: TLS broke
          RCPT        | reset    | Vanished rcpt SuspiciousRemoteServerError
          DATA        | timeout  | Silence data 451 4.4.0 No answer at stage data within PT2M
          CONTENT     | timeout  | Silence body 451 4.4.0 No answer at stage body within PT3M
          CONTENT     | closed   | Vanished body SuspiciousRemoteServerError
          DOT         | closed   | Vanished dot SuspiciousRemoteServerError
          DOT         | timeout  | Silence dot 451 4.4.0 No answer at stage dot within PT10M
          """)
  void tellsEveryEndByItsPhase(Point point, String event, String failure) {
    DialogueRun run = runTo(point);

    run.happen(event);

    assertThat(run.written()).contains("= failure " + failure).endsWith("C: (closes)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GREETING    | 421 4.3.2 no | Replied banner 421 4.3.2 no
          GREETING    | 554 5.7.1 no | Replied banner 554 5.7.1 no
          GREETING    | 354 what     | Nonsense banner 451 4.4.0 Protocol error at stage banner: reply 354
          EHLO        | 421 4.3.2 no | Replied ehlo 421 4.3.2 no
          EHLO        | 451 4.3.0 no | Replied ehlo 451 4.3.0 no
          STARTTLS    | 454 4.7.0 no | Tls starttls 451 5.7.3 STARTTLS is required to send mail
          STARTTLS    | 502 5.5.1 no | Tls starttls 451 5.7.3 STARTTLS is required to send mail
          STARTTLS    | 421 4.3.2 no | Replied starttls 421 4.3.2 no
          EHLO_IN_TLS | 502 5.5.1 no | Tls ehlo 502 5.5.1 no
          MAIL        | 550 5.7.1 no | Replied mail 550 5.7.1 no
          DATA        | 250 what     | Nonsense data 451 4.4.0 Protocol error at stage data: reply 250
          DATA        | 554 5.5.1 no | Replied data 554 5.5.1 no
          CONTENT     | 250 what     | Nonsense body 451 4.4.0 Protocol error at stage body: reply 250
          DOT         | 452 4.3.1 no | Replied dot 452 4.3.1 no
          DOT         | 354 what     | Nonsense dot 451 4.4.0 Protocol error at stage dot: reply 354
          """)
  void tellsEveryUnwantedReplyByItsPhase(Point point, String reply, String failure) {
    DialogueRun run = runTo(point);

    run.say(reply, 100);

    assertThat(run.written()).contains("= failure " + failure);
  }

  @Test
  void honoursAnEarly421AndNoOtherEarlyReply() {
    SmtpDialogue dialogue = new SmtpDialogue(order(TlsSettings.OPPORTUNISTIC));
    assertThat(dialogue.onReply(SmtpReply.of(220, "")))
        .contains(new Action.Send("EHLO client.example"));

    assertThat(concluded(dialogue.onEarlyReply(SmtpReply.of(421, "bye"))).failure())
        .map(DialogueRun::told)
        .hasValue("Replied ehlo 421 bye");

    SmtpDialogue other = new SmtpDialogue(order(TlsSettings.OPPORTUNISTIC));
    assertThat(other.onReply(SmtpReply.of(220, ""))).isNotEmpty();
    assertThat(concluded(other.onEarlyReply(SmtpReply.of(250, "bye"))).failure())
        .map(DialogueRun::told)
        .hasValue("Nonsense ehlo 451 4.4.0 Protocol error at stage ehlo: a reply to nothing: 250");
  }

  /** A peer may refuse the content in the same segment that asks for it. */
  @Test
  void honoursAnEarlyRefusalOfContentThatIsOutAlready() {
    SmtpDialogue dialogue = new SmtpDialogue(order(TlsSettings.OPPORTUNISTIC));
    for (int code : new int[] {220, 250, 250, 250, 250, 354}) {
      assertThat(dialogue.onReply(SmtpReply.of(code, ""))).isNotEmpty();
    }
    assertThat(dialogue.onContentSent()).isNotEmpty();

    List<Action> actions = dialogue.onEarlyReply(SmtpReply.of(550, "5.7.1 no"));

    assertThat(concluded(actions).failure())
        .map(DialogueRun::told)
        .hasValue("Replied dot 550 5.7.1 no");
    assertThat(actions).endsWith(new Action.Close());
  }

  @Test
  void namesTheStageWhereItWasCancelled() {
    SmtpDialogue dialogue = new SmtpDialogue(order(TlsSettings.OPPORTUNISTIC));
    assertThat(dialogue.stage()).isEqualTo(Stage.BANNER);

    List<Action> actions = dialogue.onOwnTrouble("cancelled");

    assertThat(concluded(actions).failure())
        .map(DialogueRun::told)
        .hasValue("OwnExhaustion banner cancelled");
    assertThat(dialogue.onClosed(true)).isEmpty();
  }

  @Test
  void waitsForTheTimeOfItsPhase() {
    SmtpDialogue dialogue = new SmtpDialogue(order(TlsSettings.OPPORTUNISTIC));

    assertThat(dialogue.onConnected()).containsExactly(new Action.Await(Duration.ofMinutes(5)));
  }

  @Test
  void refusesAnOrderInClearWhereTlsIsDemanded() {
    assertThatThrownBy(
            () ->
                new Order(
                    "client.example",
                    TlsSettings.ENCRYPTION_ONLY,
                    false,
                    Optional.empty(),
                    Timeouts.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Whatever comes in whatever order: one outcome, an end, and no MAIL in clear. */
  @Test
  void keepsItsPromisesUnderRandomEvents() {
    for (int seed = 0; seed < 3000; seed++) {
      Random random = new Random(seed);
      TlsSettings settings = List.of(TlsSettings.values()).get(random.nextInt(4));
      List<Action> actions = randomWalk(new SmtpDialogue(order(settings)), random);

      assertThat(actions).as("seed %d", seed).endsWith(new Action.Close());
      assertThat(actions.stream().filter(Action.Conclude.class::isInstance))
          .as("seed %d", seed)
          .hasSize(1);
      int mail = actions.indexOf(new Action.Send("MAIL FROM:<>"));
      if (settings.demandsTls() && mail >= 0) {
        assertThat(actions.subList(0, mail)).as("seed %d", seed).contains(new Action.StartTls());
      }
    }
  }

  private static List<Action> randomWalk(SmtpDialogue dialogue, Random random) {
    int[] codes = {220, 250, 250, 250, 354, 354, 421, 450, 500, 550};
    List<Action> actions = new ArrayList<>(dialogue.onConnected());
    for (int i = 0; i < 40; i++) {
      SmtpReply reply =
          SmtpReply.of(
              codes[random.nextInt(codes.length)], "x", random.nextBoolean() ? "STARTTLS" : "y");
      actions.addAll(
          switch (random.nextInt(20)) {
            case 0 -> dialogue.onTimeout();
            case 1 -> dialogue.onNonsense("noise");
            case 2 -> dialogue.onTlsFailed(TlsProblem.HANDSHAKE);
            case 3, 4, 5 -> dialogue.onTlsUp();
            case 6, 7, 8 -> dialogue.onCertificateJudged(Optional.empty());
            case 9, 10, 11 -> dialogue.onContentSent();
            default -> dialogue.onReply(reply);
          });
    }
    actions.addAll(dialogue.onClosed(false));
    return actions;
  }

  private static DialogueRun runTo(Point point) {
    DialogueRun run = new DialogueRun(order(TlsSettings.ENCRYPTION_ONLY));
    List<Runnable> way = new ArrayList<>();
    way.add(() -> run.say("220 hello", 100)); // from GREETING
    way.add(() -> run.say("250-hello\r\n250 STARTTLS", 100)); // EHLO, one reply
    way.add(() -> run.say("220 go", 100)); // STARTTLS
    way.add(() -> run.happen("tls up")); // HANDSHAKE
    way.add(() -> run.say("250 hello", 100)); // EHLO_IN_TLS
    way.add(() -> run.say("250 ok", 100)); // MAIL
    way.add(
        () -> {
          run.say("250 ok", 100);
          run.say("250 ok", 100);
        }); // RCPT, for both
    way.add(() -> run.say("354 go", 100)); // DATA
    way.add(() -> run.happen("content sent")); // CONTENT
    way.subList(0, List.of(Point.values()).indexOf(point)).forEach(Runnable::run);
    return run;
  }

  private static Outcome concluded(List<Action> actions) {
    return actions.stream()
        .filter(Action.Conclude.class::isInstance)
        .map(action -> ((Action.Conclude) action).outcome())
        .findFirst()
        .orElseThrow();
  }

  private static Order order(TlsSettings settings) {
    return new Order("client.example", settings, true, Optional.of(MAIL), Timeouts.DEFAULT);
  }
}
