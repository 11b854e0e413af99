package io.github.mailflowlab.lab.smtp;

import io.github.mailflowlab.lab.PathCommand;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which parameters a command may have. Strict, so that a client's mistake shows: what the host did
 * not offer it does not take.
 *
 * @param rules by the parameter's keyword
 */
record ParameterRules(Map<String, Rule> rules) {
  private static final String XTEXT = "(?:[!-*,-<>-~]|\\+[0-9A-F]{2})";

  /** RFC 1870, 6152, 6531 3.4 and 3461 4.3, 4.4. */
  static final ParameterRules MAIL =
      new ParameterRules(
          Map.of(
              "SIZE", new Rule("SIZE", "\\d{1,18}"),
              "BODY", new Rule("8BITMIME", "(?i)7BIT|8BITMIME"),
              "SMTPUTF8", new Rule("SMTPUTF8", ""),
              "RET", new Rule("DSN", "(?i)FULL|HDRS"),
              "ENVID", new Rule("DSN", XTEXT + "{1,100}")));

  /** RFC 3461 4.1, 4.2 and, for {@code utf-8}, RFC 6533 3. */
  static final ParameterRules RCPT =
      new ParameterRules(
          Map.of(
              "NOTIFY",
              new Rule(
                  "DSN", "(?i)NEVER|(?:SUCCESS|FAILURE|DELAY)(?:,(?:SUCCESS|FAILURE|DELAY)){0,2}"),
              "ORCPT",
              new Rule(
                  "DSN",
                  "(?i:utf-8);[!-<>-~\\x80-\\xff]{1,440}|[A-Za-z0-9-]{1,60};"
                      + XTEXT
                      + "{1,440}")));

  /**
   * One parameter.
   *
   * @param extension the keyword under which a host offers it
   * @param value what it may be
   */
  record Rule(String extension, Pattern value) {
    Rule(String extension, String value) {
      this(extension, Pattern.compile(value));
    }
  }

  /**
   * The reply to a command that may not be as it is.
   *
   * @param mail the transaction's MAIL command, which may be the command itself
   */
  Optional<String> complaint(PathCommand command, PathCommand mail, Extensions extensions) {
    for (Map.Entry<String, String> parameter : command.parameters().entrySet()) {
      Rule rule = rules.get(parameter.getKey());
      if (rule == null || !extensions.offers(rule.extension())) {
        return Optional.of("555 5.5.4 Parameter not recognized: " + parameter.getKey());
      }
      if (!rule.value().matcher(parameter.getValue()).matches()) {
        return Optional.of("501 5.5.4 Bad value of " + parameter.getKey());
      }
    }
    if (Long.parseLong(command.parameters().getOrDefault("SIZE", "0")) > ContentReader.MAX_SIZE) {
      return Optional.of("552 5.3.4 Message too big");
    }
    boolean ascii = command.path().chars().allMatch(c -> c < 0x80);
    return ascii || mail.parameters().containsKey("SMTPUTF8")
        ? Optional.empty()
        : Optional.of("553 5.6.7 The address is not ASCII, and SMTPUTF8 was not said");
  }
}
