package io.github.mailflowlab.cli;

import io.github.mailflowlab.document.Json;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command prints, and whether as JSON; a mixin of every command that shows something. */
final class Console {
  private static final Pattern DEL_OR_C1 = Pattern.compile("[\\x7f-\\x9f]");

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
  private CommandSpec command;

  @Option(names = "--json", description = "Print one JSON document and nothing else.")
  private boolean json;

  boolean json() {
    return json;
  }

  PrintWriter out() {
    return command.commandLine().getOut();
  }

  PrintWriter err() {
    return command.commandLine().getErr();
  }

  /** Prints the document if JSON was asked for; otherwise the caller prints for people. */
  boolean printedAsJson(Object document) {
    if (json) {
      out().println(escaped(Json.pretty(document)));
    }
    return json;
  }

  /** JSON allows DEL and the C1 controls in a string; a terminal may obey them. */
  private static String escaped(String document) {
    return DEL_OR_C1
        .matcher(document)
        .replaceAll(
            control -> String.format(Locale.ROOT, "\\\\u%04x", (int) control.group().charAt(0)));
  }

  /** Octets as they are, for pipes: past the writer, which would encode them. */
  void write(byte[] octets) {
    out().flush();
    System.out.write(octets, 0, octets.length);
    System.out.flush();
  }

  /** Text from elsewhere, safe for a terminal: one line, no control characters. */
  static String safe(String text) {
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c)) {
        line.append(String.format(Locale.ROOT, "\\x%02X", (int) c));
      } else {
        line.append(c);
      }
    }
    return line.toString();
  }
}
