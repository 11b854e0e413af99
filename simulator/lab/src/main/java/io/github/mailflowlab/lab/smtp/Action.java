package io.github.mailflowlab.lab.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * What a host does at one stage of a session. A fault is an action in the place of {@link #OBEY};
 * it replaces the healthy reply and is never sent beside it. Stateless: one action serves all
 * sessions.
 */
@FunctionalInterface
public interface Action {
  /** As a healthy host. */
  Action OBEY =
      turn -> {
        turn.take();
        turn.send(wire(turn.reply()));
      };

  /** Does as asked without a word. */
  Action TAKE = Turn::take;

  /** Neither does as asked nor says a word. */
  Action IGNORE = turn -> {};

  /** FIN. */
  Action END = Turn::end;

  /** FIN, within TLS without its close_notify. */
  Action TRUNCATE = Turn::truncate;

  /** RST. */
  Action RESET = Turn::reset;

  /** Silence. */
  Action HUSH = Turn::hush;

  /** FIN, and an open ear. */
  Action HALF_CLOSE = Turn::halfClose;

  /** Silence and a deaf ear: as if the host had lost its power. */
  Action VANISH = Turn::vanish;

  void perform(Turn turn);

  /** This, then that. */
  default Action then(Action next) {
    return turn -> {
      perform(turn);
      next.perform(turn);
    };
  }

  /** Answers so, and does not do what was asked. */
  static Action say(String... lines) {
    return bytes(wire(List.of(lines)));
  }

  /** Sends text as it is, each character a byte. */
  static Action raw(String text) {
    return bytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes that need not be SMTP. */
  static Action bytes(byte[] bytes) {
    byte[] copy = bytes.clone();
    return turn -> turn.send(copy);
  }

  /** Sends bytes that need not be SMTP, one by one. */
  static Action drip(byte[] bytes, Duration pause) {
    byte[] copy = bytes.clone();
    return turn -> turn.drip(copy, pause);
  }

  /** As a healthy host, the answer byte by byte. */
  static Action dripped(Duration pause) {
    return turn -> {
      turn.take();
      turn.drip(wire(turn.reply()), pause);
    };
  }

  /** Lets what follows wait. */
  static Action pause(Duration pause) {
    return turn -> turn.pause(pause);
  }

  /** One thing or the other. */
  static Action either(Predicate<Turn> when, Action then, Action otherwise) {
    return turn -> (when.test(turn) ? then : otherwise).perform(turn);
  }

  /** An answer that never ends. */
  static Action flood(String chunk) {
    byte[] bytes = chunk.getBytes(StandardCharsets.ISO_8859_1);
    return turn -> turn.flood(bytes);
  }

  /**
   * Does as asked and gives the healthy answer, if there is one, in another form: text with CRLFs
   * in and out.
   */
  static Action reworded(UnaryOperator<String> wording) {
    return turn -> {
      turn.take();
      if (!turn.reply().isEmpty()) {
        String healthy = new String(wire(turn.reply()), StandardCharsets.ISO_8859_1);
        turn.send(wording.apply(healthy).getBytes(StandardCharsets.ISO_8859_1));
      }
    };
  }

  private static byte[] wire(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append("\r\n"));
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
