package io.github.mailflowlab.lab.fault;

import static io.github.mailflowlab.lab.dns.DnsAnswer.HEALTHY;
import static io.github.mailflowlab.lab.dns.DnsAnswer.NO_SUCH_NAME;
import static io.github.mailflowlab.lab.dns.DnsAnswer.SILENCE;
import static io.github.mailflowlab.lab.dns.DnsAnswer.TRUNCATED;
import static io.github.mailflowlab.lab.dns.DnsAnswer.addresses;
import static io.github.mailflowlab.lab.dns.DnsAnswer.alias;
import static io.github.mailflowlab.lab.dns.DnsAnswer.bare;
import static io.github.mailflowlab.lab.dns.DnsAnswer.below;
import static io.github.mailflowlab.lab.dns.DnsAnswer.byTurns;
import static io.github.mailflowlab.lab.dns.DnsAnswer.forType;
import static io.github.mailflowlab.lab.fault.Fault.dns;

import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.Naming;
import io.github.mailflowlab.lab.dns.ServerState;
import io.github.mailflowlab.lab.smtp.Gate;
import io.github.mailflowlab.lab.smtp.Presence;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/** DNS (failure-catalogue 2). What is said of a name is said to every type of question. */
final class DnsFaults {
  /** More than a client's usual 2 s. */
  private static final Duration LATE = Duration.ofSeconds(5);

  /** Nobody's (RFC 3849); where there is no IPv6 nobody tries it either. */
  private static final String DOCUMENTATION = "2001:db8::1";

  private static final DnsAnswer ELSEWHERE = addresses(Presence.ELSEWHERE);

  private DnsFaults() {}

  static List<Fault> rows() {
    return List.of(
        dns("dns.nxdomain", NO_SUCH_NAME),
        dns("dns.nodata", DnsAnswer.NO_DATA),
        dns("dns.nodata-bare", bare(Rcode.NOERROR)),
        dns("dns.servfail", bare(Rcode.SERVFAIL)),
        dns("dns.refused", bare(Rcode.REFUSED)),
        dns("dns.formerr", bare(Rcode.FORMERR)),
        dns("dns.notimp", bare(Rcode.NOTIMP)),
        dns("dns.timeout", SILENCE),
        dns("dns.server-down", Naming.of(HEALTHY, ServerState.DOWN)),
        dns("dns.drop-first-n", HEALTHY.atSecondTry()),
        dns("dns.slow", HEALTHY.after(LATE)),
        dns("dns.tc-tcp-ok", TRUNCATED.overTcp(HEALTHY)),
        dns("dns.tc-tcp-refused", Naming.of(TRUNCATED, ServerState.WITHOUT_TCP)),
        dns("dns.tc-tcp-silent", TRUNCATED.overTcp(SILENCE)),
        dns("dns.garbage", HEALTHY.rewired(DnsFaults::onlyTheId)),
        dns("dns.cut", HEALTHY.rewired(wire -> Arrays.copyOf(wire, wire.length - 3))),
        dns("dns.wrong-id", HEALTHY.rewired(DnsFaults::withAnotherId)),
        dns("dns.wrong-question", HEALTHY.toAnotherQuestion()),
        dns("dns.cname-self", alias(question -> "")),
        dns("dns.cname-cycle", alias(question -> question.label().isEmpty() ? "other" : "")),
        dns("dns.cname-chain", alias(question -> "alias-" + question.number())),
        dns("dns.cname-dangling", below(alias(question -> "gone"), NO_SUCH_NAME)),
        dns("dns.lame-referral", DnsAnswer.REFERRAL),
        dns("dns.lame-refused", Naming.of(HEALTHY, ServerState.LAME, ServerState.SERVING)),
        dns("dns.dnssec-bogus", DnsAnswer.BOGUS),
        dns("dns.wrong-address", ELSEWHERE).reached(Presence.beside(Gate.SWALLOWING)),
        dns("dns.stale", DnsAnswer.lasting(Presence.ELSEWHERE)).reached(notThere()),
        dns("dns.flap", byTurns(ELSEWHERE, HEALTHY)).reached(notThere()),
        dns("dns.partial", forType(Type.AAAA, bare(Rcode.SERVFAIL))),
        dns(
            "dns.aaaa-only",
            Naming.of(DnsAnswer.ipv6Only(DOCUMENTATION)).where(Naming.Needs.NO_IPV6)),
        dns("dns.unroutable", ELSEWHERE).reached(notThere()),
        dns("dns.null-mx", Naming.ofMailDomain(DnsAnswer.NULL_MX)),
        dns("dns.mx-nxdomain", Naming.ofMailDomain(NO_SUCH_NAME)));
  }

  private static Presence notThere() {
    return Presence.beside(Gate.REFUSING);
  }

  /** Shorter than the header of 12 octets. */
  private static byte[] onlyTheId(byte[] wire) {
    return Arrays.copyOf(wire, 2);
  }

  private static byte[] withAnotherId(byte[] wire) {
    wire[1]++;
    return wire;
  }
}
