package io.github.mailflowlab.smtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.mailflowlab.config.DnsSettings;
import io.github.mailflowlab.config.Revocation;
import io.github.mailflowlab.config.Timeouts;
import io.github.mailflowlab.config.TlsSettings;
import io.github.mailflowlab.failure.Failure;
import io.github.mailflowlab.failure.Stage;
import io.github.mailflowlab.lab.Lab;
import io.github.mailflowlab.lab.StagedFault;
import io.github.mailflowlab.smtp.dns.MailHostResolver;
import io.github.mailflowlab.smtp.tls.CertificateJudge;
import io.github.mailflowlab.smtp.tls.RevocationCheck;
import io.github.mailflowlab.smtp.tls.TlsClient;
import io.github.mailflowlab.smtp.tls.TrustRoots;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The last resort, made to fire: the smaller limits are long, and what comes on top negative. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WatchdogTest {
  private static final Duration LONG = Duration.ofSeconds(20);
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final Duration CONNECTION =
      new StepLimits(Duration.ZERO).ofConnection(Timeouts.of(LONG, LONG), 1, Mailing.HELLO.size());

  private final Lab lab = Lab.start(Mailing.CLOCK);
  private final EventLoopGroup loops =
      new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

  @AfterAll
  void stop() {
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    lab.close();
  }

  @Test
  void endsALookupThatOutlivesItsLimits() {
    try (StagedFault host = lab.stage("dns.timeout")) {
      assertThat(outlived(host)).isEqualTo(Stage.DNS);
    }
  }

  @Test
  void endsAConnectionThatOutlivesItsLimits() {
    try (StagedFault host = lab.stage("smtp.stall.rcpt")) {
      assertThat(outlived(host)).isEqualTo(Stage.RCPT);
      await().until(() -> host.sessions().get(0).closed());
    }
  }

  /** The stage at which the attempt was ended, if the watchdog did it. */
  private Stage outlived(StagedFault host) {
    Job job =
        Job.of(
            Mailing.request(
                Mailing.connector(lab, TlsSettings.OPPORTUNISTIC, host),
                Mailing.HELLO,
                Mailing.BOB),
            0);
    SmtpAttempt attempt = new SmtpAttempt(bench(), job, loops.next(), Optional.empty());
    attempt.start();

    Failure failure = Mailing.reportOf(attempt).failure().orElseThrow();
    assertThat(failure).isInstanceOf(Failure.OwnExhaustion.class);
    assertThat(failure.detail()).isEqualTo("The attempt outlived its limits");
    return failure.stage();
  }

  private Workbench bench() {
    SmtpSettings settings = Mailing.settings(lab, LONG);
    // As long as a connection's limits, so that one grace brings both steps down to SOON.
    DnsSettings lookups = new DnsSettings(List.of(lab.dns()), CONNECTION.dividedBy(4), 1);
    return new Workbench(
        new SmtpSettings(
            settings.heloName(),
            settings.timeouts(),
            settings.connections(),
            lookups,
            settings.revocation(),
            settings.clock(),
            settings.ownListener()),
        new StepLimits(SOON.minus(CONNECTION)),
        MailHostResolver.over(settings.dns(), new Random(1)),
        new ConnectionPool(Mailing.CLOCK, SOON),
        new DeadAddresses(Mailing.CLOCK),
        new TlsClient(),
        new CertificateJudge(
            new TrustRoots(), new RevocationCheck(Revocation.OFF, SOON), Mailing.CLOCK),
        (connector, server, expires) -> {},
        Runnable::run,
        Runnable::run);
  }
}
