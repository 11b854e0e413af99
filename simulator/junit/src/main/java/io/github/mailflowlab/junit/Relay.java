package io.github.mailflowlab.junit;

import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.lab.NamedHost;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.QueueSettings;
import io.github.mailflowlab.queue.spool.SpoolException;
import io.github.mailflowlab.queue.spool.SqliteSpool;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import io.github.mailflowlab.time.WorkInFlight;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The connector of a test with all that is behind it: spool, queue, client, alerts, wired as in the
 * program. All mail but that for mailboxes of {@code contoso.example} goes through it.
 */
final class Relay implements AutoCloseable {
  static final DomainName DOMAIN = DomainName.of("contoso.example");

  private static final String NAME = "To on-premises";
  private static final List<DomainPattern> EVERYBODY =
      List.of(DomainPattern.parse("*").orElseThrow());

  private final Supplier<List<NamedHost>> hosts;
  private final Path trust;
  private final TemporaryFolder folder = TemporaryFolder.create();
  private final SmtpTransport transport;
  private final MailQueue queue;
  private final AlertService alerts;
  private boolean enabled = true;
  private TlsSettings tls;
  private Optional<DomainPattern> tlsDomain = Optional.empty();

  Relay(
      MailFlowSettings settings,
      Seed seed,
      Supplier<List<NamedHost>> hosts,
      List<InetSocketAddress> dnsServers,
      Path trust,
      LabClock clock,
      WorkInFlight work) {
    this.hosts = hosts;
    this.trust = trust;
    this.tls = settings.tls();
    this.transport =
        SmtpTransport.start(
            new SmtpSettings(
                "mailflow." + DOMAIN,
                settings.timeouts(),
                ConnectionLimits.DEFAULT,
                new DnsSettings(dnsServers, settings.timeouts().connect(), 1),
                Revocation.SOFT,
                clock,
                address -> false));
    EventSink events = event -> alertService().on(event);
    this.queue =
        new MailQueue(
            spool(folder),
            transport,
            new FailureClassifier(FailureCatalogue.load()),
            clock,
            clock,
            work,
            events,
            Relay::organization,
            this::connectors,
            new QueueSettings(
                settings.retry(),
                QueueSettings.DEFAULT_MAX_CONNECTIONS_PER_QUEUE,
                "mailflow." + DOMAIN,
                seed.value()));
    this.alerts =
        new AlertService(settings.alerts(), queue, this::connectors, clock, clock, work, List.of());
    queue.start();
    alerts.start();
  }

  /** The setting, unless it lacks the domain that it needs. */
  static TlsSettings withoutDomain(TlsSettings demanded) {
    if (demanded == TlsSettings.DOMAIN_VALIDATION) {
      throw new IllegalArgumentException(
          "DOMAIN_VALIDATION without a domain (use Connector.demandDomain)");
    }
    return demanded;
  }

  MailQueue queue() {
    return queue;
  }

  AlertService alerts() {
    return alerts;
  }

  /** Changes what is demanded, from the next attempt on. */
  synchronized void demand(TlsSettings demanded, Optional<DomainPattern> domain) {
    tls = demanded;
    tlsDomain = domain;
  }

  /** Lets mail through, or holds it. */
  synchronized void enable(boolean now) {
    enabled = now;
  }

  /**
   * The connector as it is now, with the hosts that there are now. Where the first one has a fault
   * of a mail domain, mail is routed by MX, or the fault would not show.
   */
  private List<Connector> connectors() {
    List<NamedHost> now = hosts.get();
    boolean byMx = now.get(0).faults().stream().anyMatch(report -> report.order().isOfMailDomain());
    synchronized (this) {
      return List.of(
          new Connector(
              NAME,
              ConnectorType.ON_PREMISES,
              enabled,
              EVERYBODY,
              byMx ? List.of() : now.stream().map(NamedHost::smartHost).toList(),
              tls,
              tlsDomain,
              Optional.of(trust),
              ""));
    }
  }

  private AlertService alertService() {
    return alerts;
  }

  private static Organization organization() {
    return new Organization(
        List.of(new AcceptedDomain(DOMAIN, AcceptedDomain.Type.INTERNAL_RELAY, Set.of())),
        List.of(new Mailbox("admin", DOMAIN)));
  }

  private static SqliteSpool spool(TemporaryFolder folder) {
    try {
      return SqliteSpool.openFleeting(folder.path());
    } catch (SpoolException e) {
      folder.close();
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    alerts.close();
    queue.close();
    transport.close();
    folder.close();
  }
}
