package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.fault.Fault.dns;
import static io.github.mailflowlab.lab.fault.Fault.smtp;
import static io.github.mailflowlab.lab.fault.Fault.tcp;
import static io.github.mailflowlab.lab.smtp.Action.END;
import static io.github.mailflowlab.lab.smtp.Action.HUSH;
import static io.github.mailflowlab.lab.smtp.Action.RESET;

import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.smtp.Presence;
import java.util.List;

/** Below SMTP (failure-catalogue 2 and 3). */
final class NetworkFaults {
  private NetworkFaults() {}

  static List<Fault> rows() {
    return List.of(
        dns("dns.nxdomain", DnsAnswer.NO_SUCH_NAME),
        dns("dns.nodata", DnsAnswer.NO_DATA),
        dns("dns.servfail", DnsAnswer.SERVER_FAILURE),
        dns("dns.timeout", DnsAnswer.SILENCE),
        dns("dns.tc-tcp-ok", DnsAnswer.TRUNCATED),
        dns("dns.tc-tcp-refused", DnsAnswer.TRUNCATED_WITHOUT_TCP),
        tcp("tcp.refused", Presence.REFUSING),
        tcp("tcp.blackhole", Presence.BLACKHOLE),
        smtp("tcp.rst-on-accept", Stage.BANNER, RESET),
        smtp("tcp.fin-on-accept", Stage.BANNER, END),
        smtp("tcp.silent", Stage.BANNER, HUSH),
        tcp("tcp.outage", Presence.REFUSING));
  }
}
