package io.github.mailflowlab.smtp.dialogue;

import io.github.mailflowlab.status.SmtpReply;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the peer said it can do (RFC 5321 4.1.1.1). Valid for one connection in one state of TLS.
 *
 * @param parameters the text after each keyword, by keyword in upper case
 * @param maxSize octets of the largest message it takes (RFC 1870); 0 for no limit known
 */
record Capabilities(Map<String, String> parameters, long maxSize) {
  /** A peer that knows HELO only. */
  static final Capabilities NONE = new Capabilities(Map.of(), 0);

  Capabilities {
    parameters = Map.copyOf(parameters);
  }

  /** Reads the reply to EHLO: its first line is a greeting, each other one a keyword. */
  static Capabilities of(SmtpReply reply) {
    Map<String, String> parameters = new HashMap<>();
    for (String line : reply.lines().subList(1, reply.lines().size())) {
      String[] words = line.strip().split(" ", 2);
      parameters.put(words[0].toUpperCase(Locale.ROOT), words.length == 2 ? words[1].strip() : "");
    }
    return new Capabilities(parameters, sizeIn(parameters.getOrDefault("SIZE", "")));
  }

  boolean offers(String keyword) {
    return parameters.containsKey(keyword);
  }

  private static long sizeIn(String text) {
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : 0;
  }

  /** Whether the peer said that it takes no message of this size. */
  boolean isTooSmallFor(long octets) {
    return maxSize > 0 && octets > maxSize;
  }
}
