package io.github.mailflowlab.queue;

import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.Submission;
import io.github.mailflowlab.event.ConnectorEvent;
import io.github.mailflowlab.event.EventSink;
import io.github.mailflowlab.failure.FailureCatalogue;
import io.github.mailflowlab.failure.FailureClassifier;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.queue.spool.Spool;
import io.github.mailflowlab.queue.spool.SpoolException;
import io.github.mailflowlab.queue.spool.SqliteSpool;
import io.github.mailflowlab.retry.RetryPolicy;
import io.github.mailflowlab.routing.AcceptedDomain;
import io.github.mailflowlab.routing.Organization;
import io.github.mailflowlab.time.WorkInFlight;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** A queue with all its neighbours, in a directory that outlives it. */
final class Lab implements AutoCloseable {
  static final Instant START = Instant.parse("2026-06-01T08:00:00Z");
  static final Mailbox ALICE = Mailbox.of("alice@contoso.example");
  static final String CONNECTOR = "To on-premises";
  static final FailureClassifier CLASSIFIER = new FailureClassifier(FailureCatalogue.load());
  static final Organization ORGANIZATION =
      new Organization(
          List.of(
              new AcceptedDomain(
                  DomainName.of("contoso.example"),
                  AcceptedDomain.Type.INTERNAL_RELAY,
                  Set.of(ALICE)),
              new AcceptedDomain(
                  DomainName.of("closed.example"), AcceptedDomain.Type.AUTHORITATIVE, Set.of())),
          List.of());

  final WorkInFlight work = new WorkInFlight();
  final SteerableTime time;
  final FakeTransport transport;
  final List<ConnectorEvent> events = new CopyOnWriteArrayList<>();

  /** What was told of whether outcomes can be recorded. */
  final List<Boolean> writable = new CopyOnWriteArrayList<>();

  final MailQueue queue;
  volatile List<Connector> connectors;
  volatile Organization organization = ORGANIZATION;

  Lab(Path directory) {
    this(directory, START);
  }

  /** The same directory later: a restart. */
  Lab(Path directory, Instant now) {
    this(directory, now, connector(CONNECTOR, true, "contoso.example"));
  }

  Lab(Path directory, Instant now, Connector... connectors) {
    this(open(directory), now, connectors);
  }

  /** The same with another policy of retry. */
  Lab(Path directory, Instant now, RetryPolicy retry) {
    this(open(directory), now, retry, connector(CONNECTOR, true, "contoso.example"));
  }

  Lab(Spool spool, Instant now, Connector... connectors) {
    this(spool, now, RetryPolicy.EXCHANGE, connectors);
  }

  private Lab(Spool spool, Instant now, RetryPolicy retry, Connector... connectors) {
    this.time = new SteerableTime(now, work);
    this.transport = new FakeTransport(time);
    this.connectors = List.of(connectors);
    this.queue =
        new MailQueue(
            spool,
            transport,
            CLASSIFIER,
            time,
            time,
            work,
            new Ear(),
            () -> this.organization,
            () -> this.connectors,
            new QueueSettings(retry, 20, "host.contoso.example", 7));
  }

  static Lab started(Path directory) {
    Lab lab = new Lab(directory);
    lab.queue.start();
    return lab;
  }

  static SqliteSpool open(Path directory) {
    try {
      return SqliteSpool.open(directory);
    } catch (SpoolException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Connector connector(String name, boolean enabled, String... domains) {
    return connector(name, enabled, List.of(new SmartHost("mail.contoso.example", 2525)), domains);
  }

  static Connector mxConnector(String name, String... domains) {
    return connector(name, true, List.of(), domains);
  }

  private static Connector connector(
      String name, boolean enabled, List<SmartHost> smartHosts, String... domains) {
    return new Connector(
        name,
        ConnectorType.ON_PREMISES,
        enabled,
        Stream.of(domains).map(domain -> DomainPattern.parse(domain).orElseThrow()).toList(),
        smartHosts,
        TlsSettings.OPPORTUNISTIC,
        Optional.empty(),
        Optional.empty(),
        "");
  }

  static Envelope envelope(String from, String... to) {
    return new Envelope(
        ReversePath.parse(from).orElseThrow(),
        Stream.of(to).map(Mailbox::of).toList(),
        BodyType.SEVEN_BIT);
  }

  static MessageContent mail(String subject) {
    return content(
        "From: <alice@contoso.example>\r\nSubject: "
            + subject
            + "\r\nMessage-ID: <1@contoso.example>\r\n\r\nHello\r\n");
  }

  static MessageContent content(String text) {
    return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  static String text(MessageContent content) {
    try (InputStream in = content.open()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Submission.Result submit(Envelope envelope, MessageContent content) {
    Submission.Result result = queue.submit(envelope, content).toCompletableFuture().join();
    time.settle();
    return result;
  }

  /** Submits a mail of Alice's, and returns its id. */
  String submit(String... to) {
    return submit(envelope("alice@contoso.example", to), mail("Hello")).id().orElseThrow();
  }

  void advance(Duration by) {
    time.advance(by);
  }

  QueueView onlyQueue() {
    List<QueueView> queues = queue.queues();
    if (queues.size() != 1) {
      throw new AssertionError("queues: " + queues);
    }
    return queues.get(0);
  }

  MessageView message(String id) {
    return queue.message(id).orElseThrow();
  }

  List<MailboxView> mailbox(Mailbox address) {
    return queue.mailbox(address, 1000, Optional.empty()).items();
  }

  @Override
  public void close() {
    queue.close();
  }

  /** Notes everything it is told. */
  private final class Ear implements EventSink {
    @Override
    public void on(ConnectorEvent event) {
      events.add(event);
    }

    @Override
    public void onSpool(boolean works) {
      writable.add(works);
    }
  }
}
