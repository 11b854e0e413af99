package io.github.mailflowlab.node;

import io.github.mailflowlab.alerting.AlertNotifier;
import io.github.mailflowlab.alerting.AlertService;
import io.github.mailflowlab.alerting.AlertStore;
import io.github.mailflowlab.alerting.notify.EmailNotifier;
import io.github.mailflowlab.alerting.notify.LogNotifier;
import io.github.mailflowlab.alerting.notify.WebhookNotifier;
import io.github.mailflowlab.api.ApiServer;
import io.github.mailflowlab.clock.LabClock;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.PostgresUrl;
import io.github.mailflowlab.delivery.Transport;
import io.github.mailflowlab.document.FaultDocument;
import io.github.mailflowlab.document.IntakeDocument;
import io.github.mailflowlab.document.StatusDocument;
import io.github.mailflowlab.document.ValidationDocument;
import io.github.mailflowlab.event.CertificateSink;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.fix.FixNow;
import io.github.mailflowlab.intake.IntakeSettings;
import io.github.mailflowlab.intake.SmtpIntake;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.pressure.Pressure;
import io.github.mailflowlab.pressure.Writes;
import io.github.mailflowlab.queue.MailQueue;
import io.github.mailflowlab.queue.QueueSettings;
import io.github.mailflowlab.queue.QueueView;
import io.github.mailflowlab.queue.spool.PostgresSpool;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpoolException;
import io.github.mailflowlab.queue.spool.SqliteSpool;
import io.github.mailflowlab.queue.spool.WriteProgress;
import io.github.mailflowlab.report.ConnectorHealth;
import io.github.mailflowlab.report.InvalidRecipients;
import io.github.mailflowlab.report.QueuedMessages;
import io.github.mailflowlab.report.Reports;
import io.github.mailflowlab.routing.Route;
import io.github.mailflowlab.routing.Router;
import io.github.mailflowlab.settings.LabSettings;
import io.github.mailflowlab.settings.SpoolPlace;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import io.github.mailflowlab.status.SmtpReply;
import io.github.mailflowlab.tenant.Tenant;
import io.github.mailflowlab.time.WorkInFlight;
import io.github.mailflowlab.training.Training;
import io.github.mailflowlab.validate.TestMail;
import io.github.mailflowlab.validate.Validation;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * One running lab: spool, clock, client, queue, alerting, intake and API, wired in the order in
 * which a message meets them. Owns all their threads. Any thread may use the accessors.
 *
 * <p>On a spool that nodes share, one leads and is all that. The others follow: they take mail,
 * store it for the leader, and pass requests on to it.
 */
public final class Node implements AutoCloseable {
  private final OpenParts parts = new OpenParts();
  private final LabSettings settings;
  private final WorkInFlight work;
  private final LabClock clock;
  private final Tenant tenant;
  private final MailQueue queue;
  private final AlertService alerts;
  private final FixNow fixNow;
  private final Reports reports;

  private final Pressure pressure;
  private final SmtpIntake intake;
  private final ApiServer api;
  private final Spool spool;
  private final boolean leads;
  private final Optional<Membership> membership;

  /**
   * Starts everything that the settings say.
   *
   * @param seed of the jitter
   * @throws StartupException when a directory, a port or the spool cannot be had; then nothing is
   *     left running
   */
  public static Node start(LabSettings settings, long seed) throws StartupException {
    return new Node(
        settings,
        seed,
        true,
        () -> openSpool(settings.spool()),
        Optional.empty(),
        Optional.empty());
  }

  /** Starts one that lives in simulated time, whatever its spool says of time. */
  public static Node start(LabSettings settings, long seed, Simulation simulation)
      throws StartupException {
    return new Node(
        settings,
        seed,
        true,
        () -> openSpool(settings.spool()),
        Optional.of(simulation),
        Optional.empty());
  }

  /** Starts the one of a lesson, in the lesson's time. */
  public static Node start(LabSettings settings, long seed, Training training)
      throws StartupException {
    return new Node(
        settings,
        seed,
        true,
        () -> openSpool(settings.spool()),
        Optional.of(new Simulation(training.clock(), training.work(), event -> {})),
        Optional.of(training));
  }

  /** Starts one that leads on a spool that is open already, and is closed with it. */
  static Node lead(LabSettings settings, long seed, PostgresSpool spool) throws StartupException {
    return new Node(settings, seed, true, () -> spool, Optional.empty(), Optional.empty());
  }

  /** Starts one that follows the leader of a shared spool. */
  static Node follow(LabSettings settings, long seed, PostgresUrl url) throws StartupException {
    return new Node(
        settings, seed, false, () -> PostgresSpool.follow(url), Optional.empty(), Optional.empty());
  }

  @FunctionalInterface
  private interface Opening {
    Spool open() throws SpoolException;
  }

  private Node(
      LabSettings settings,
      long seed,
      boolean leads,
      Opening opening,
      Optional<Simulation> simulation,
      Optional<Training> training)
      throws StartupException {
    this.settings = settings;
    this.work = simulation.map(Simulation::work).orElseGet(WorkInFlight::new);
    this.leads = leads;
    boolean started = false;
    try {
      Ports.requireFree(settings.listen());
      spool = parts.add(opening.open());
      clock = simulation.map(Simulation::clock).orElseGet(() -> parts.add(ownClock()));
      LabTimeConverter.follow(clock);
      tenant = tenant(spool, seed);
      Set<InetSocketAddress> ownListeners = ConcurrentHashMap.newKeySet();
      Events events = new Events();
      SmtpTransport transport = parts.add(transport(ownListeners, events));
      Meters meters = parts.add(new Meters(clock, leads));
      ConnectorHealth health = new ConnectorHealth(clock);
      queue = parts.add(queue(spool, meters.timed(health.watched(transport)), events, seed));
      alerts = parts.add(alerting(spool));
      reports = reports(health);
      List<EventSink> sinks =
          Stream.of(
                  meters.sinks().stream(),
                  Stream.of(health, reports.invalid()),
                  simulation.map(Simulation::watcher).stream())
              .flatMap(each -> each)
              .toList();
      events.to(
          leads ? Stream.concat(Stream.of(alerts), sinks.stream()).toList() : sinks,
          leads ? List.of(alerts, meters.certificates()) : List.of());
      fixNow =
          parts.add(
              new FixNow(tenant, settings.propagation(), queue, alerts::alert, clock, clock, work));
      // What the last run left goes on first: whoever finds the intake open is served.
      ownListeners.add(settings.listen().smtp());
      if (leads) {
        queue.start();
        alerts.start();
        fixNow.start();
      } else {
        queue.follow();
      }
      membership = membership();
      membership.ifPresent(parts::add);
      pressure =
          parts.add(
              Pressure.start(
                  settings.pressure(), () -> writes(spool.progress()), folder(settings.spool())));
      meters.show(pressure);
      intake = parts.add(startIntake());
      ownListeners.add(intake.address());
      if (leads) {
        meters.show(queue, this::connectors, alerts, clock, settings.alerts().delayedFor());
      }
      training.ifPresent(
          lesson ->
              lesson.meet(
                  queue,
                  alerts,
                  tenant,
                  (one, recipients) -> validate(transport, one, recipients)));
      api = parts.add(startApi(meters, transport, training));
      announce();
      started = true;
    } catch (SpoolException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    } finally {
      if (!started) {
        parts.close();
      }
    }
  }

  private LabClock ownClock() {
    return leads ? StoredClock.open(spool, settings.time(), work) : StoredClock.follow(spool, work);
  }

  private static Spool openSpool(SpoolPlace place) throws SpoolException {
    if (place instanceof SpoolPlace.Folder folder) {
      return SqliteSpool.open(folder.path());
    }
    if (place instanceof SpoolPlace.Server server) {
      PostgresSpool spool = PostgresSpool.open(server.url());
      spool.keepLease();
      return spool;
    }
    throw new AssertionError(place);
  }

  private static Writes writes(WriteProgress progress) {
    return new Writes(progress.handedIn(), progress.finished());
  }

  /** Where the spool's own disk is, when it has one. */
  private static Optional<Path> folder(SpoolPlace place) {
    return place instanceof SpoolPlace.Folder folder
        ? Optional.of(folder.path())
        : Optional.empty();
  }

  private Optional<Membership> membership() {
    if (!(spool instanceof PostgresSpool shared)
        || !(settings.spool() instanceof SpoolPlace.Server server)) {
      return Optional.empty();
    }
    return Optional.of(
        leads
            ? Membership.leading(shared, queue)
            : Membership.following(shared, server.url(), clock, tenant));
  }

  /** Tells the followers where to pass requests on to. */
  private void announce() {
    if (spool instanceof PostgresSpool shared) {
      InetSocketAddress own = api.address();
      shared.announce(
          own.getAddress().isAnyLocalAddress()
              ? Addresses.text(new InetSocketAddress(shared.clientAddress(), own.getPort()))
              : Addresses.text(own));
    }
  }

  private Tenant tenant(Spool spool, long seed) throws StartupException {
    try {
      return new Tenant(
          settings.organization(),
          settings.connectors(),
          settings.propagation(),
          new SpooledTenant(spool),
          clock,
          new SplittableRandom(seed));
    } catch (IllegalStateException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  private SmtpTransport transport(
      Set<InetSocketAddress> ownListeners, CertificateSink certificates) {
    return SmtpTransport.start(
        new SmtpSettings(
            hostName(),
            settings.timeouts(),
            settings.connections().limits(),
            settings.dns(),
            settings.revocation(),
            clock,
            ownListeners::contains),
        certificates);
  }

  private MailQueue queue(Spool spool, Transport transport, EventSink events, long seed) {
    return new MailQueue(
        spool,
        transport,
        new FailureClassifier(FailureCatalogue.load()),
        clock,
        clock,
        work,
        events,
        tenant::organization,
        this::connectors,
        new QueueSettings(
            settings.retry(),
            settings.connections().perNextHop(),
            hostName(),
            seed,
            settings.retention()));
  }

  private AlertService alerting(Spool spool) {
    AlertStore store = new SpoolAlertStore(spool);
    return new AlertService(
        settings.alerts(),
        queue,
        this::connectors,
        clock,
        clock,
        work,
        leads ? notifiers(store) : List.of(),
        store);
  }

  private Reports reports(ConnectorHealth health) {
    return new Reports(
        new QueuedMessages(
            queue, this::connectors, alerts::alerts, clock, settings.alerts().delayedFor()),
        health,
        new InvalidRecipients(tenant::organization, clock));
  }

  private List<AlertNotifier> notifiers(AlertStore store) {
    return Stream.concat(
            Stream.of(new LogNotifier(), new EmailNotifier(queue, tenant::organization, clock)),
            settings.alerts().webhooks().stream()
                .map(
                    webhook ->
                        new WebhookNotifier(
                            webhook,
                            WebhookNotifier.ANSWER_LIMIT,
                            clock.wall(),
                            clock,
                            clock,
                            work,
                            store)))
        .toList();
  }

  private SmtpIntake startIntake() throws StartupException {
    try {
      return SmtpIntake.start(
          IntakeSettings.of(
              settings.listen().smtp(), hostName(), settings.organization().postmaster()),
          queue,
          this::refuse,
          clock,
          peer ->
              settings
                  .security()
                  .map(security -> security.allows(peer))
                  .orElse(peer.isLoopbackAddress()),
          pressure::level);
    } catch (IOException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<SmtpReply> refuse(Mailbox recipient) {
    Optional<SmtpReply> reply =
        Router.route(tenant.organization(), connectors(), recipient)
                instanceof Route.Refused refused
            ? Optional.of(refused.reply())
            : Optional.empty();
    reply.ifPresent(given -> reports.invalid().refused(recipient, given));
    return reply;
  }

  private ApiServer startApi(Meters meters, SmtpTransport transport, Optional<Training> training)
      throws StartupException {
    try {
      return ApiServer.start(
          settings.listen().http(),
          IntakeSettings.DEFAULT_MESSAGE_SIZE,
          settings.security(),
          new ApiServer.Parts(
              queue,
              alerts,
              clock,
              settings.time().steerable(),
              tenant,
              (connector, recipients) -> validate(transport, connector, recipients),
              fixNow,
              reports,
              FaultDocument.Listing.of(FailureCatalogue.load(), Lab.implementedFaultIds()),
              meters::scrape,
              this::status,
              pressure::level,
              training),
          leads ? Optional.empty() : membership.map(member -> member::leader));
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new StartupException(
          "Cannot listen for HTTP on "
              + Addresses.text(settings.listen().http())
              + ": "
              + cause.getMessage(),
          e);
    }
  }

  private ValidationDocument validate(
      SmtpTransport transport, Connector connector, List<Mailbox> recipients) {
    ReversePath from =
        ReversePath.of(
            new Mailbox("O365ConnectorValidation", settings.organization().defaultDomain()));
    return new Validation(
            transport,
            new FailureClassifier(FailureCatalogue.load()),
            settings.timeouts(),
            settings.dns(),
            connector)
        .checkAndSend(from, recipients, to -> TestMail.compose(from, to, clock.instant()));
  }

  private String hostName() {
    return "mailflow." + settings.organization().defaultDomain();
  }

  private StatusDocument status() {
    return new StatusDocument(
        Version.text(),
        Addresses.text(intake.address()),
        Addresses.text(api.address()),
        leads ? "leader" : "follower",
        clock.instant(),
        queue.queues().stream().mapToLong(QueueView::messageCount).sum(),
        // They are the leader's; who follows reads them anew.
        (leads ? alerts.alerts() : AlertService.stored(new SpoolAlertStore(spool)))
            .stream().filter(alert -> alert.resolved().isEmpty()).count(),
        IntakeDocument.of(pressure));
  }

  public List<Connector> connectors() {
    return tenant.connectors();
  }

  public LabClock clock() {
    return clock;
  }

  public MailQueue queue() {
    return queue;
  }

  public AlertService alerts() {
    return alerts;
  }

  /** Connectors and accepted domains, to be changed while running. */
  public Tenant tenant() {
    return tenant;
  }

  public FixNow fixNow() {
    return fixNow;
  }

  /** What has been started and not finished; nothing, while time may move on. */
  public WorkInFlight work() {
    return work;
  }

  public InetSocketAddress smtpAddress() {
    return intake.address();
  }

  public InetSocketAddress httpAddress() {
    return api.address();
  }

  /** Completes once it has to go on in another role; see {@link Membership#change}. */
  CompletableFuture<Optional<PostgresSpool>> change() {
    return membership.map(Membership::change).orElseGet(CompletableFuture::new);
  }

  /** Stops taking mail, lets work in flight end or keeps it, and closes the spool last. */
  @Override
  public void close() {
    parts.close();
  }
}
