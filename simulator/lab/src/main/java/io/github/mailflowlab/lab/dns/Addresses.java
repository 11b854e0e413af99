package io.github.mailflowlab.lab.dns;

import java.util.List;

/**
 * What a healthy name has.
 *
 * @param ips IPv4, in the order they are told
 * @param ttl for how long they may be kept, in seconds
 */
public record Addresses(List<String> ips, int ttl) {
  /** Where hosts are unless told otherwise; not to be kept, so that a repair is seen at once. */
  public static final Addresses HERE = new Addresses(List.of("127.0.0.1"), DnsQuestion.NO_TTL);

  public Addresses {
    ips = List.copyOf(ips);
  }
}
