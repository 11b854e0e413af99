package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.dns;
import static io.github.mailflowlab.lab.fault.Fault.host;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.fault.Fault.tcp;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HALF_CLOSE;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.OBEY;
import static io.github.mailflowlab.lab.smtp.Action.RESET;
import static io.github.mailflowlab.lab.smtp.Action.VANISH;
import static io.github.mailflowlab.lab.smtp.HostBehaviour.HEALTHY;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.smtp.Gate;
import io.github.mailflowlab.lab.smtp.HostBehaviour;
import io.github.mailflowlab.lab.smtp.Line;
import io.github.mailflowlab.lab.smtp.Presence;
import java.time.Duration;
import java.util.List;

/** TCP (failure-catalogue 3). */
final class TcpFaults {
  /** A short mail in TLS takes about a second. */
  private static final int SLOW_LINE_BYTES_PER_SECOND = 8 * 1_024;

  private static final Duration LATENCY = Duration.ofMillis(20);
  private static final int SLICE = 5;

  /** More than any dialogue before the content, even in TLS. */
  private static final int CUT = 64 * 1_024;

  private TcpFaults() {}

  static List<Fault> rows() {
    return List.of(
        tcp("tcp.refused", Presence.of(Gate.REFUSING)),
        tcp("tcp.blackhole", Presence.of(Gate.SWALLOWING)),
        dns(
            "tcp.unreachable",
            Naming.of(DnsAnswer.addresses(Naming.NOWHERE)).where(Naming.Needs.NO_ROUTE_TO_NOWHERE)),
        tcp("tcp.slow-accept", Presence.of(Gate.HESITATING)),
        smtp("tcp.rst-on-accept", Stage.BANNER, RESET),
        smtp("tcp.fin-on-accept", Stage.BANNER, END),
        smtp("tcp.silent", Stage.BANNER, HUSH),
        smtp("tcp.half-close", Stage.BANNER, HALF_CLOSE),
        smtp("tcp.half-open", Stage.BANNER, OBEY.then(VANISH)),
        host("tcp.zero-window", zeroWindow()),
        tcp("tcp.bandwidth", Presence.over(Line.ofBandwidth(SLOW_LINE_BYTES_PER_SECOND))),
        tcp("tcp.latency", Presence.over(Line.ofLatency(LATENCY))),
        tcp("tcp.slice", Presence.over(Line.sliced(SLICE))),
        tcp("tcp.cut-after-n", Presence.over(Line.cutAfter(CUT))),
        tcp("tcp.outage", Presence.of(Gate.REFUSING)),
        oneOfTwo(),
        tcp("tcp.max-conns", Presence.upTo(1)));
  }

  private static HostBehaviour zeroWindow() {
    return HEALTHY.with(Presence.over(Line.withSmallBuffer())).with(Stage.DATA, OBEY.then(VANISH));
  }

  private static Fault oneOfTwo() {
    DnsAnswer badFirst = DnsAnswer.addresses(Presence.ELSEWHERE, Presence.HERE);
    return tcp("tcp.one-of-n", Presence.beside(Gate.REFUSING)).named(badFirst);
  }
}
