package io.github.mailflowlab.lab.dns;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
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
import org.xbill.DNS.Type;

/**
 * What the servers know: how each name is answered, in {@value #DOMAIN} and in any other domain,
 * and who takes the mail of a domain. Nothing else exists in {@value #DOMAIN}, nor beside and below
 * the names that are known; of the rest the servers know nothing. Any thread may call it.
 */
final class LabZone implements Answering {
  static final String DOMAIN = "lab.example";

  static final Name APEX = name(DOMAIN + ".");
  static final Name SERVER = name("ns." + DOMAIN + ".");
  private static final Name ADMIN = name("hostmaster." + DOMAIN + ".");

  private final Map<String, Host> hosts = new ConcurrentHashMap<>();
  private final Map<String, Host> mailDomains = new ConcurrentHashMap<>();

  /**
   * A known name.
   *
   * @param where the host is
   * @param asked how often, by type
   */
  private record Host(
      DnsAnswer answer, Supplier<Addresses> where, Map<Integer, AtomicInteger> asked) {
    Host(DnsAnswer answer, Supplier<Addresses> where) {
      this(answer, where, new ConcurrentHashMap<>());
    }

    Optional<DnsReply> reply(Message query, Name name, boolean overTcp) {
      int number = count(query.getQuestion().getType());
      return answer.reply(new DnsQuestion(query, name, number, overTcp, where.get()));
    }

    int count(int type) {
      return asked.computeIfAbsent(type, first -> new AtomicInteger()).incrementAndGet();
    }
  }

  void put(String hostName, DnsAnswer answer, Supplier<Addresses> where) {
    hosts.put(key(hostName), new Host(answer, where));
  }

  void putMailDomain(String domain, DnsAnswer answer) {
    mailDomains.put(key(domain), new Host(answer, () -> Addresses.HERE));
  }

  void removeMailDomain(String domain) {
    mailDomains.remove(key(domain));
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
    if (question.getDClass() != DClass.IN) {
      return DnsReply.of(DnsQuestion.reply(query, Rcode.REFUSED));
    }
    return answer(query, question.getName(), overTcp);
  }

  /** A name that is not known may be below one that is, or beside it. */
  private Optional<DnsReply> answer(Message query, Name asked, boolean overTcp) {
    for (Name name = asked; !name.equals(APEX) && name.labels() > 1; name = new Name(name, 1)) {
      Optional<Host> host = known(name, query.getQuestion().getType());
      if (host.isPresent()) {
        return host.get().reply(query, name, overTcp);
      }
    }
    if (asked.equals(APEX)) {
      return DnsReply.of(denied(query, Rcode.NOERROR, APEX));
    }
    Name zone = asked.subdomain(APEX) ? APEX : asked.labels() > 2 ? new Name(asked, 1) : asked;
    boolean isServed = asked.subdomain(APEX) || holds(zone);
    return DnsReply.of(
        isServed ? denied(query, Rcode.NXDOMAIN, zone) : DnsQuestion.reply(query, Rcode.REFUSED));
  }

  /** A domain's MX records are its own, all other records those of the host of that name. */
  private Optional<Host> known(Name name, int type) {
    String key = key(name.toString(true));
    Optional<Host> host = Optional.ofNullable(hosts.get(key));
    Optional<Host> domain = Optional.ofNullable(mailDomains.get(key));
    return type == Type.MX ? domain.or(() -> host) : host.or(() -> domain);
  }

  /** Whether a known name is in the zone. */
  private boolean holds(Name zone) {
    String end = "." + key(zone.toString(true));
    return hosts.keySet().stream().anyMatch(name -> name.endsWith(end));
  }

  /** Where the SOA of a name's zone is: each name outside the lab's domain has one of its own. */
  static Name zoneOf(Name host) {
    return host.subdomain(APEX) ? APEX : host;
  }

  /** No such name or no such record, for sure: the zone's SOA says so (RFC 2308). */
  static Message denied(Message query, int rcode, Name zone) {
    Message reply = DnsQuestion.reply(query, rcode);
    reply.addRecord(
        new SOARecord(zone, DClass.IN, 0, SERVER, ADMIN, 1, 3_600, 600, 86_400, 0),
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
