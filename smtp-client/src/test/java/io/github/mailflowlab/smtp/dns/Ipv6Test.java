package io.github.mailflowlab.smtp.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Ipv6Test {
  @ParameterizedTest(name = "from {0} to {1}: {2}")
  @CsvSource({
    "2001:db8::1, 2001:db8::2, true",
    "fd00::1, 2001:db8::2, true",
    "::1, ::1, true",
    "::1, 2001:db8::2, false",
    "2001:db8::1, ::1, false",
    "fe80::1, 2001:db8::2, false",
    "192.0.2.1, 2001:db8::2, false",
    "127.0.0.1, ::1, false"
  })
  void leadsFromAnAddressThatReachesSoFar(String own, String other, boolean leads)
      throws UnknownHostException {
    assertThat(Ipv6.leads(address(own), address(other))).isEqualTo(leads);
  }

  private static InetAddress address(String text) throws UnknownHostException {
    return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
  }
}
