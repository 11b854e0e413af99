package io.github.mailflowlab.junit;

import io.github.mailflowlab.lab.ReceivedMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractObjectAssert;

/** What a message that a smart host stored must be like. */
public final class ReceivedMessageAssert
    extends AbstractObjectAssert<ReceivedMessageAssert, ReceivedMessage> {
  ReceivedMessageAssert(ReceivedMessage message) {
    super(message, ReceivedMessageAssert.class);
  }

  /** It has this reverse-path; empty for the null one. */
  public ReceivedMessageAssert isFrom(String reversePath) {
    if (!actual.reversePath().equals(reversePath)) {
      throw failure(
          "Expected a mail from <%s>, but it is from <%s>", reversePath, actual.reversePath());
    }
    return this;
  }

  /** It came over TLS. */
  public ReceivedMessageAssert cameOverTls() {
    if (!actual.tls()) {
      throw failure("Expected the mail to come over TLS, but it came in clear");
    }
    return this;
  }

  /** It came in clear. */
  public ReceivedMessageAssert cameInClear() {
    if (actual.tls()) {
      throw failure("Expected the mail to come in clear, but it came over TLS");
    }
    return this;
  }

  /**
   * It has this header field, among others of the name perhaps.
   *
   * @param name in upper or lower case
   * @param value unfolded; encoded words (RFC 2047) as they came
   */
  public ReceivedMessageAssert hasHeader(String name, String value) {
    List<String> found = headers(name).toList();
    if (!found.contains(value)) {
      throw failure(
          "Expected the header field %s: %s, but found %s in%n%s", name, value, found, text());
    }
    return this;
  }

  /** It has no such header field. */
  public ReceivedMessageAssert hasNoHeader(String name) {
    List<String> found = headers(name).toList();
    if (!found.isEmpty()) {
      throw failure("Expected no header field %s, but found %s", name, found);
    }
    return this;
  }

  /** Its content, header and body as they came and read as UTF-8, contains this. */
  public ReceivedMessageAssert hasContentWith(String part) {
    if (!text().contains(part)) {
      throw failure("Expected a mail that contains%n%s%nbut it is%n%s", part, text());
    }
    return this;
  }

  private Stream<String> headers(String name) {
    String start = name.toLowerCase(Locale.ROOT) + ":";
    String header = text().split("\r\n\r\n", 2)[0].replaceAll("\r\n(?=[ \t])", "");
    return header
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(start))
        .map(line -> line.substring(start.length()).strip());
  }

  private String text() {
    return new String(actual.content(), StandardCharsets.UTF_8);
  }
}
