package io.github.mailflowlab.lab;

import io.github.mailflowlab.lab.dns.DnsAnswer;
import io.github.mailflowlab.lab.dns.LabDns;
import io.github.mailflowlab.mail.DomainName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Which hosts take the mail of which domain: the MX records. Any thread. */
final class MailRouting {
  private final LabDns dns;
  private final Map<DomainName, List<NamedHost>> hosts = new HashMap<>();

  MailRouting(LabDns dns) {
    this.dns = dns;
  }

  /** After those that are there already. */
  synchronized void add(DomainName domain, NamedHost host) {
    List<NamedHost> known = hosts.getOrDefault(domain, List.of());
    set(domain, Stream.concat(known.stream(), Stream.of(host)).toList());
  }

  /** In the order of preference; none: the domain takes no mail. */
  synchronized void set(DomainName domain, List<NamedHost> exchangers) {
    hosts.put(domain, List.copyOf(exchangers));
    if (exchangers.isEmpty()) {
      dns.forgetMail(domain.value());
      return;
    }
    DnsAnswer answer = DnsAnswer.exchangers(exchangers.stream().map(NamedHost::name).toList());
    for (NamedHost host : exchangers) {
      answer = host.stack().answerForMail(answer);
    }
    dns.answerForMail(domain.value(), answer);
  }

  synchronized void forget(NamedHost gone) {
    for (DomainName domain : new ArrayList<>(hosts.keySet())) {
      List<NamedHost> known = hosts.getOrDefault(domain, List.of());
      if (known.contains(gone)) {
        set(domain, known.stream().filter(host -> host != gone).toList());
      }
    }
  }

  synchronized boolean takesMail(NamedHost host) {
    return hosts.values().stream().anyMatch(known -> known.contains(host));
  }
}
