package io.github.mailflowlab.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.mailflowlab.alerting.AlertSettings;
import io.github.mailflowlab.alerting.FurtherPolicies;
import io.github.mailflowlab.alerting.Webhook;
import io.github.mailflowlab.clock.SystemTime;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.intake.SocketClient;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.pressure.PressureSettings;
import io.github.mailflowlab.queue.Retention;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.Propagation;
import io.github.mailflowlab.settings.SpoolPlace;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The world around a node: real servers, an organisation with a connector to each of them, and a
 * place for the spool. Alerts fire at the first message that is late. For one thread.
 */
public final class NodeWorld implements AutoCloseable {
  public static final Mailbox ALICE = mailbox("alice@contoso.example");
  public static final Mailbox ADMIN = mailbox("admin@contoso.example");

  private static final InetSocketAddress ANY_PORT =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  private static final Pattern QUEUED =
      Pattern.compile("250 2\\.6\\.0 <[^>]+> \\[InternalId=([a-z0-9]+)] Queued mail for delivery");

  private final SpoolPlace spool;
  private final Lab lab = Lab.start(SystemTime.source());
  private final List<Connector> connectors = new ArrayList<>();
  private final List<Webhook> webhooks = new ArrayList<>();
  private LabSettings.Connections connections = LabSettings.Connections.DEFAULT;

  private Propagation propagation = Propagation.DEFAULT;

  private PressureSettings pressure = PressureSettings.DEFAULT;

  public NodeWorld(Path data) {
    this(new SpoolPlace.Folder(data));
  }

  NodeWorld(SpoolPlace spool) {
    this.spool = spool;
  }

  public static Mailbox mailbox(String address) {
    return Mailbox.parse(address).orElseThrow();
  }

  /** A new server with this fault, the next hop of all mail for the domain. */
  public StagedFault server(String domain, String faultId) {
    return connected(domain, lab.stage(faultId));
  }

  /** A new server without a fault, the next hop of all mail for the domain. */
  public StagedFault healthyServer(String domain) {
    return connected(domain, lab.stageHealthy());
  }

  private StagedFault connected(String domain, StagedFault server) {
    connectors.add(
        new ConnectorDraft(
                "To " + domain,
                "OnPremises",
                true,
                List.of(domain),
                null,
                List.of(server.smartHost().toString()),
                server.tlsSettings() == TlsSettings.DOMAIN_VALIDATION
                    ? TlsSettings.CERTIFICATE_VALIDATION.parameter()
                    : server.tlsSettings().parameter(),
                null,
                lab.trust().toString(),
                null)
            .check()
            .value());
    return server;
  }

  /** From now on the settings have these. */
  public void connections(int perNextHop, ConnectionLimits limits) {
    connections = new LabSettings.Connections(perNextHop, limits);
  }

  /** From the next start on, edits take so long to reach all servers. */
  public void propagateFor(Duration min, Duration max) {
    propagation = new Propagation(true, min, max);
  }

  /** From the next start on, mail is put off at these marks. */
  void pressure(PressureSettings settings) {
    pressure = settings;
  }

  /** From the next start on, alerts are told to it, too. */
  void webhook(Webhook webhook) {
    webhooks.add(webhook);
  }

  public LabSettings settings() {
    DomainName domain = DomainName.of("contoso.example");
    DomainName authoritative = DomainName.of("strict.example");
    return new LabSettings(
        new Organization(
            List.of(
                new AcceptedDomain(domain, AcceptedDomain.Type.INTERNAL_RELAY, Set.of()),
                new AcceptedDomain(authoritative, AcceptedDomain.Type.AUTHORITATIVE, Set.of())),
            List.of(ADMIN)),
        new LabSettings.Listen(ANY_PORT, ANY_PORT),
        spool,
        new DnsSettings(List.of(lab.dns()), Duration.ofSeconds(2), 2),
        connectors,
        Revocation.SOFT,
        connections,
        Timeouts.of(Duration.ofSeconds(10), Duration.ofSeconds(10)),
        RetryPolicy.EXCHANGE,
        new AlertSettings(
            1, Duration.ofHours(1), OptionalInt.empty(), webhooks, FurtherPolicies.NONE),
        new LabSettings.TimeSettings(1, true),
        propagation,
        pressure,
        Retention.DEFAULT,
        Optional.empty());
  }

  public Node start() throws StartupException {
    return Node.start(settings(), 1);
  }

  /** Submits a mail by SMTP, and says the id of its acknowledgement. */
  public static String submit(Node node, String to, String subject) throws IOException {
    Matcher queued = QUEUED.matcher(reply(node, to, subject));
    assertThat(queued.matches()).isTrue();
    return queued.group(1);
  }

  /** Submits a mail by SMTP, and says the reply to its content. */
  static String reply(Node node, String to, String subject) throws IOException {
    try (SocketClient client = new SocketClient(node.smtpAddress())) {
      assertThat(client.reply()).startsWith("220 ");
      assertThat(client.ask("EHLO application.example")).startsWith("250 ");
      assertThat(client.ask("MAIL FROM:<" + ALICE + ">")).startsWith("250 ");
      assertThat(client.ask("RCPT TO:<" + to + ">")).startsWith("250 ");
      assertThat(client.ask("DATA")).startsWith("354 ");
      client.send("From: <" + ALICE + ">\r\nTo: <" + to + ">\r\nSubject: " + subject + "\r\n\r\n");
      return client.ask("Hello.\r\n.");
    }
  }

  /** Lets lab time pass, and returns when all that became due is done. */
  public static void pass(Node node, Duration time) {
    node.clock().advance(time).toCompletableFuture().join();
  }

  @Override
  public void close() {
    lab.close();
  }
}
