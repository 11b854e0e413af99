package io.github.mailflowlab.settings;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Optional;

/**
 * A block of IP addresses, for example {@code 172.16.0.0/12}.
 *
 * @param network one of its addresses
 * @param prefix how many leading bits they share
 */
public record AddressRange(InetAddress network, int prefix) {
  public AddressRange {
    if (prefix < 0 || prefix > bits(network)) {
      throw new IllegalArgumentException("prefix: " + prefix + " of " + network);
    }
  }

  /** Reads an address with or without a prefix length; empty when it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    Optional<InetAddress> network =
        AddressText.ipAddress(slash < 0 ? text : text.substring(0, slash));
    if (network.isEmpty()) {
      return Optional.empty();
    }
    int bits = bits(network.get());
    String length = slash < 0 ? Integer.toString(bits) : text.substring(slash + 1);
    return length.matches("\\d{1,3}") && Integer.parseInt(length) <= bits
        ? Optional.of(new AddressRange(network.get(), Integer.parseInt(length)))
        : Optional.empty();
  }

  public boolean contains(InetAddress address) {
    return bits(address) == bits(network) && shared(address).equals(shared(network));
  }

  private BigInteger shared(InetAddress address) {
    return new BigInteger(1, address.getAddress()).shiftRight(bits(network) - prefix);
  }

  private static int bits(InetAddress address) {
    return address.getAddress().length * Byte.SIZE;
  }

  @Override
  public String toString() {
    return network.getHostAddress() + "/" + prefix;
  }
}
