package io.github.mailflowlab.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpRequest;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.common.RequestHeadersBuilder;
import com.linecorp.armeria.server.ServiceRequestContext;
import io.github.mailflowlab.settings.AddressRange;
import io.github.mailflowlab.settings.Security;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardTest {
  private static final Security SECURITY =
      new Security(
          "secret",
          List.of(AddressRange.parse("172.16.0.0/12").orElseThrow()),
          List.of("mailflow"));

  @ParameterizedTest
  @CsvSource({
    "172.16.0.1, mailflow, Bearer secret, 200",
    "172.31.255.255, mailflow:8025, Bearer secret, 200",
    "172.32.0.0, mailflow, Bearer secret, 403",
    "172.16.0.1, other, Bearer secret, 403",
    "172.16.0.1, mailflow, Bearer secre, 401",
    "172.16.0.1, mailflow, Bearer secrets, 401",
    "172.16.0.1, mailflow, secret, 401",
    "172.16.0.1, mailflow, , 401",
    "172.16.0.1, 172.16.0.9:8025, Bearer secret, 200",
    "172.16.0.1, 172.16.0.8:8025, Bearer secret, 403",
    "127.0.0.1, 127.0.0.1, , 200",
    "127.0.0.1, mailflow, , 200",
    "127.0.0.1, other, , 403",
  })
  void outsidersNeedAnAllowedAddressAndTheToken(
      String peer, String host, String authorization, int status) throws Exception {
    assertThat(answer(Optional.of(SECURITY), peer, host, authorization)).isEqualTo(status);
  }

  @Test
  void withoutSecurityOnlyOurOwnNamesAreServed() throws Exception {
    assertThat(answer(Optional.empty(), "127.0.0.1", "localhost", null)).isEqualTo(200);
    assertThat(answer(Optional.empty(), "127.0.0.1", "mailflow", null)).isEqualTo(403);
  }

  private static int answer(
      Optional<Security> security, String peer, String host, @Nullable String authorization)
      throws Exception {
    RequestHeadersBuilder headers =
        RequestHeaders.builder(HttpMethod.GET, "/api/v1/queues").authority(host);
    if (authorization != null) {
      headers.add("Authorization", authorization);
    }
    HttpRequest request = HttpRequest.of(headers.build());
    ServiceRequestContext context =
        ServiceRequestContext.builder(request).remoteAddress(address(peer, 40000)).build();
    return new Guard(address("172.16.0.9", 8025), security)
        .serve((passed, served) -> HttpResponse.of(200), context, request)
        .aggregate()
        .join()
        .status()
        .code();
  }

  private static InetSocketAddress address(String ip, int port) throws Exception {
    return new InetSocketAddress(InetAddress.getByName(ip), port);
  }
}
