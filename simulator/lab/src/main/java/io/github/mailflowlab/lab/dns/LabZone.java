package io.github.mailflowlab.lab.dns;

import io.netty.util.NetUtil;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * What the server knows: the domain {@value #DOMAIN} and how each name in it is answered. Every TTL
 * is zero, so that a repair is seen at once. Any thread may call it.
 */
final class LabZone {
  static final String DOMAIN = "lab.example";

  private static final int TTL = 0;
  private static final int UDP_PAYLOAD = 1232;

  /** How a query came. */
  enum Carrier {
    UDP,
    TCP
  }

  private final Map<String, DnsAnswer> answers = new ConcurrentHashMap<>();
  private final Name apex = name(DOMAIN + ".");
  private final Name server = name("ns." + DOMAIN + ".");

  void put(String hostName, DnsAnswer answer) {
    answers.put(key(hostName), answer);
  }

  void remove(String hostName) {
    answers.remove(key(hostName));
  }

  /** Whether the server's TCP port is to be open. */
  boolean allowsTcp() {
    return !answers.containsValue(DnsAnswer.TRUNCATED_WITHOUT_TCP);
  }

  /** The answer to a query; empty when there shall be none. */
  Optional<Message> answer(Message query, Carrier carrier) {
    Record question = query.getQuestion();
    if (query.getHeader().getFlag(Flags.QR)) {
      return Optional.empty();
    }
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return Optional.of(reply(query, Rcode.NOTIMP));
    }
    if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
      return Optional.of(reply(query, Rcode.FORMERR));
    }
    if (question.getDClass() != DClass.IN || !question.getName().subdomain(apex)) {
      return Optional.of(reply(query, Rcode.REFUSED));
    }
    return answer(query, question, carrier);
  }

  private Optional<Message> answer(Message query, Record question, Carrier carrier) {
    return switch (behaviour(question.getName())) {
      case LOOPBACK -> Optional.of(address(query, question));
      case TRUNCATED, TRUNCATED_WITHOUT_TCP ->
          Optional.of(carrier == Carrier.UDP ? truncated(query) : address(query, question));
      case NO_DATA -> Optional.of(negative(query, Rcode.NOERROR));
      case NO_SUCH_NAME -> Optional.of(negative(query, Rcode.NXDOMAIN));
      case SERVER_FAILURE -> Optional.of(reply(query, Rcode.SERVFAIL));
      case SILENCE -> Optional.empty();
    };
  }

  private DnsAnswer behaviour(Name name) {
    DnsAnswer unknown = name.equals(apex) ? DnsAnswer.NO_DATA : DnsAnswer.NO_SUCH_NAME;
    return answers.getOrDefault(key(name.toString(true)), unknown);
  }

  private Message address(Message query, Record question) {
    if (question.getType() != Type.A && question.getType() != Type.ANY) {
      return negative(query, Rcode.NOERROR);
    }
    Message reply = reply(query, Rcode.NOERROR);
    reply.addRecord(
        new ARecord(question.getName(), DClass.IN, TTL, NetUtil.LOCALHOST4), Section.ANSWER);
    reply.addRecord(new NSRecord(apex, DClass.IN, TTL, server), Section.AUTHORITY);
    return reply;
  }

  private static Message truncated(Message query) {
    Message reply = reply(query, Rcode.NOERROR);
    reply.getHeader().setFlag(Flags.TC);
    return reply;
  }

  private Message negative(Message query, int rcode) {
    Message reply = reply(query, rcode);
    Name admin = name("hostmaster." + DOMAIN + ".");
    reply.addRecord(
        new SOARecord(apex, DClass.IN, TTL, server, admin, 1, 3_600, 600, 86_400, TTL),
        Section.AUTHORITY);
    return reply;
  }

  private static Message reply(Message query, int rcode) {
    Message reply = new Message(query.getHeader().getID());
    Header header = reply.getHeader();
    header.setFlag(Flags.QR);
    header.setFlag(Flags.AA);
    header.setOpcode(query.getHeader().getOpcode());
    header.setRcode(rcode);
    if (query.getHeader().getFlag(Flags.RD)) {
      header.setFlag(Flags.RD);
      // A resolver library asks as if of a recursive server.
      header.setFlag(Flags.RA);
    }
    if (query.getQuestion() != null) {
      reply.addRecord(query.getQuestion(), Section.QUESTION);
    }
    if (query.getOPT() != null) {
      reply.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0), Section.ADDITIONAL);
    }
    return reply;
  }

  private static String key(String hostName) {
    return hostName.toLowerCase(Locale.ROOT);
  }

  private static Name name(String text) {
    try {
      return Name.fromString(text);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(text, e);
    }
  }
}
