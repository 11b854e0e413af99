package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.IGNORE;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.dripped;
import static io.github.mailflowlab.lab.smtp.Action.either;
import static io.github.mailflowlab.lab.smtp.Action.pause;
import static io.github.mailflowlab.lab.smtp.Action.raw;
import static io.github.mailflowlab.lab.smtp.Action.reworded;
import static io.github.mailflowlab.lab.smtp.Action.say;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.smtp.Action;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Greeting and EHLO (failure-catalogue 4). */
final class GreetingFaults {
  /** Of a greeting in drops: a second or two in all. */
  private static final Duration DROP = Duration.ofMillis(20);

  /** Less than any client puts up with. */
  private static final int MANY_LINES = 99;

  private GreetingFaults() {}

  static List<Fault> rows() {
    return List.of(
        smtp("smtp.banner.421", Stage.BANNER, say("421 4.3.2 Service not available").then(END)),
        smtp("smtp.banner.4yz", Stage.BANNER, say("450 4.3.2 Try again later").then(END)),
        smtp("smtp.banner.554", Stage.BANNER, say("554 5.7.1 No mail from you").then(END)),
        smtp("smtp.banner.521", Stage.BANNER, say("521 5.3.2 No mail here").then(END)),
        smtp("smtp.banner.none", Stage.BANNER, HUSH),
        smtp("smtp.banner.late", Stage.BANNER, pause(Fault.LATE).then(OBEY)),
        smtp("smtp.banner.drip", Stage.BANNER, dripped(DROP)),
        host("smtp.banner.waits", speaksSecond()),
        smtp("smtp.banner.then-close", Stage.BANNER, OBEY.then(END)),
        smtp(
            "smtp.banner.multiline",
            Stage.BANNER,
            reworded(text -> "220-Yet another line\r\n".repeat(MANY_LINES) + text)),
        smtp("smtp.banner.foreign", Stage.BANNER, raw("SSH-2.0-OpenSSH_9.2\r\n")),
        smtp("smtp.banner.self", Stage.EHLO, asTheClient()),
        smtp("smtp.ehlo.500", Stage.EHLO, onlyHelo("500 5.5.1 Unrecognized command")),
        smtp("smtp.ehlo.502", Stage.EHLO, onlyHelo("502 5.5.1 Command not implemented")),
        smtp("smtp.ehlo.550", Stage.EHLO, onlyHelo("550 5.5.1 No ESMTP here")),
        smtp("smtp.helo.5yz", Stage.EHLO, say("550 5.7.1 Not to you")),
        smtp("smtp.ehlo.421", Stage.EHLO, say("421 4.3.2 Shutting down").then(END)),
        smtp("smtp.ehlo.stall", Stage.EHLO, HUSH),
        smtp("smtp.ehlo.drop", Stage.EHLO, END),
        smtp("smtp.ehlo.bare-lf", Stage.EHLO, reworded(text -> text.replace("\r\n", "\n"))),
        host("smtp.ehlo.caps", oddCapabilities()));
  }

  /** Greets once the client has said something. */
  private static HostBehaviour speaksSecond() {
    return HEALTHY
        .with(Stage.BANNER, IGNORE)
        .with(Stage.EHLO, say("220 mx.lab.example ESMTP").then(OBEY));
  }

  /** A host does not know its client's name before EHLO, so its greeting there has to carry it. */
  private static Action asTheClient() {
    return turn ->
        reworded(text -> text.replaceFirst("(?<=^250.)\\S+", name(turn.command()))).perform(turn);
  }

  private static String name(String ehlo) {
    return ehlo.replaceFirst("^\\S+ *", "").replaceAll("[^A-Za-z0-9.-]", "");
  }

  /** HELO is answered as ever. */
  static Action onlyHelo(String refusal) {
    return either(turn -> turn.command().regionMatches(true, 0, "EHLO", 0, 4), say(refusal), OBEY);
  }

  /**
   * All legal: lower case, a SIZE without a number, and many words that mean nothing to anybody.
   */
  private static HostBehaviour oddCapabilities() {
    return HEALTHY
        .without("PIPELINING", "8BITMIME", "CHUNKING", "DSN", "SMTPUTF8")
        .with(
            Stage.EHLO,
            reworded(
                text ->
                    text.toLowerCase(Locale.ROOT)
                        .replaceFirst("size \\d+", "size")
                        .replaceFirst(
                            "250 ", "250-x-odd\r\n250-odd=1\r\n".repeat(MANY_LINES / 2) + "250 ")));
  }
}
