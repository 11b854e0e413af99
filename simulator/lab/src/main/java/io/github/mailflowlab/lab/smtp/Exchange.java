package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.failure.Stage;
import java.util.List;
import java.util.Optional;

/**
 * What a healthy host makes of one thing that came in.
 *
 * @param stage where faults may act; absent for what is answered alike by all hosts, such as a
 *     command out of sequence
 * @param command the command line; empty where it was no command
 * @param reply line by line, possibly none
 * @param effect what taking it changes
 */
record Exchange(Optional<Stage> stage, String command, List<String> reply, Runnable effect) {
  static final String OUT_OF_SEQUENCE = "503 5.5.1 Bad sequence of commands";

  Exchange {
    reply = List.copyOf(reply);
  }

  static Exchange at(Stage stage, String command, Runnable effect, String... reply) {
    return new Exchange(Optional.of(stage), command, List.of(reply), effect);
  }

  /** The same answer whatever the fault, without effect. */
  static Exchange plain(String command, String... reply) {
    return new Exchange(Optional.empty(), command, List.of(reply), () -> {});
  }

  static Exchange outOfSequence(String command) {
    return plain(command, OUT_OF_SEQUENCE);
  }

  /** Done by every host without a word. */
  static Exchange silent(String command, Runnable effect) {
    return new Exchange(Optional.empty(), command, List.of(), effect);
  }

  /** The same from a host that knows no enhanced status codes (RFC 2034). */
  Exchange withoutStatusCodes() {
    List<String> bare =
        reply.stream()
            .map(line -> line.replaceFirst("^(\\d{3}[ -])\\d\\.\\d{1,3}\\.\\d{1,3} ", "$1"))
            .toList();
    return new Exchange(stage, command, bare, effect);
  }

  boolean isAt(Stage wanted) {
    return stage.filter(wanted::equals).isPresent();
  }
}
