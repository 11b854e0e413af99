package io.github.mailflowlab.settings;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads addresses as administrators write them. Names are never looked up. */
public final class AddressText {
  static final String LISTEN_FORM = "address:port, [IPv6 address]:port or localhost:port";
  static final String SERVER_FORM = "address, address:port or [IPv6 address]:port";

  private static final int DNS_PORT = 53;
  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
  private static final Pattern WITH_PORT =
      Pattern.compile("(?:\\[([^\\[\\]]+)]|([^\\[\\]:]+)):(\\d{1,5})");

  private AddressText() {}

  /** Reads an IP address without square brackets; empty when it is none. */
  static Optional<InetAddress> ipAddress(String text) {
    if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByName(text));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** Reads where to listen; port 0 is fine. */
  public static Optional<InetSocketAddress> listener(String text) {
    return withPort(text, 0);
  }

  /** Reads whom to ask; the port may be missing. */
  public static Optional<InetSocketAddress> dnsServer(String text) {
    return ipAddress(text)
        .map(address -> new InetSocketAddress(address, DNS_PORT))
        .or(() -> withPort(text, 1));
  }

  private static Optional<InetSocketAddress> withPort(String text, int minPort) {
    Matcher matcher = WITH_PORT.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = Integer.parseInt(matcher.group(3));
    if (port < minPort || port > 65_535) {
      return Optional.empty();
    }
    String bracketed = matcher.group(1);
    Optional<InetAddress> address =
        bracketed == null
            ? unbracketed(matcher.group(2))
            : ipAddress(bracketed).filter(ip -> bracketed.contains(":"));
    return address.map(ip -> new InetSocketAddress(ip, port));
  }

  private static Optional<InetAddress> unbracketed(String host) {
    return host.equalsIgnoreCase("localhost")
        ? Optional.of(InetAddress.getLoopbackAddress())
        : ipAddress(host);
  }
}
