package io.github.mailflowlab.lab.smtp;

import java.util.ArrayList;
import java.util.List;

/**
 * What a host says it can do, and does: a keyword that is left out is a thing the host knows
 * nothing about.
 *
 * @param keywords in the order of the reply to EHLO
 */
public record Extensions(List<String> keywords) {
  /** RFC 2920, 1652, 3207, 1870, 2034, 3030, 3461, 6531. */
  static final Extensions ALL =
      new Extensions(
          List.of(
              "PIPELINING",
              "8BITMIME",
              "STARTTLS",
              "SIZE",
              "ENHANCEDSTATUSCODES",
              "CHUNKING",
              "DSN",
              "SMTPUTF8"));

  /** A client that said HELO is told of none and may use none. */
  static final Extensions NONE = new Extensions(List.of());

  public Extensions {
    keywords = List.copyOf(keywords);
  }

  /**
   * All but these.
   *
   * @throws IllegalArgumentException for a keyword that is not there
   */
  Extensions without(String... left) {
    List<String> rest = new ArrayList<>(keywords);
    for (String keyword : left) {
      if (!rest.remove(keyword)) {
        throw new IllegalArgumentException(
            "keyword: " + keyword + " (expected: one of " + keywords + ")");
      }
    }
    return new Extensions(rest);
  }

  /** What both know. */
  Extensions sharedWith(Extensions other) {
    return new Extensions(keywords.stream().filter(other.keywords::contains).toList());
  }

  boolean offers(String keyword) {
    return keywords.contains(keyword);
  }

  /** The reply to EHLO. */
  List<String> announcement(String hostName, boolean tls) {
    List<String> lines = new ArrayList<>(List.of(hostName));
    keywords.stream()
        .filter(keyword -> !(tls && keyword.equals("STARTTLS")))
        .map(keyword -> keyword.equals("SIZE") ? "SIZE " + ContentReader.MAX_SIZE : keyword)
        .forEach(lines::add);
    List<String> reply = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      reply.add((i == lines.size() - 1 ? "250 " : "250-") + lines.get(i));
    }
    return reply;
  }
}
