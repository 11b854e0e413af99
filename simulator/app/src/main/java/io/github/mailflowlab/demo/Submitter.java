package io.github.mailflowlab.demo;

import io.github.mailflowlab.config.Checked;
import io.github.mailflowlab.config.ConnectionLimits;
import io.github.mailflowlab.config.Connector;
import io.github.mailflowlab.config.ConnectorDraft;
import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.delivery.AttemptReport;
import io.github.mailflowlab.delivery.AttemptRequest;
import io.github.mailflowlab.delivery.NextHop;
import io.github.mailflowlab.mail.BodyType;
import io.github.mailflowlab.mail.Envelope;
import io.github.mailflowlab.mail.Mailbox;
import io.github.mailflowlab.mail.MessageContent;
import io.github.mailflowlab.mail.ReversePath;
import io.github.mailflowlab.smtp.SmtpSettings;
import io.github.mailflowlab.smtp.SmtpTransport;
import io.github.mailflowlab.validate.TestMail;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** An application that hands mail to the lab by SMTP. For one thread, which it blocks. */
final class Submitter implements AutoCloseable {
  private final SmtpTransport transport;
  private final Connector toIntake;
  private final InstantSource clock;

  Submitter(InetSocketAddress intake, InstantSource clock) {
    this.clock = clock;
    this.transport =
        SmtpTransport.start(
            new SmtpSettings(
                "application.contoso.example",
                Timeouts.DEFAULT,
                ConnectionLimits.DEFAULT,
                DnsSettings.DEFAULT,
                Revocation.OFF,
                clock,
                address -> false));
    Checked<Connector> checked =
        new ConnectorDraft(
                "intake",
                null,
                true,
                List.of("*"),
                null,
                List.of("[" + intake.getAddress().getHostAddress() + "]:" + intake.getPort()),
                null,
                null,
                null,
                null)
            .check();
    this.toIntake = checked.value();
  }

  /** Returns once the lab has answered 250, so once the message is stored. */
  void submit(Mailbox from, Mailbox to) {
    ReversePath sender = ReversePath.of(from);
    AttemptReport report =
        transport
            .start(
                new AttemptRequest(
                    "submission",
                    toIntake,
                    new NextHop(toIntake.name(), Optional.empty()),
                    new Envelope(sender, List.of(to), BodyType.SEVEN_BIT),
                    MessageContent.of(TestMail.compose(sender, to, clock.instant()))))
            .report()
            .toCompletableFuture()
            .join();
    if (!report.delivered().containsKey(to)) {
      throw new IllegalStateException("the lab refused its own demo: " + report);
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
