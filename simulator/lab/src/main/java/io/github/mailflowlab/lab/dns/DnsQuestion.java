package io.github.mailflowlab.lab.dns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.ExtendedErrorCodeOption;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Header;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.Message;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/**
 * A question about a host, or a name below it, and the forms an answer to it can have.
 *
 * @param query with one question
 * @param host whom it is about
 * @param number how often this type has been asked of this host since it is answered so, from 1
 * @param overTcp how it came
 * @param where where the host is
 */
public record DnsQuestion(Message query, Name host, int number, boolean overTcp, Addresses where) {
  static final int NO_TTL = 0;
  static final int A_DAY = 86_400;

  private static final int PREFERENCE_STEP = 10;
  private static final int UDP_PAYLOAD = 1232;

  /** The type asked for, as in {@link Type}. */
  public int type() {
    return query.getQuestion().getType();
  }

  /** What stands before the host's name; empty for the host itself. */
  public String label() {
    Name name = name();
    int labels = name.labels() - host.labels();
    return labels == 0 ? "" : name.relativize(host).toString();
  }

  /** Whether the client wants what does not verify as well (RFC 4035 3.2.2). */
  boolean checkingDisabled() {
    return query.getHeader().getFlag(Flags.CD);
  }

  /** This question, about a name next to the host. */
  DnsQuestion another() {
    Message other = query.clone();
    other.removeAllRecords(Section.QUESTION);
    Name neighbour = named("neighbour", new Name(host, 1));
    other.addRecord(Record.newRecord(neighbour, type(), DClass.IN), Section.QUESTION);
    return new DnsQuestion(other, neighbour, number, overTcp, where);
  }

  Message bare(int rcode) {
    return reply(query, rcode);
  }

  Message negative(int rcode) {
    return LabZone.denied(query, rcode, LabZone.zoneOf(host));
  }

  Message truncated() {
    Message reply = bare(Rcode.NOERROR);
    reply.getHeader().setFlag(Flags.TC);
    return reply;
  }

  /** Where the host really is. */
  Message usual() {
    return addresses(where.ttl(), where.ips().toArray(String[]::new));
  }

  Message exchangers(List<String> hosts) {
    if (!label().isEmpty()) {
      return negative(Rcode.NXDOMAIN);
    }
    if (type() != Type.MX && type() != Type.ANY) {
      return negative(Rcode.NOERROR);
    }
    Message reply = bare(Rcode.NOERROR);
    int preference = 0;
    for (String exchanger : hosts) {
      preference += PREFERENCE_STEP;
      Name target = named(exchanger, Name.root);
      reply.addRecord(new MXRecord(name(), DClass.IN, NO_TTL, preference, target), Section.ANSWER);
    }
    return reply;
  }

  Message addresses(int ttl, String... ips) {
    if (!label().isEmpty()) {
      return negative(Rcode.NXDOMAIN);
    }
    if (type() != Type.A && type() != Type.ANY) {
      return negative(Rcode.NOERROR);
    }
    Message reply = bare(Rcode.NOERROR);
    for (String ip : ips) {
      reply.addRecord(new ARecord(name(), DClass.IN, ttl, address(ip)), Section.ANSWER);
    }
    return reply;
  }

  Message ipv6Only(String ip) {
    if (!label().isEmpty()) {
      return negative(Rcode.NXDOMAIN);
    }
    if (type() != Type.AAAA && type() != Type.ANY) {
      return negative(Rcode.NOERROR);
    }
    Message reply = bare(Rcode.NOERROR);
    reply.addRecord(new AAAARecord(name(), DClass.IN, NO_TTL, address(ip)), Section.ANSWER);
    return reply;
  }

  Message alias(String label) {
    Name target = label.isEmpty() ? host : named(label, host);
    Message reply = bare(Rcode.NOERROR);
    reply.addRecord(new CNAMERecord(name(), DClass.IN, NO_TTL, target), Section.ANSWER);
    return reply;
  }

  Message nullMx() {
    Message reply = bare(Rcode.NOERROR);
    reply.addRecord(new MXRecord(name(), DClass.IN, NO_TTL, 0, Name.root), Section.ANSWER);
    return reply;
  }

  Message referral() {
    Message reply = bare(Rcode.NOERROR);
    reply.getHeader().unsetFlag(Flags.AA);
    Name server = named("a", named("root-servers", named("net", Name.root)));
    reply.addRecord(new NSRecord(Name.root, DClass.IN, A_DAY, server), Section.AUTHORITY);
    return reply;
  }

  Message bogus() {
    Message reply = bare(Rcode.SERVFAIL);
    if (query.getOPT() != null) {
      reply.removeAllRecords(Section.ADDITIONAL);
      ExtendedErrorCodeOption why =
          new ExtendedErrorCodeOption(ExtendedErrorCodeOption.DNSSEC_BOGUS);
      reply.addRecord(new OPTRecord(UDP_PAYLOAD, 0, 0, 0, List.of(why)), Section.ADDITIONAL);
    }
    return reply;
  }

  /** An answer to any query, without a record. */
  static Message reply(Message query, int rcode) {
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

  private Name name() {
    return query.getQuestion().getName();
  }

  private static Name named(String label, Name parent) {
    try {
      return Name.fromString(label, parent);
    } catch (TextParseException e) {
      throw new IllegalArgumentException(label, e);
    }
  }

  private static InetAddress address(String ip) {
    try {
      return InetAddress.getByName(ip);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(ip, e);
    }
  }
}
