package io.github.mailflowlab.smtp.dns;

import io.github.mailflowlab.smtp.dns.DnsRecords.MailServer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** What a name's MX records mean. */
final class MxRecords {
  /** Mail servers of one name that are looked at. */
  static final int MAX_SERVERS = 10;

  private MxRecords() {}

  /** Whether the name takes no mail (RFC 7505 3); beside a real server, a null MX says nothing. */
  static boolean isNull(List<MailServer> servers) {
    return !servers.isEmpty() && servers.stream().allMatch(MxRecords::isNull);
  }

  /** In order of preference, equals shuffled (RFC 5321 5.1); the last ones are left out. */
  static List<MailServer> inOrder(List<MailServer> servers, Random random) {
    List<MailServer> ordered = new ArrayList<>(servers);
    ordered.removeIf(MxRecords::isNull);
    // Servers answer in any order: sorted first, so that a run depends on the seed alone.
    ordered.sort(Comparator.comparing(MailServer::name));
    Collections.shuffle(ordered, random);
    ordered.sort(Comparator.comparingInt(MailServer::preference));
    return ordered.subList(0, Math.min(MAX_SERVERS, ordered.size()));
  }

  private static boolean isNull(MailServer server) {
    return server.name().isEmpty() || server.name().equals(".");
  }
}
