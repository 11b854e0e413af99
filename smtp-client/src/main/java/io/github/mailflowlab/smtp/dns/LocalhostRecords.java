package io.github.mailflowlab.smtp.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/**
 * Answers {@code localhost} and every name below it with the loopback addresses, whatever DNS may
 * say, and asks it for all others (RFC 6761 6.3).
 */
record LocalhostRecords(DnsRecords others) implements DnsRecords {
  private static final Pattern LOCALHOST = Pattern.compile("(?:.+\\.)?localhost\\.?");

  @Override
  public CompletionStage<Answer<MailServer>> mailServers(String name) {
    return isLocalhost(name) ? answer(List.of()) : others.mailServers(name);
  }

  @Override
  public CompletionStage<Answer<InetAddress>> ipv4(String name) {
    return isLocalhost(name) ? answer(List.of(loopback(127, 0, 0, 1))) : others.ipv4(name);
  }

  @Override
  public CompletionStage<Answer<InetAddress>> ipv6(String name) {
    return isLocalhost(name)
        ? answer(List.of(loopback(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))
        : others.ipv6(name);
  }

  private static boolean isLocalhost(String name) {
    return LOCALHOST.matcher(name.toLowerCase(Locale.ROOT)).matches();
  }

  private static <T> CompletionStage<Answer<T>> answer(List<T> records) {
    return CompletableFuture.completedFuture(Answer.of(records));
  }

  private static InetAddress loopback(int... octets) {
    byte[] address = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      address[i] = (byte) octets[i];
    }
    try {
      return InetAddress.getByAddress(address);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets always are an address", e);
    }
  }
}
