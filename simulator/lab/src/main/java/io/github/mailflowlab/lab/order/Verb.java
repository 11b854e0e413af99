package io.github.mailflowlab.lab.order;

import static io.github.mailflowlab.lab.smtp.Action.pause;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.Gate;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Presence;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The words with which an order of one's own begins, and where each may stand. */
enum Verb {
  REPLY("reply 450 4.2.1 Mailbox busy", Stages.COMMANDS, true),
  RAW("raw 250ok\\r\\n", Stages.WITH_TLS, true),
  CLOSE("close", Stages.ALL, false),
  RESET("reset", Stages.ALL, false),
  SILENCE("silence", Stages.ALL, false),
  DELAY("delay PT5S", Stages.COMMANDS, true),
  DRIP("drip PT0.1S", Stages.COMMANDS, true),
  GREYLIST("greylist PT5M", EnumSet.of(Stage.RCPT), true),
  LOSE("lose", EnumSet.of(Stage.DOT), false),
  REFUSE("refuse", EnumSet.of(Stage.CONNECT), false),
  SWALLOW("swallow", EnumSet.of(Stage.CONNECT), false),
  CAP("cap 5", EnumSet.of(Stage.CONNECT), true);

  private static final Duration LONGEST_DELAY = Duration.ofHours(1);
  private static final int MOST_SESSIONS = 500;

  /** Sets that several verbs share; an enum's constructor cannot see its own constants. */
  private static final class Stages {
    /** Where a client waits for a reply. */
    static final Set<Stage> COMMANDS =
        EnumSet.of(
            Stage.BANNER,
            Stage.EHLO,
            Stage.STARTTLS,
            Stage.MAIL,
            Stage.RCPT,
            Stage.DATA,
            Stage.DOT,
            Stage.RSET,
            Stage.QUIT);

    static final Set<Stage> WITH_TLS = with(COMMANDS, Stage.TLS);
    static final Set<Stage> ALL = with(WITH_TLS, Stage.CERTIFICATE, Stage.BODY);

    private static Set<Stage> with(Set<Stage> stages, Stage... more) {
      Set<Stage> all = EnumSet.copyOf(stages);
      all.addAll(List.of(more));
      return all;
    }
  }

  private final String example;
  private final Set<Stage> stages;
  private final boolean hasArgument;

  Verb(String example, Set<Stage> stages, boolean hasArgument) {
    this.example = example;
    this.stages = stages;
    this.hasArgument = hasArgument;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  String example() {
    return example;
  }

  boolean isAllowedAt(Stage stage) {
    return stages.contains(stage);
  }

  /** All that are allowed there. */
  static List<Verb> at(Stage stage) {
    return Stream.of(values()).filter(verb -> verb.isAllowedAt(stage)).toList();
  }

  static Optional<Verb> of(String word) {
    return Stream.of(values()).filter(verb -> verb.word().equalsIgnoreCase(word)).findFirst();
  }

  /** What a host is like that does so; empty for an argument that cannot be read. */
  Optional<Effect> effect(Stage stage, String argument) {
    if (!hasArgument && !argument.isEmpty()) {
      return Optional.empty();
    }
    return switch (this) {
      case REPLY -> reply(argument).map(action -> Effect.at(stage, action));
      case RAW -> RawText.parse(argument).map(text -> Effect.at(stage, Action.raw(text)));
      case CLOSE -> Optional.of(Effect.at(stage, Action.END));
      case RESET -> Optional.of(Effect.at(stage, Action.RESET));
      case SILENCE -> Optional.of(Effect.at(stage, Action.HUSH));
      case LOSE -> Optional.of(Effect.at(stage, Action.TAKE.then(Action.END)));
      case DRIP -> delay(argument).map(pause -> Effect.at(stage, Action.dripped(pause)));
      case DELAY -> delay(argument).map(wait -> Effect.doing(stage, clock -> delaying(wait)));
      case GREYLIST ->
          TextForms.duration(argument)
              .map(wait -> Effect.doing(stage, clock -> new Greylist(wait, clock)));
      case REFUSE -> Optional.of(reached(Presence.of(Gate.REFUSING)));
      case SWALLOW -> Optional.of(reached(Presence.of(Gate.SWALLOWING)));
      case CAP ->
          TextForms.number(argument, 1, MOST_SESSIONS)
              .map(number -> reached(Presence.upTo(number)));
    };
  }

  private static Effect reached(Presence presence) {
    return Effect.of(HostBehaviour.HEALTHY.with(presence));
  }

  private static Deed delaying(Duration wait) {
    return (turn, below) -> Optional.of(pause(wait).then(below));
  }

  /** A reply that promises the end of the connection is followed by it (RFC 5321 3.8). */
  private static Optional<Action> reply(String text) {
    if (!text.matches("[45][0-5]\\d(?: [ -~]{0,500})?")) {
      return Optional.empty();
    }
    Action said = Action.say(text);
    return Optional.of(text.startsWith("421") ? said.then(Action.END) : said);
  }

  private static Optional<Duration> delay(String text) {
    return TextForms.duration(text).filter(read -> read.compareTo(LONGEST_DELAY) <= 0);
  }

  /** Makes the deed of an order that has just been given. */
  @FunctionalInterface
  interface Doing {
    Deed begin(InstantSource clock);
  }
}
