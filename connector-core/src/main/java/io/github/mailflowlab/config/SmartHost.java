package io.github.mailflowlab.config;

import io.github.mailflowlab.mail.DomainName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server that takes a connector's mail.
 *
 * @param host a name in ASCII, or an IP address without square brackets
 * @param port 1 to 65535
 */
public record SmartHost(String host, int port) {
  /** Where SMTP servers listen, and the only port Exchange Online itself uses. */
  public static final int DEFAULT_PORT = 25;

  private static final Pattern BRACKETED = Pattern.compile("\\[([0-9A-Fa-f:.]+)](?::(\\d{1,5}))?");
  private static final Pattern PLAIN = Pattern.compile("([^\\[\\]:]+)(?::(\\d{1,5}))?");
  private static final Pattern IPV6_LETTERS = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");
  private static final Pattern IPV4 =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

  public SmartHost {
    host = inAscii(host);
    if (!isAddress(host) && !isName(host)) {
      throw new IllegalArgumentException("host: " + host + " (expected: a name or an IP address)");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
    }
  }

  /** Reads {@code name}, {@code name:port}, {@code [address]} or {@code [address]:port}. */
  public static Optional<SmartHost> parse(String text) {
    Matcher matcher = BRACKETED.matcher(text);
    boolean bracketed = matcher.matches();
    if (!bracketed) {
      matcher = PLAIN.matcher(text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
    }
    String host = matcher.group(1);
    int port = matcher.group(2) == null ? DEFAULT_PORT : Integer.parseInt(matcher.group(2));
    boolean valid = bracketed ? isAddress(host) : isName(host) || isIpv4(host);
    return valid && port >= 1 && port <= 65_535
        ? Optional.of(new SmartHost(host, port))
        : Optional.empty();
  }

  /** Whether the host is an IP address, so that DNS is not asked. */
  public boolean isAddress() {
    return isAddress(host);
  }

  private static boolean isName(String host) {
    return !host.matches("[0-9.]+") && !host.startsWith("[") && DomainName.parse(host).isPresent();
  }

  /** A name in Unicode becomes that in DNS; one in ASCII keeps its spelling. */
  private static String inAscii(String host) {
    boolean ascii = host.chars().allMatch(c -> c < 0x80);
    return ascii ? host : DomainName.parse(host).map(DomainName::value).orElse(host);
  }

  private static boolean isAddress(String host) {
    return isIpv4(host) || isIpv6(host);
  }

  private static boolean isIpv4(String host) {
    return IPV4.matcher(host).matches();
  }

  /** The JDK knows the forms of IPv6; what has a colon and square brackets it never looks up. */
  private static boolean isIpv6(String host) {
    if (!IPV6_LETTERS.matcher(host).matches()) {
      return false;
    }
    try {
      return InetAddress.getAllByName("[" + host + "]").length == 1;
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** As in a configuration file: an address in square brackets. */
  @Override
  public String toString() {
    return (isAddress() ? "[" + host + "]" : host) + ":" + port;
  }
}
