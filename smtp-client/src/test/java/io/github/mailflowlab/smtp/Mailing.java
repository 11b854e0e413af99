package io.github.mailflowlab.smtp;

import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorType;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.DomainPattern;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.SmartHost;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.delivery.Transport.Attempt;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.DomainName;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Orders and transports for tests. */
final class Mailing {
  /** When the tests play: certificates are judged by it, sockets are not. */
  static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z"));

  static final Mailbox BOB = Mailbox.of("bob@contoso.example");
  static final MessageContent HELLO = content("Subject: Hello\r\n\r\n.Hello Bob.\r\n.\r\nBye.\r\n");

  private Mailing() {}

  static SmtpSettings settings(Lab lab, Duration limit) {
    return settings(lab, limit, ConnectionLimits.DEFAULT);
  }

  static SmtpSettings settings(Lab lab, Duration limit, ConnectionLimits connections) {
    return new SmtpSettings(
        "client.example",
        Timeouts.of(limit, limit),
        connections,
        new DnsSettings(List.of(lab.dns()), limit, 1),
        Revocation.SOFT,
        CLOCK,
        address -> false);
  }

  static SmtpSettings withDns(SmtpSettings settings, DnsSettings dns) {
    return new SmtpSettings(
        settings.heloName(),
        settings.timeouts(),
        settings.connections(),
        dns,
        settings.revocation(),
        settings.clock(),
        settings.ownListener());
  }

  static Connector connector(Optional<Path> trust, TlsSettings tls, SmartHost... hosts) {
    return connector(trust, tls, hosts.length == 0 ? "*.lab.example" : hosts[0].host(), hosts);
  }

  private static Connector connector(
      Optional<Path> trust, TlsSettings tls, String tlsDomain, SmartHost... hosts) {
    return new Connector(
        "To on-premises",
        ConnectorType.ON_PREMISES,
        true,
        List.of(DomainPattern.parse("*").orElseThrow()),
        List.of(hosts),
        tls,
        tls == TlsSettings.DOMAIN_VALIDATION ? DomainPattern.parse(tlsDomain) : Optional.empty(),
        trust,
        "");
  }

  static Connector connector(Lab lab, TlsSettings tls, StagedFault... hosts) {
    SmartHost[] smartHosts = Stream.of(hosts).map(StagedFault::smartHost).toArray(SmartHost[]::new);
    String tlsDomain = hosts[0].tlsDomain().orElse(smartHosts[0].host());
    return connector(Optional.of(lab.trust()), tls, tlsDomain, smartHosts);
  }

  /** A delivery as the fault wants it: through the smart host, or by the domain's records. */
  static AttemptRequest request(
      Lab lab, TlsSettings tls, StagedFault host, MessageContent content, Mailbox... to) {
    Optional<DomainName> mxDomain = host.mailDomain().map(DomainName::of);
    Connector connector =
        mxDomain.isPresent() ? connector(Optional.empty(), tls) : connector(lab, tls, host);
    AttemptRequest order = request(connector, content, to);
    return new AttemptRequest(
        order.messageId(),
        connector,
        new NextHop(connector.name(), mxDomain),
        order.envelope(),
        content);
  }

  static AttemptRequest request(Connector connector, MessageContent content, Mailbox... to) {
    return request(connector, content, BodyType.SEVEN_BIT, to);
  }

  static AttemptRequest request(
      Connector connector, MessageContent content, BodyType bodyType, Mailbox... to) {
    return new AttemptRequest(
        "m1",
        connector,
        new NextHop(connector.name(), Optional.empty()),
        new Envelope(ReversePath.of(Mailbox.of("alice@sender.example")), List.of(to), bodyType),
        content);
  }

  static MessageContent content(String text) {
    return MessageContent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The report; every attempt ends, so the limit is only for a broken build. */
  static AttemptReport reportOf(Attempt attempt) {
    AttemptReport report =
        attempt.report().toCompletableFuture().orTimeout(60, TimeUnit.SECONDS).join();
    attempt.recorded();
    return report;
  }
}
