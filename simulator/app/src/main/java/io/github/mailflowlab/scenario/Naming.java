package io.github.mailflowlab.scenario;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of texts what differs from run to run: ports become that of mail servers, and
 * thumbprints, serial numbers and ids get names in the order of their appearance. For one thread.
 */
final class Naming {
  private static final Pattern LOOPBACK = Pattern.compile("(127(?:\\.\\d{1,3}){3}):(\\d{1,5})");
  private static final Pattern THUMBPRINT = Pattern.compile("\\b[0-9A-Fa-f]{40,64}\\b");
  private static final Pattern SERIAL =
      Pattern.compile("(?i)(serial(?: number)?[ =:]+)([0-9a-f]{6,})");
  private static final Pattern MESSAGE_ID = Pattern.compile("<[^<>\\s@]+@[^<>\\s@]+>");

  private final Map<String, String> ports;
  private final Map<String, String> names = new HashMap<>();
  private final Map<String, Integer> last = new HashMap<>();

  /**
   * A naming without names.
   *
   * @param ports those of hosts as {@code name:port}, and what to say instead
   */
  Naming(Map<String, String> ports) {
    this.ports = new LinkedHashMap<>(ports);
  }

  /** The same text in every run. */
  String named(String text) {
    String named = text;
    for (Map.Entry<String, String> port : ports.entrySet()) {
      named = named.replaceAll(Pattern.quote(port.getKey()) + "(?!\\d)", port.getValue());
    }
    named = each(LOOPBACK, named, address -> address.group(1) + ":25");
    named = each(THUMBPRINT, named, print -> name("certificate", print.group()));
    named = each(SERIAL, named, serial -> serial.group(1) + name("serial", serial.group(2)));
    return each(MESSAGE_ID, named, id -> "<" + name("message", id.group()) + ">");
  }

  private String name(String kind, String value) {
    return names.computeIfAbsent(
        kind + " " + value, unknown -> kind + "-" + last.merge(kind, 1, Integer::sum));
  }

  private static String each(Pattern pattern, String text, Function<Matcher, String> replacement) {
    Matcher matcher = pattern.matcher(text);
    StringBuilder result = new StringBuilder();
    while (matcher.find()) {
      matcher.appendReplacement(result, Matcher.quoteReplacement(replacement.apply(matcher)));
    }
    return matcher.appendTail(result).toString();
  }
}
