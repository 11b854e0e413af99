package io.github.mailflowlab.demo;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.node.Node;
import io.github.mailflowlab.pressure.PressureSettings;
import io.github.mailflowlab.queue.Retention;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.settings.SpoolPlace;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The servers of the demo, and an organisation with a connector to each. */
final class BrokenWorld implements AutoCloseable {
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(100);
  private static final Duration COMMAND_LIMIT = Duration.ofSeconds(10);
  private static final Duration DNS_LIMIT = Duration.ofMillis(100);
  private static final int OUTAGE_MESSAGES = 20;

  private final Lab lab;
  private final List<BrokenHost> hosts;

  private BrokenWorld(Lab lab, List<BrokenHost> hosts) {
    this.lab = lab;
    this.hosts = hosts;
  }

  static BrokenWorld stage(Lab lab, List<Expectation> expectations) {
    List<BrokenHost> hosts = new ArrayList<>();
    for (Expectation expectation : expectations) {
      hosts.add(
          new BrokenHost(
              expectation.fault().equals(Expectation.HEALTHY)
                  ? lab.stageHealthy()
                  : lab.stage(expectation.fault()),
              expectation));
    }
    return new BrokenWorld(lab, List.copyOf(hosts));
  }

  List<BrokenHost> hosts() {
    return hosts;
  }

  LabSettings settings(Path data) {
    DomainName domain = DomainName.of("contoso.example");
    Organization organization =
        new Organization(
            List.of(new AcceptedDomain(domain, AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
            List.of(new Mailbox("admin", domain)));
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new LabSettings(
        organization,
        new LabSettings.Listen(anyPort, anyPort),
        new SpoolPlace.Folder(data),
        new DnsSettings(List.of(lab.dns()), DNS_LIMIT, 1),
        hosts.stream().map(host -> host.connector(lab.trust())).toList(),
        Revocation.SOFT,
        LabSettings.Connections.DEFAULT,
        Timeouts.of(CONNECT_LIMIT, COMMAND_LIMIT),
        RetryPolicy.EXCHANGE,
        new AlertSettings(1, Duration.ofHours(1)),
        new LabSettings.TimeSettings(1, true),
        Propagation.DEFAULT,
        PressureSettings.DEFAULT,
        Retention.DEFAULT,
        Optional.empty());
  }

  /** One message to each server, and a few to the one that will be repaired. */
  void submitMail(Node node) {
    try (Submitter submitter = new Submitter(node.smtpAddress(), node.clock())) {
      for (BrokenHost host : hosts) {
        int count = host.expectation().fault().equals(Expectation.OUTAGE) ? OUTAGE_MESSAGES : 1;
        for (int i = 0; i < count; i++) {
          submitter.submit(host.sender(), host.recipient());
        }
      }
    }
  }

  void repairOutage() {
    hosts.stream()
        .filter(host -> host.expectation().fault().equals(Expectation.OUTAGE))
        .forEach(host -> host.staged().repair());
  }

  @Override
  public void close() {
    hosts.forEach(host -> host.staged().close());
  }
}
