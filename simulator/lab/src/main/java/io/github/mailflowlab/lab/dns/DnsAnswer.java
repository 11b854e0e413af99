package io.github.mailflowlab.lab.dns;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Type;

/**
 * How the server answers for a host's name and the names below it (failure-catalogue 2). A fault is
 * an answer in the place of {@link #HEALTHY}. Stateless: what there is to remember is in the
 * question.
 */
@FunctionalInterface
public interface DnsAnswer {
  /** A: where the host is; any other type: no data; names below: none. */
  DnsAnswer HEALTHY = question -> DnsReply.of(question.usual());

  /** The name does not exist. */
  DnsAnswer NO_SUCH_NAME = question -> DnsReply.of(question.negative(Rcode.NXDOMAIN));

  /** The name exists, without a record of any type asked for. */
  DnsAnswer NO_DATA = question -> DnsReply.of(question.negative(Rcode.NOERROR));

  /** Nothing comes back, over UDP or TCP. */
  DnsAnswer SILENCE = question -> Optional.empty();

  /** No answer over UDP is complete. */
  DnsAnswer TRUNCATED = question -> DnsReply.of(question.truncated());

  /** A validating resolver's word on a signature that does not verify (RFC 4035 4.7, RFC 8914). */
  DnsAnswer BOGUS =
      question ->
          question.checkingDisabled() ? HEALTHY.reply(question) : DnsReply.of(question.bogus());

  /** Whoever asks is sent to the root, by a server that knows nothing of the zone. */
  DnsAnswer REFERRAL = question -> DnsReply.of(question.referral());

  /** The domain takes no mail (RFC 7505). */
  DnsAnswer NULL_MX =
      question ->
          question.type() == Type.MX ? DnsReply.of(question.nullMx()) : HEALTHY.reply(question);

  /** MX: these hosts, the first one preferred; any other type: no data; names below: none. */
  static DnsAnswer exchangers(List<String> hosts) {
    List<String> copy = List.copyOf(hosts);
    return question -> DnsReply.of(question.exchangers(copy));
  }

  /** The reply; empty when there shall be none. */
  Optional<DnsReply> reply(DnsQuestion question);

  /** A response code and nothing else. */
  static DnsAnswer bare(int rcode) {
    return question -> DnsReply.of(question.bare(rcode));
  }

  /** A: these, in this order; any other type: no data; names below: none. */
  static DnsAnswer addresses(String... ips) {
    return question -> DnsReply.of(question.addresses(DnsQuestion.NO_TTL, ips));
  }

  /** AAAA: this; any other type: no data; names below: none. */
  static DnsAnswer ipv6Only(String ip) {
    return question -> DnsReply.of(question.ipv6Only(ip));
  }

  /** An address that may be kept for a day. */
  static DnsAnswer lasting(String ip) {
    return question -> DnsReply.of(question.addresses(DnsQuestion.A_DAY, ip));
  }

  /** An alias, for the name this label makes below the host's; for the host itself if empty. */
  static DnsAnswer alias(Function<DnsQuestion, String> label) {
    return question -> DnsReply.of(question.alias(label.apply(question)));
  }

  /** One answer for the host's own name, another one for the names below it. */
  static DnsAnswer below(DnsAnswer host, DnsAnswer below) {
    return question -> (question.label().isEmpty() ? host : below).reply(question);
  }

  /** The first answer, the second, the first, ..., to each question of one type. */
  static DnsAnswer byTurns(DnsAnswer odd, DnsAnswer even) {
    return question -> (question.number() % 2 == 1 ? odd : even).reply(question);
  }

  /** This answer for questions of one type, the healthy one for the others. */
  static DnsAnswer forType(int type, DnsAnswer answer) {
    return question -> (question.type() == type ? answer : HEALTHY).reply(question);
  }

  /** This answer over UDP, another one over TCP. */
  default DnsAnswer overTcp(DnsAnswer other) {
    return question -> (question.overTcp() ? other : this).reply(question);
  }

  /** This answer from the second question of a type on; the first one gets lost. */
  default DnsAnswer atSecondTry() {
    return question -> question.number() == 1 ? Optional.empty() : reply(question);
  }

  /** This answer, late. */
  default DnsAnswer after(Duration delay) {
    return question -> reply(question).map(reply -> reply.after(delay));
  }

  /** This answer with its octets changed. */
  default DnsAnswer rewired(UnaryOperator<byte[]> change) {
    return question -> reply(question).map(reply -> reply.rewired(change));
  }

  /** This answer, given as if another name had been asked for. */
  default DnsAnswer toAnotherQuestion() {
    return question -> reply(question.another());
  }
}
