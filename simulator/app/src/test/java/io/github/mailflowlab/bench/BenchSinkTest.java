package io.github.mailflowlab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

class BenchSinkTest {
  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void countsWhatTheClientDelivers() throws Exception {
    try (BenchSink sink = BenchSink.start(ANY_PORT)) {
      SmartHost host = new SmartHost("127.0.0.1", sink.address().getPort());
      BenchPlan plan = new BenchPlan(host, 50, 10, 3, 100_000, true, TlsSettings.OPPORTUNISTIC);
      try (ClientBench bench = new ClientBench(plan, SystemTime.source())) {
        assertThat(bench.refusal()).isEmpty();
        assertThat(bench.run().delivered()).isEqualTo(50);
      }
      assertThat(sink.messages()).isEqualTo(1 + 10 + 50);
    }
  }

  @Test
  void anAddressInUseIsSaidInOneLine() throws Exception {
    try (BenchSink sink = BenchSink.start(ANY_PORT)) {
      assertThatThrownBy(() -> BenchSink.start(sink.address()))
          .isInstanceOf(BindException.class)
          .message()
          .contains(String.valueOf(sink.address().getPort()))
          .hasLineCount(1);
    }
  }
}
