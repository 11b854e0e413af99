package io.github.mailflowlab.settings;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.pressure.PressureSettings;
import io.github.mailflowlab.queue.QueueSettings;
import io.github.mailflowlab.queue.Retention;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be configured. {@link #defaults} is what an empty file means.
 *
 * @param organization who we are
 * @param listen where we listen
 * @param spool where mail is kept
 * @param dns whom the client asks
 * @param connectors each name once, in any case
 * @param revocation what the client asks about certificates
 * @param connections of the client
 * @param timeouts of the client
 * @param retry when to try again
 * @param alerts when mail counts as delayed
 * @param time the lab's clock
 * @param propagation how long changes take to reach all servers
 * @param pressure when mail is put off
 * @param retention how long is kept what is over
 * @param security present for binding beyond loopback
 */
public record LabSettings(
    Organization organization,
    Listen listen,
    SpoolPlace spool,
    DnsSettings dns,
    List<Connector> connectors,
    Revocation revocation,
    Connections connections,
    Timeouts timeouts,
    RetryPolicy retry,
    AlertSettings alerts,
    TimeSettings time,
    Propagation propagation,
    PressureSettings pressure,
    Retention retention,
    Optional<Security> security) {
  /** Where the servers listen; port 0 for any free port. */
  public record Listen(InetSocketAddress smtp, InetSocketAddress http) {
    /** Whether only this machine can connect. */
    public boolean isLoopback() {
      return smtp.getAddress().isLoopbackAddress() && http.getAddress().isLoopbackAddress();
    }
  }

  /**
   * The client's connections.
   *
   * @param perNextHop the most that a queue has at a time
   * @param limits of each
   */
  public record Connections(int perNextHop, ConnectionLimits limits) {
    public static final Connections DEFAULT =
        new Connections(QueueSettings.DEFAULT_MAX_CONNECTIONS_PER_QUEUE, ConnectionLimits.DEFAULT);
  }

  /**
   * The lab's clock.
   *
   * @param speed lab seconds per wall second
   * @param steerable whether users may change it
   */
  public record TimeSettings(double speed, boolean steerable) {}

  public LabSettings {
    connectors = List.copyOf(connectors);
  }

  /** The defaults, all of them. Paths are relative to the folder. */
  public static LabSettings defaults(Path folder) {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    DomainName contoso = DomainName.of("contoso.example");
    return new LabSettings(
        new Organization(
            List.of(new AcceptedDomain(contoso, AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
            List.of(new Mailbox("admin", contoso))),
        new Listen(new InetSocketAddress(loopback, 1025), new InetSocketAddress(loopback, 8025)),
        new SpoolPlace.Folder(folder.resolve("mailflow-data")),
        DnsSettings.DEFAULT,
        List.of(),
        Revocation.SOFT,
        Connections.DEFAULT,
        Timeouts.DEFAULT,
        RetryPolicy.EXCHANGE,
        AlertSettings.DEFAULT,
        new TimeSettings(1, true),
        Propagation.DEFAULT,
        PressureSettings.DEFAULT,
        Retention.DEFAULT,
        Optional.empty());
  }

  public LabSettings withOrganization(Organization other) {
    return with(other, listen, spool, dns, connectors);
  }

  public LabSettings withListen(Listen other) {
    return with(organization, other, spool, dns, connectors);
  }

  public LabSettings withData(Path other) {
    return with(organization, listen, new SpoolPlace.Folder(other), dns, connectors);
  }

  public LabSettings withDns(DnsSettings other) {
    return with(organization, listen, spool, other, connectors);
  }

  public LabSettings withConnectors(List<Connector> others) {
    return with(organization, listen, spool, dns, others);
  }

  private LabSettings with(
      Organization who,
      Listen where,
      SpoolPlace place,
      DnsSettings resolver,
      List<Connector> ways) {
    return new LabSettings(
        who,
        where,
        place,
        resolver,
        ways,
        revocation,
        connections,
        timeouts,
        retry,
        alerts,
        time,
        propagation,
        pressure,
        retention,
        security);
  }
}
