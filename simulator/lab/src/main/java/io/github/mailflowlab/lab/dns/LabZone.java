package io.github.mailflowlab.lab.dns;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Opcode;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;

/**
 * What the servers know: the domain {@value #DOMAIN} and how each name in it is answered. Every TTL
 * of a healthy answer is zero, so that a repair is seen at once. Any thread may call it.
 */
final class LabZone implements Answering {
  static final String DOMAIN = "lab.example";

  static final Name APEX = name(DOMAIN + ".");
  static final Name SERVER = name("ns." + DOMAIN + ".");
  private static final Name ADMIN = name("hostmaster." + DOMAIN + ".");

  private final Map<String, Host> hosts = new ConcurrentHashMap<>();

  /**
   * A staged name.
   *
   * @param asked how often, by type
   */
  private record Host(DnsAnswer answer, Map<Integer, AtomicInteger> asked) {
    int count(int type) {
      return asked.computeIfAbsent(type, first -> new AtomicInteger()).incrementAndGet();
    }
  }

  void put(String hostName, DnsAnswer answer) {
    hosts.put(key(hostName), new Host(answer, new ConcurrentHashMap<>()));
  }

  void remove(String hostName) {
    hosts.remove(key(hostName));
  }

  @Override
  public Optional<DnsReply> answer(Message query, boolean overTcp) {
    Record question = query.getQuestion();
    if (query.getHeader().getFlag(Flags.QR)) {
      return Optional.empty();
    }
    if (query.getHeader().getOpcode() != Opcode.QUERY) {
      return DnsReply.of(DnsQuestion.reply(query, Rcode.NOTIMP));
    }
    if (question == null || query.getHeader().getCount(Section.QUESTION) != 1) {
      return DnsReply.of(DnsQuestion.reply(query, Rcode.FORMERR));
    }
    if (question.getDClass() != DClass.IN || !question.getName().subdomain(APEX)) {
      return DnsReply.of(DnsQuestion.reply(query, Rcode.REFUSED));
    }
    return answer(query, question.getName(), overTcp);
  }

  /** A name that is not staged may be below one that is. */
  private Optional<DnsReply> answer(Message query, Name asked, boolean overTcp) {
    for (Name name = asked; !name.equals(APEX); name = new Name(name, 1)) {
      Host host = hosts.get(key(name.toString(true)));
      if (host != null) {
        int number = host.count(query.getQuestion().getType());
        return host.answer().reply(new DnsQuestion(query, name, number, overTcp));
      }
    }
    return DnsReply.of(denied(query, asked.equals(APEX) ? Rcode.NOERROR : Rcode.NXDOMAIN));
  }

  /** No such name or no such record, for sure: the zone's SOA says so (RFC 2308). */
  static Message denied(Message query, int rcode) {
    Message reply = DnsQuestion.reply(query, rcode);
    reply.addRecord(
        new SOARecord(APEX, DClass.IN, 0, SERVER, ADMIN, 1, 3_600, 600, 86_400, 0),
        Section.AUTHORITY);
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
