package io.github.mailflowlab.lab.fault;

import io.github.mailflowlab.lab.smtp.Firewall;
import java.util.Locale;

/**
 * Closes the connection at a command line of more than {@value #MAX_COMMAND} characters, a line of
 * the content of more than {@value #MAX_LINE}, or the recipient after the {@value #MAX_RECIPIENTS}
 * th of a transaction.
 */
final class StrictLimits implements Firewall {
  static final int MAX_COMMAND = 510;
  static final int MAX_LINE = 998;
  static final int MAX_RECIPIENTS = 100;

  private final StringBuilder line = new StringBuilder();
  private int recipients;

  @Override
  public Verdict judge(String text, boolean isContent) {
    int limit = isContent ? MAX_LINE : MAX_COMMAND;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        count(line.toString().toUpperCase(Locale.ROOT));
        line.setLength(0);
      } else if (c != '\r') {
        line.append(c);
      }
      if (line.length() > limit || recipients > MAX_RECIPIENTS) {
        return Verdict.CLOSE;
      }
    }
    return Verdict.PASS;
  }

  private void count(String command) {
    if (command.startsWith("RCPT ")) {
      recipients++;
    } else if (command.startsWith("MAIL ")) {
      recipients = 0;
    }
  }
}
